import { useMemo, useState } from 'react';
import { productsOf } from '../../src/domain/event.ts';
import { type Act, actsOf } from '../../src/domain/history/acts.ts';
import type { ShopId } from '../../src/domain/ids.ts';
import { exactLocalTime, isUtc, utcTime } from '../../src/views/format/times.ts';
import { actId, actLine } from '../../src/views/history/act-lines.ts';
import { actColumns } from '../../src/views/history/event-columns.ts';
import type { FilterFieldId } from '../../src/views/list/filter-conditions.ts';
import { wrap } from '../../src/views/text/cell-text.ts';
import { type AppContext, useApp } from '../context/app-context.ts';
import { useProductNames } from '../context/use-product-names.ts';
import { useQuery } from '../context/use-query.ts';
import { activity } from '../plain/activity-page.ts';
import { ofTables } from '../runtime/store-changes.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { TabBar } from '../widgets/TabBar.tsx';
import { defineScreen } from './define-screen.ts';

const maxEvents = 1_000;
const fields: readonly FilterFieldId[] = ['shop', 'who', 'type'];

type ActivityProps = {
  readonly errors?: boolean;
  readonly shopId?: ShopId;
  /** The rows of one act, by their numbers. */
  readonly act?: readonly number[];
};

/** Everything that happened, newest first, an act a line; an act of many rows opens into them. */
export function Activity({ errors = false, shopId, act }: ActivityProps) {
  const { services, words, formatFor, go, timeZone, entry } = useApp();
  const remembered = entry.memory.errors;
  const [errorsOnly, setErrorsOnly] = useState(typeof remembered === 'boolean' ? remembered : errors);
  const query = useQuery(
    `activity ${errorsOnly} ${shopId ?? ''}`,
    () => services.history.list({ limit: maxEvents, errorsOnly, shopId }),
    ofTables('events'),
  );
  const acts = useMemo(() => {
    const events = query.value ?? [];
    if (act === undefined) return actsOf(events);
    const wanted = new Set(act);
    return events.filter(({ seq }) => wanted.has(seq)).map((event): Act => ({ events: [event] }));
  }, [query.value, act]);
  const singles = useMemo(() => acts.flatMap(({ events }) => (events.length === 1 ? events : [])), [acts]);
  const named = useProductNames(singles);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `named` says when a name came in
  const columns = useMemo(() => actColumns(formatFor()), [formatFor, named]);
  const turn = (): void => setErrorsOnly((now) => !now);
  const actions = (row: Act | undefined): Actions => ({
    'next-tab': turn,
    'previous-tab': turn,
    open: row === undefined ? undefined : openerOf(row, go),
  });
  return (
    <ListView
      query={query}
      rows={acts}
      idOf={actId}
      columns={columns}
      filterable={(row) => {
        const line = actLine(row, formatFor());
        return {
          words: `${line.sentence} ${line.shop} ${line.who}`,
          fields: { shop: line.shop, who: line.who, type: `${row.events[0].type} ${line.sentence}` },
        };
      }}
      fields={fields}
      head={[{ text: words.screen.activityHead, tone: 'quiet' }]}
      above={{
        lines: 1,
        body: <TabBar labels={[words.screen.everything, words.screen.errorsOnly]} at={errorsOnly ? 1 : 0} />,
      }}
      empty={{ said: words.screen.nothingHappened }}
      detail={(row, width) => {
        const [event] = row.events;
        const line = actLine(row, formatFor());
        return [
          ...wrap(line.sentence, width).map((text) => [{ text, tone: 'strong' as const }]),
          '',
          `${line.shop}  ${line.who}`,
          ...(isUtc(event.at, timeZone) ? [] : [exactLocalTime(event.at, timeZone)]),
          [{ text: utcTime(event.at), tone: 'quiet' }],
          [{ text: words.screen.eventNumber(String(event.seq)), tone: 'quiet' }],
        ];
      }}
      footer={(row) => [{ text: actLine(row, formatFor()).sentence }]}
      productOf={({ events }) => (events.length === 1 ? productsOf(events[0])[0] : undefined)}
      pinned={act === undefined}
      actions={actions}
      exportName="activity"
      memory={{ errors: errorsOnly }}
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    activity: ActivityProps;
  }
}

/** What Enter opens: the rows of an act of many, else the product that it is about. */
function openerOf({ events }: Act, go: AppContext['go']): (() => void) | undefined {
  if (events.length > 1) return () => go({ screen: 'activity', act: events.map(({ seq }) => seq) });
  const productId = productsOf(events[0])[0];
  return productId === undefined ? undefined : () => go({ screen: 'product', productId, tab: 'timeline' });
}

/** The screen `activity`. */
export const activityScreen = defineScreen({
  route: 'activity',
  key: '8',
  command: 'log',
  component: Activity,
  plain: { page: activity },
});
