/** Records by a key that several may share. One record alone costs no set of its own. */
export type MultiMap<Row extends object> = {
  readonly find: (key: string) => readonly Row[];
  readonly add: (key: string, row: Row) => void;
  readonly remove: (key: string, row: Row) => void;
  /** Some records that share a key, if any do. */
  readonly sharing: () => readonly Row[] | undefined;
};

export function makeMultiMap<Row extends object>(): MultiMap<Row> {
  const single = new Map<string, Row>();
  const several = new Map<string, Set<Row>>();
  return {
    find(key) {
      const rows = several.get(key);
      if (rows !== undefined) return [...rows];
      const row = single.get(key);
      return row === undefined ? [] : [row];
    },
    add(key, row) {
      const rows = several.get(key);
      const first = single.get(key);
      if (rows !== undefined) rows.add(row);
      else if (first === undefined) single.set(key, row);
      else {
        several.set(key, new Set([first, row]));
        single.delete(key);
      }
    },
    remove(key, row) {
      const rows = several.get(key);
      if (rows === undefined) {
        if (single.get(key) === row) single.delete(key);
        return;
      }
      rows.delete(row);
      const [last] = rows;
      if (rows.size > 1 || last === undefined) return;
      several.delete(key);
      single.set(key, last);
    },
    sharing() {
      const [rows] = several.values();
      return rows && [...rows];
    },
  };
}
