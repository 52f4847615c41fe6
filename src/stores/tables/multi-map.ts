/** Records by a key that several may share. One record alone costs no list of its own, and many no walk through them. */
export type MultiMap<Row extends object> = {
  readonly find: (key: string) => readonly Row[];
  readonly add: (key: string, row: Row) => void;
  readonly remove: (key: string, row: Row) => void;
  /** Some records that share a key, if any do. */
  readonly sharing: () => readonly Row[] | undefined;
};

// Up to so many are walked through sooner than a set is asked, and lie in a quarter of the room.
const few = 32;

export function makeMultiMap<Row extends object>(): MultiMap<Row> {
  const single = new Map<string, Row>();
  const several = new Map<string, Row[] | Set<Row>>();

  const join = (key: string, row: Row, rows: Row[] | Set<Row>): void => {
    if (rows instanceof Set) rows.add(row);
    else if (rows.includes(row)) return;
    else if (rows.length < few) rows.push(row);
    else several.set(key, new Set([...rows, row]));
  };
  const leave = (row: Row, rows: Row[] | Set<Row>): void => {
    if (rows instanceof Set) {
      rows.delete(row);
      return;
    }
    const place = rows.indexOf(row);
    if (place >= 0) rows.splice(place, 1);
  };
  return {
    find(key) {
      const rows = several.get(key);
      if (rows !== undefined) return [...rows];
      const row = single.get(key);
      return row === undefined ? [] : [row];
    },
    add(key, row) {
      const rows = several.get(key);
      if (rows !== undefined) {
        join(key, row, rows);
        return;
      }
      const first = single.get(key);
      if (first === undefined) single.set(key, row);
      else if (first !== row) {
        several.set(key, [first, row]);
        single.delete(key);
      }
    },
    remove(key, row) {
      const rows = several.get(key);
      if (rows === undefined) {
        if (single.get(key) === row) single.delete(key);
        return;
      }
      leave(row, rows);
      const [last, another] = rows;
      if (another !== undefined) return;
      several.delete(key);
      if (last !== undefined) single.set(key, last);
    },
    sharing() {
      const [rows] = several.values();
      return rows && [...rows];
    },
  };
}
