import { type RawBuilder, sql } from 'kysely';
import type { EventType, StoredEvent } from '../../../domain/event.ts';
import { parseInstant, toActId } from '../../../domain/ids.ts';
import type { HistoryQuery, StoreReader } from '../../../ports/store.ts';
import type { Act } from '../../../ports/store-questions.ts';
import { readRecord } from '../../records/read-record.ts';
import type { ReaderTools } from './read.ts';

type EventRow = { readonly seq: number; readonly body: string };
type ActRow = {
  act_id: string;
  first_seq: number;
  last_seq: number;
  at: string;
  by_kind: 'person' | 'program';
  by_name: string;
  events: number;
  types: string;
};

/** Looks back in time. */
export function makeHistory({
  ask,
  dialect,
  place,
}: ReaderTools): Pick<StoreReader, 'history' | 'events' | 'acts' | 'eventsOf'> {
  const read = async (rest: RawBuilder<unknown>): Promise<readonly StoredEvent[]> => {
    const rows = await ask(sql<EventRow>`select e.seq, e.body from ${rest}`);
    return rows.map(({ seq, body }) => readRecord('events', body, { place, key: String(seq) }));
  };
  return {
    history: (query) =>
      read(
        sql`${sourceOf(query, dialect)} and ${matchesQuery(query, dialect)} order by e.seq desc limit ${limitOf(query.limit)}`,
      ),
    events: async (seqs) =>
      seqs.length === 0 ? [] : read(sql`events e where e.seq in (${sql.join([...new Set(seqs)].slice(0, maxSeqs))})`),
    acts: async ({ by, before, limit }) => {
      const own = by === undefined ? sql`true` : sql`by_name = ${by.name} and by_kind = ${by.kind}`;
      const earlier = before === undefined ? sql`true` : sql`last_seq < ${before}`;
      const rows = await ask(
        sql<ActRow>`select * from acts where ${own} and ${earlier} order by last_seq desc limit ${limitOf(limit)}`,
      );
      return rows.map(toAct);
    },
    eventsOf: ({ actId, after = 0, limit }) =>
      read(sql`events e where e.act_id = ${actId} and e.seq > ${after} order by e.seq limit ${limitOf(limit)}`),
  };
}

const maxSeqs = 10_000;
const limitOf = (limit: number): number => Math.min(limit, 1_000_000_000);

/** A product's events are found by the product; all others by their numbers, kinds or shop. */
const sourceOf = ({ productId, productIds }: HistoryQuery, dialect: ReaderTools['dialect']): RawBuilder<unknown> => {
  if (productId !== undefined)
    return sql`event_products p join events e on e.seq = p.seq where p.product_id = ${productId}`;
  if (productIds === undefined) return sql`events e where true`;
  return sql`events e where e.seq in (select seq from event_products where ${dialect.oneOf('product_id', productIds)})`;
};

function matchesQuery(
  { productId, shopId, types, since, before }: HistoryQuery,
  dialect: ReaderTools['dialect'],
): RawBuilder<unknown> {
  const seq = productId === undefined ? sql.ref('e.seq') : sql.ref('p.seq');
  const conditions = [
    ...(before === undefined ? [] : [sql`${seq} < ${before}`]),
    ...(since === undefined ? [] : [sql`e.at >= ${since}`]),
    ...(types === undefined ? [] : [dialect.oneOf('e.type', types)]),
    ...(shopId === undefined ? [] : [sql`e.shop_id = ${shopId}`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

function toAct(row: ActRow): Act {
  const at = parseInstant(row.at);
  if (at === undefined) throw new Error(`no moment: ${row.at}`);
  return {
    actId: toActId(row.act_id),
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    at,
    by: { kind: row.by_kind, name: row.by_name },
    events: row.events,
    types: row.types.split(' ') as EventType[],
  };
}
