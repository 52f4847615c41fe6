import type { RecordKey, TableName, Tables } from '../../domain/changes.ts';
import { type MultiMap, makeMultiMap } from './multi-map.ts';
import { type SortedList, sortedTexts } from './sorted-list.ts';

/**
 * Where a record lies: in which partition (its shop, or '' where it has none) and under which key there. Chosen so
 * that the key is mostly a text the record holds anyway, which at a million records is worth a lot of memory.
 */
export type RecordAddress = { readonly partition: string; readonly key: string };

/** Records of one kind by their natural key, and by whatever else they are asked for. */
export type Table<Row extends object> = {
  readonly size: () => number;
  readonly partitions: () => readonly string[];
  readonly partition: (name: string) => ReadonlyMap<string, Row>;
  /** The keys of a partition in order, from the first that comes not before one; put in order when somebody first asks. */
  readonly keysInOrder: (partition: string, from?: string) => Generator<string>;
  readonly find: (partition: string, key: string) => Row | undefined;
  readonly all: () => IterableIterator<Row>;
  readonly addressOf: (row: Row) => RecordAddress;
  /** Puts a record in its place and answers the one that stood there. */
  readonly put: (row: Row) => Row | undefined;
  readonly drop: (key: RecordKey) => Row | undefined;
  /** Calls back for every record put or dropped from now on, with the one that stood in its place. */
  readonly listen: (onChange: OnChange<Row>) => void;
  /** Everything that shares a key, by an index that is built the first time somebody asks and kept from then on. */
  readonly by: (shape: IndexShape<Row>, key: string, partition?: string) => readonly Row[];
  /** Some records that share a key of an index, if any do. */
  readonly sharing: (shape: IndexShape<Row>) => readonly Row[] | undefined;
};

/** A record that was put, or none where one was dropped; and the one that stood there before. */
export type OnChange<Row> = (row: Row | undefined, before: Row | undefined) => void;

/** The keys under which an index finds a record, over all partitions or within one. The same object names the same index. */
export type IndexShape<Row> = { readonly keysOf: (row: Row) => readonly string[]; readonly perPartition?: true };
export type TableShape<Row> = {
  readonly addressOf: (row: Row) => RecordAddress;
  readonly split: (key: RecordKey) => RecordAddress;
};

type Index<Row extends object> = { readonly shape: IndexShape<Row>; readonly parts: Map<string, MultiMap<Row>> };

export function makeTable<Row extends object>(shape: TableShape<Row>): Table<Row> {
  const partitions = new Map<string, Map<string, Row>>();
  const indexes: Index<Row>[] = [];
  const listeners: OnChange<Row>[] = [];
  const nothing: ReadonlyMap<string, Row> = new Map();
  const inOrder = new Map<string, SortedList<string>>();

  function* all(): IterableIterator<Row> {
    for (const partition of partitions.values()) yield* partition.values();
  }
  const part = ({ shape: { perPartition }, parts }: Index<Row>, partition: string): MultiMap<Row> => {
    const name = perPartition === true ? partition : '';
    const known = parts.get(name) ?? makeMultiMap<Row>();
    parts.set(name, known);
    return known;
  };
  const forget = (row: Row, partition: string): void => {
    for (const index of indexes) for (const key of index.shape.keysOf(row)) part(index, partition).remove(key, row);
  };
  const remember = (row: Row, partition: string): void => {
    for (const index of indexes) for (const key of index.shape.keysOf(row)) part(index, partition).add(key, row);
  };
  const build = (indexShape: IndexShape<Row>): Index<Row> => {
    const index: Index<Row> = { shape: indexShape, parts: new Map() };
    for (const [name, partition] of partitions) {
      const rows = part(index, name);
      for (const row of partition.values()) for (const key of indexShape.keysOf(row)) rows.add(key, row);
    }
    indexes.push(index);
    return index;
  };

  const indexOf = (indexShape: IndexShape<Row>): Index<Row> =>
    indexes.find((known) => known.shape === indexShape) ?? build(indexShape);

  return {
    size: () => [...partitions.values()].reduce((sum, partition) => sum + partition.size, 0),
    partitions: () => [...partitions.keys()],
    partition: (name) => partitions.get(name) ?? nothing,
    keysInOrder(name, from) {
      const keys = inOrder.get(name) ?? sortedTexts([...(partitions.get(name)?.keys() ?? [])].sort());
      inOrder.set(name, keys);
      return keys.from(from);
    },
    find: (partition, key) => partitions.get(partition)?.get(key),
    all,
    addressOf: shape.addressOf,
    put(row) {
      const { partition: name, key } = shape.addressOf(row);
      const partition = partitions.get(name) ?? new Map<string, Row>();
      if (partition.size === 0) partitions.set(name, partition);
      const before = partition.get(key);
      if (before === undefined) inOrder.get(name)?.add(key);
      else if (indexes.length > 0) forget(before, name);
      partition.set(key, row);
      if (indexes.length > 0) remember(row, name);
      for (const onChange of listeners) onChange(row, before);
      return before;
    },
    drop(recordKey) {
      const { partition: name, key } = shape.split(recordKey);
      const partition = partitions.get(name);
      const before = partition?.get(key);
      if (partition === undefined || before === undefined) return undefined;
      forget(before, name);
      inOrder.get(name)?.remove(key);
      partition.delete(key);
      if (partition.size === 0) partitions.delete(name);
      for (const onChange of listeners) onChange(undefined, before);
      return before;
    },
    listen: (onChange) => void listeners.push(onChange),
    by(indexShape, key, partition = '') {
      return (
        indexOf(indexShape)
          .parts.get(indexShape.perPartition === true ? partition : '')
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
