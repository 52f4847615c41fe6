import { useMemo, useState } from 'react';
import type { StoredEvent } from '../../src/domain/event.ts';
import { productsOf } from '../../src/domain/event.ts';
import type { ShopId } from '../../src/domain/ids.ts';
import { exactLocalTime, utcTime } from '../../src/views/format/times.ts';
import { eventColumns } from '../../src/views/history/event-columns.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import type { FilterFieldId } from '../../src/views/list/filter-conditions.ts';
import { wrap } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useProductNames } from '../context/use-product-names.ts';
import { useQuery } from '../context/use-query.ts';
import { activity } from '../plain/activity-page.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { TabBar } from '../widgets/TabBar.tsx';
import { defineScreen } from './define-screen.ts';

const maxEvents = 1_000;
const none: readonly StoredEvent[] = [];
const fields: readonly FilterFieldId[] = ['shop', 'who', 'type'];
const eventId = (event: StoredEvent): string => String(event.seq);

/** Everything that happened, newest first. */
export function Activity({ errors = false, shopId }: { readonly errors?: boolean; readonly shopId?: ShopId }) {
  const { services, words, formatFor, go, timeZone, entry } = useApp();
  const remembered = entry.memory.errors;
  const [errorsOnly, setErrorsOnly] = useState(typeof remembered === 'boolean' ? remembered : errors);
  const query = useQuery(`activity ${errorsOnly} ${shopId ?? ''}`, () =>
    services.history.list({ limit: maxEvents, errorsOnly, shopId }),
  );
  const events = query.value ?? none;
  const named = useProductNames(events);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `named` says when a name came in
  const columns = useMemo(() => eventColumns(formatFor()), [formatFor, named]);
  const actions = (event: StoredEvent | undefined): Actions => {
    const productId = event === undefined ? undefined : productsOf(event)[0];
    return {
      'next-tab': () => setErrorsOnly((now) => !now),
      open: productId === undefined ? undefined : () => go({ screen: 'product', productId, tab: 'timeline' }),
    };
  };
  return (
    <ListView
      query={query}
      rows={events}
      idOf={eventId}
      columns={columns}
      filterable={(event) => {
        const line = eventLine(event, formatFor());
        return {
          words: `${line.sentence} ${line.shop} ${line.who}`,
          fields: { shop: line.shop, who: line.who, type: `${event.type} ${line.sentence}` },
        };
      }}
      fields={fields}
      head={[{ text: words.screen.activityHead, tone: 'quiet' }]}
      above={{
        lines: 1,
        body: <TabBar labels={[words.screen.everything, words.screen.errorsOnly]} at={errorsOnly ? 1 : 0} />,
      }}
      empty={{ said: words.screen.nothingHappened }}
      detail={(event, width) => {
        const line = eventLine(event, formatFor());
        return [
          ...wrap(line.sentence, width).map((text) => [{ text, tone: 'strong' as const }]),
          '',
          `${line.shop}  ${line.who}`,
          exactLocalTime(event.at, timeZone),
          [{ text: utcTime(event.at), tone: 'quiet' }],
          [{ text: words.screen.eventNumber(String(event.seq)), tone: 'quiet' }],
        ];
      }}
      productOf={(event) => productsOf(event)[0]}
      actions={actions}
      exportName="activity"
      memory={{ errors: errorsOnly }}
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    activity: { readonly errors?: boolean; readonly shopId?: ShopId };
  }
}

/** The screen `activity`. */
export const activityScreen = defineScreen({
  route: 'activity',
  key: '8',
  command: 'log',
  component: Activity,
  plain: { page: activity },
});
