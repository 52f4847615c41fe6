import { type RecordKey, refKey } from '../changes.ts';
import type { ListingRef } from '../ids.ts';

/** Records of one table by their key, and by one other thing that several may share. */
export type IndexedTable<Item> = {
  readonly byKey: Map<RecordKey, Item>;
  readonly by: readonly {
    readonly of: (record: Item) => RecordKey | undefined;
    readonly keys: Map<RecordKey, Set<RecordKey>>;
  }[];
};

export const makeIndexedTable = <Item>(...by: ((record: Item) => RecordKey | undefined)[]): IndexedTable<Item> => ({
  byKey: new Map(),
  by: by.map((of) => ({ of, keys: new Map() })),
});

export function remove<Item>(indexed: IndexedTable<Item>, key: RecordKey): void {
  const record = indexed.byKey.get(key);
  if (record === undefined) return;
  indexed.byKey.delete(key);
  for (const { of, keys } of indexed.by) {
    const indexKey = of(record);
    if (indexKey !== undefined) keys.get(indexKey)?.delete(key);
  }
}

export function upsert<Item>(indexed: IndexedTable<Item>, key: RecordKey, record: Item): void {
  remove(indexed, key);
  indexed.byKey.set(key, record);
  for (const { of, keys } of indexed.by) {
    const indexKey = of(record);
    if (indexKey === undefined) continue;
    const sameKey = keys.get(indexKey);
    if (sameKey === undefined) keys.set(indexKey, new Set([key]));
    else sameKey.add(key);
  }
}

const none: readonly never[] = [];

export function recordsBy<Item>(indexed: IndexedTable<Item>, by: number, indexKey: RecordKey): readonly Item[] {
  const keys = indexed.by[by]?.keys.get(indexKey);
  if (keys === undefined) return none;
  const found: Item[] = [];
  for (const key of keys) {
    const record = indexed.byKey.get(key);
    if (record !== undefined) found.push(record);
  }
  return found;
}

/** The same by what a shop shows. Most tables hold nothing while a shop is read: then no key is made to look for. */
export const recordsAt = <Item>(indexed: IndexedTable<Item>, by: number, ref: ListingRef): readonly Item[] =>
  indexed.byKey.size === 0 ? none : recordsBy(indexed, by, refKey(ref));
