import { useMemo, useState } from 'react';
import type { StoredEvent } from '../../src/domain/event.ts';
import { productsOf } from '../../src/domain/event.ts';
import type { ShopId } from '../../src/domain/ids.ts';
import { exactLocalTime, utcTime } from '../../src/views/ages.ts';
import { wrap } from '../../src/views/columns.ts';
import { eventColumns } from '../../src/views/happenings/event-columns.ts';
import { eventLine } from '../../src/views/happenings/event-lines.ts';
import type { FacetId } from '../../src/views/input/facets.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useNames } from '../desk/use-names.ts';
import { useQuery } from '../desk/use-query.ts';
import { ListView } from '../parts/ListView.tsx';
import { Tabs } from '../parts/tabs/Tabs.tsx';
import type { Actions } from '../terminal/key-desk.ts';

const most = 1_000;
const none: readonly StoredEvent[] = [];
const fields: readonly FacetId[] = ['shop', 'who', 'type'];
const eventId = (event: StoredEvent): string => String(event.seq);

/** Everything that happened, newest first. */
export function Activity({ errors, shopId }: { readonly errors: boolean; readonly shopId?: ShopId }) {
  const { services, words, telling, go, timeZone, entry } = useDesk();
  const remembered = entry.memory.errors;
  const [errorsOnly, setErrorsOnly] = useState(typeof remembered === 'boolean' ? remembered : errors);
  const answer = useQuery(`activity ${errorsOnly} ${shopId ?? ''}`, () =>
    services.timeline({ limit: most, errorsOnly, ...(shopId === undefined ? {} : { shopId }) }),
  );
  const events = answer.value ?? none;
  const named = useNames(events);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `named` says when a name came in
  const columns = useMemo(() => eventColumns(telling()), [telling, named]);
  const actions = (event: StoredEvent | undefined): Actions => {
    const productId = event === undefined ? undefined : productsOf(event)[0];
    return {
      'next-tab': () => setErrorsOnly((now) => !now),
      ...(productId === undefined ? {} : { open: () => go({ screen: 'product', productId, tab: 'timeline' }) }),
    };
  };
  return (
    <ListView
      answer={answer}
      rows={events}
      idOf={eventId}
      columns={columns}
      filterable={(event) => {
        const line = eventLine(event, telling());
        return {
          words: `${line.sentence} ${line.shop} ${line.who}`,
          fields: { shop: line.shop, who: line.who, type: `${event.type} ${line.sentence}` },
        };
      }}
      fields={fields}
      head={[{ text: words.screen.activityHead, tone: 'quiet' }]}
      above={{
        lines: 1,
        body: <Tabs labels={[words.screen.everything, words.screen.errorsOnly]} at={errorsOnly ? 1 : 0} />,
      }}
      empty={{ said: words.screen.nothingHappened }}
      detail={(event, width) => {
        const line = eventLine(event, telling());
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
