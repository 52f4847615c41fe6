import { type RawBuilder, sql } from 'kysely';
import { actIdOf, type DomainEvent, productsOf, type StoredEvent, shopOf } from '../../../domain/event.ts';
import { withEvent } from '../../queries/acts.ts';
import { insertRows } from '../insert-rows.ts';
import type { Tools } from './line-sources.ts';

const text = (name: string) => ({ name, holds: 'text' as const });
const number = (name: string) => ({ name, holds: 'number' as const });

const eventColumns = [
  number('seq'),
  text('at'),
  text('type'),
  text('shop_id'),
  text('act_id'),
  { name: 'body', holds: 'json' as const },
];
const productColumns = [text('product_id'), number('seq')];
const actColumns = [
  text('act_id'),
  number('first_seq'),
  number('last_seq'),
  text('at'),
  text('by_kind'),
  text('by_name'),
];

/** Writes what happened, under the numbers that follow the last, and with the acts that it belongs to. */
export async function writeEvents(
  tools: Tools,
  events: readonly DomainEvent[],
  nextSeqs: RawBuilder<{ seq: number }>,
): Promise<void> {
  if (events.length === 0) return;
  const seqs = (await tools.ask(nextSeqs)).map(({ seq }) => seq).toSorted((a, b) => a - b);
  await writeStored(
    tools,
    events.map((event, place): StoredEvent => ({ ...event, seq: seqs[place] ?? 0 })),
  );
}

/** Writes events that have their numbers. */
export async function writeStored(tools: Tools, events: readonly StoredEvent[]): Promise<void> {
  const rows = events.map((event) => [
    ...[event.seq, event.at, event.type, shopOf(event) ?? null, actIdOf(event), JSON.stringify(event)],
  ]);
  await insertRows(tools, { table: 'events', columns: eventColumns }, rows);
  const products = events.flatMap((event) => [...new Set(productsOf(event))].map((id) => [id, event.seq] as const));
  await insertRows(tools, { table: 'event_products', columns: productColumns }, products);
  await writeActs(tools, events);
}

type ActRow = { act_id: string; first_seq: number; events: number; types: string };

async function writeActs(tools: Tools, events: readonly StoredEvent[]): Promise<void> {
  const { ask, dialect } = tools;
  const byAct = Map.groupBy(events, actIdOf);
  const known = await ask(sql<ActRow>`
    select act_id, first_seq, events, types from acts where ${dialect.oneOf('act_id', [...byAct.keys()])}`);
  const before = new Map(known.map((row) => [row.act_id, row]));
  const rows = [...byAct].map(([id, own]) => {
    const act = own.toReversed().reduce<ReturnType<typeof withEvent> | undefined>(withEvent, undefined);
    const old = before.get(id);
    const types = new Set([...(old === undefined ? [] : old.types.split(' ')), ...(act?.types ?? [])]);
    return [
      ...[
        id,
        old?.first_seq ?? act?.firstSeq ?? 0,
        act?.lastSeq ?? 0,
        act?.at ?? '',
        act?.by.kind ?? '',
        act?.by.name ?? '',
      ],
      ...[(old?.events ?? 0) + own.length, [...types].toSorted().join(' ')],
    ];
  });
  const columns = [...actColumns, number('events'), text('types')];
  await insertRows(tools, { table: 'acts', columns, standing: { key: ['act_id'], whenThere: 'replace' } }, rows);
}
