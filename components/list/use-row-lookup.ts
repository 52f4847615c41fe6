import { useMemo, useRef } from 'react';

type RowLookup<Row> = {
  readonly rowAt: (id: string) => Row | undefined;
  /** Whether some of these rows were never seen here, as when one comes back to marks. */
  readonly isAnyUnseen: (ids: ReadonlySet<string>) => boolean;
  readonly remember: (marks: ReadonlySet<string>) => void;
};

/** Rows by their ids; those that are marked stay at hand when the list is asked for narrower, or moved on. */
export function useRowLookup<Row>(all: readonly Row[], idOf: (row: Row) => string): RowLookup<Row> {
  const byId = useMemo(() => new Map(all.map((row) => [idOf(row), row])), [all, idOf]);
  const marked = useRef(new Map<string, Row>());
  const rowAt = (id: string): Row | undefined => byId.get(id) ?? marked.current.get(id);
  return {
    rowAt,
    isAnyUnseen: (ids) => [...ids].some((id) => rowAt(id) === undefined),
    remember: (marks) => {
      const rows = [...marks].flatMap((id) => {
        const row = rowAt(id);
        return row === undefined ? [] : [[id, row] as const];
      });
      marked.current = new Map(rows);
    },
  };
}
