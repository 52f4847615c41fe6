import type { TableName, Tables } from '../../domain/changes.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { tableNames } from '../tables/tables.ts';

/** Some records of one table, or some events. */
export type Batch =
  | { readonly [Name in TableName]: { readonly name: Name; readonly rows: readonly Tables[Name][] } }[TableName]
  | { readonly name: 'events'; readonly rows: readonly StoredEvent[] };

/** Everything that a store holds: table by table in their usual order, then all events, oldest first. */
export type Contents = AsyncIterable<Batch>;

/** How many there are of everything. */
export type Tally = { readonly [Name in TableName | 'events']: number };
export const emptyTally = (): { -readonly [Name in keyof Tally]: number } => ({
  ...(Object.fromEntries(tableNames.map((name) => [name, 0])) as Record<TableName, number>),
  events: 0,
});

/** What differs between two tallies, in words; nothing where they are the same. */
export const differences = (wanted: Tally, found: Tally): readonly string[] =>
  (Object.keys(wanted) as (keyof Tally)[])
    .filter((name) => wanted[name] !== found[name])
    .map((name) => `${name}: ${wanted[name]} there, ${found[name]} here`);

/** The same contents, counted as they pass. */
export async function* counted(contents: Contents, tally: ReturnType<typeof emptyTally>): AsyncGenerator<Batch> {
  for await (const batch of contents) {
    tally[batch.name] += batch.rows.length;
    yield batch;
  }
}

/** The same items, of which the next is made while somebody still writes the one before. */
export async function* readAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const batches = items[Symbol.asyncIterator]();
  try {
    for (let next = batches.next(); ; ) {
      const { done, value } = await next;
      if (done === true) return;
      next = batches.next();
      // Said where it is awaited; whoever stops before that has a fault of his own to tell.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await batches.return?.();
  }
}
