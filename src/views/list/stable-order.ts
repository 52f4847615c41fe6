/**
 * Rows in the order in which they stand on the screen already, so that nothing moves under the hand when a figure
 * changes: rows that are known keep their places among each other, a new one comes after the row that it follows
 * in the new order, and what is gone leaves its place. `before` are the ids as they stood.
 */
export function stableOrder<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  before: readonly string[],
): readonly Row[] {
  const positions = new Map(before.map((id, position) => [id, position]));
  const known = rows.filter((row) => positions.has(idOf(row)));
  const positionOf = (row: Row): number => positions.get(idOf(row)) ?? 0;
  const ordered = known.toSorted((a, b) => positionOf(a) - positionOf(b));
  if (ordered.length === rows.length) return ordered;
  const following = new Map<string | undefined, Row[]>();
  let last: string | undefined;
  for (const row of rows) {
    if (positions.has(idOf(row))) last = idOf(row);
    else following.set(last, [...(following.get(last) ?? []), row]);
  }
  return [...(following.get(undefined) ?? []), ...ordered.flatMap((row) => [row, ...(following.get(idOf(row)) ?? [])])];
}
