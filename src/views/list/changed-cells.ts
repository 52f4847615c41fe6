import type { Column } from './table.ts';

/** Rows as they stand in a list, and the id of each. */
export type ListSnapshot<Row> = { readonly ids: readonly string[]; readonly rows: readonly Row[] };

/** The columns whose text is another than before, by the row's id. */
export type ChangedCells = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What somebody else changed in the rows `after`. A row that was not there before is no change of a cell, and an age is
 * none either. Both are read with the same columns, so that neither the clock nor the language makes a change.
 */
export function changedCells<Row>(
  before: ListSnapshot<Row>,
  after: ListSnapshot<Row>,
  columns: readonly Column<Row>[],
): ChangedCells {
  const now = new Map(after.ids.map((id, index) => [id, after.rows[index]]));
  const comparable = columns.filter((column) => column.ages !== true);
  const changed = new Map<string, ReadonlySet<string>>();
  for (const [index, id] of before.ids.entries()) {
    const [was, is] = [before.rows[index], now.get(id)];
    if (was === undefined || is === undefined || was === is) continue;
    const other = comparable.filter((column) => column.text(was) !== column.text(is));
    if (other.length > 0) changed.set(id, new Set(other.map((column) => column.id)));
  }
  return changed;
}
