import type { RecordKey, TableName, Tables } from '../../domain/changes.ts';
import { type MultiMap, makeMultiMap } from './multi-map.ts';

/**
 * Where a record lies: on which shelf (its shop, or '' where it has none) and under which key there. Chosen so
 * that the key is mostly a text the record holds anyway, which at a million records is worth a lot of memory.
 */
export type Address = { readonly shelf: string; readonly key: string };

/** Records of one kind by their natural key, and by whatever else they are asked for. */
export type Table<Row extends object> = {
  readonly size: () => number;
  readonly shelves: () => readonly string[];
  readonly shelf: (name: string) => ReadonlyMap<string, Row>;
  readonly find: (shelf: string, key: string) => Row | undefined;
  readonly all: () => IterableIterator<Row>;
  readonly addressOf: (row: Row) => Address;
  /** Puts a record in its place and answers the one that stood there. */
  readonly put: (row: Row) => Row | undefined;
  readonly drop: (key: RecordKey) => Row | undefined;
  /** Calls back for every record put from now on, with the one that stood in its place. */
  readonly listen: (onPut: (row: Row, before: Row | undefined) => void) => void;
  /** Everything that shares a key, by an index that is built the first time somebody asks and kept from then on. */
  readonly by: (shape: IndexShape<Row>, key: string, shelf?: string) => readonly Row[];
  /** Some records that share a key of an index, if any do. */
  readonly sharing: (shape: IndexShape<Row>) => readonly Row[] | undefined;
};

/** The keys under which an index finds a record, over all shelves or within one. The same object names the same index. */
export type IndexShape<Row> = { readonly keysOf: (row: Row) => readonly string[]; readonly perShelf?: true };
export type TableShape<Row> = {
  readonly addressOf: (row: Row) => Address;
  readonly split: (key: RecordKey) => Address;
};

type Index<Row extends object> = { readonly shape: IndexShape<Row>; readonly parts: Map<string, MultiMap<Row>> };

export function makeTable<Row extends object>(shape: TableShape<Row>): Table<Row> {
  const shelves = new Map<string, Map<string, Row>>();
  const indexes: Index<Row>[] = [];
  const listeners: ((row: Row, before: Row | undefined) => void)[] = [];
  const nothing: ReadonlyMap<string, Row> = new Map();

  function* all(): IterableIterator<Row> {
    for (const shelf of shelves.values()) yield* shelf.values();
  }
  const part = ({ shape: { perShelf }, parts }: Index<Row>, shelf: string): MultiMap<Row> => {
    const name = perShelf === true ? shelf : '';
    const known = parts.get(name) ?? makeMultiMap<Row>();
    parts.set(name, known);
    return known;
  };
  const forget = (row: Row, shelf: string): void => {
    for (const index of indexes) for (const key of index.shape.keysOf(row)) part(index, shelf).remove(key, row);
  };
  const remember = (row: Row, shelf: string): void => {
    for (const index of indexes) for (const key of index.shape.keysOf(row)) part(index, shelf).add(key, row);
  };
  const build = (indexShape: IndexShape<Row>): Index<Row> => {
    const index: Index<Row> = { shape: indexShape, parts: new Map() };
    for (const [name, shelf] of shelves) {
      const rows = part(index, name);
      for (const row of shelf.values()) for (const key of indexShape.keysOf(row)) rows.add(key, row);
    }
    indexes.push(index);
    return index;
  };

  const indexOf = (indexShape: IndexShape<Row>): Index<Row> =>
    indexes.find((known) => known.shape === indexShape) ?? build(indexShape);

  return {
    size: () => [...shelves.values()].reduce((sum, shelf) => sum + shelf.size, 0),
    shelves: () => [...shelves.keys()],
    shelf: (name) => shelves.get(name) ?? nothing,
    find: (shelf, key) => shelves.get(shelf)?.get(key),
    all,
    addressOf: shape.addressOf,
    put(row) {
      const { shelf: name, key } = shape.addressOf(row);
      const shelf = shelves.get(name) ?? new Map<string, Row>();
      if (shelf.size === 0) shelves.set(name, shelf);
      const before = shelf.get(key);
      if (before !== undefined && indexes.length > 0) forget(before, name);
      shelf.set(key, row);
      if (indexes.length > 0) remember(row, name);
      for (const onPut of listeners) onPut(row, before);
      return before;
    },
    drop(recordKey) {
      const { shelf: name, key } = shape.split(recordKey);
      const shelf = shelves.get(name);
      const before = shelf?.get(key);
      if (shelf === undefined || before === undefined) return undefined;
      forget(before, name);
      shelf.delete(key);
      if (shelf.size === 0) shelves.delete(name);
      return before;
    },
    listen: (onPut) => void listeners.push(onPut),
    by(indexShape, key, shelf = '') {
      return (
        indexOf(indexShape)
          .parts.get(indexShape.perShelf === true ? shelf : '')
          ?.find(key) ?? []
      );
    },
    sharing(indexShape) {
      for (const part of indexOf(indexShape).parts.values()) {
        const rows = part.sharing();
        if (rows !== undefined) return rows;
      }
      return undefined;
    },
  };
}

/** Every table, in memory. What the memory store and the JSON store both stand on. */
export type StoreTables = { readonly [Name in TableName]: Table<Tables[Name]> };
