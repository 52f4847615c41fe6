/**
 * Rows in the order in which they stand on the screen already, so that nothing moves under the hand when a figure
 * changes: rows that are known keep their places among each other, a new one comes after the row that it follows
 * in the new order, and what is gone leaves its place. `before` are the ids as they stood.
 */
export function steadyOrder<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  before: readonly string[],
): readonly Row[] {
  const places = new Map(before.map((id, place) => [id, place]));
  const known = rows.filter((row) => places.has(idOf(row)));
  const placeOf = (row: Row): number => places.get(idOf(row)) ?? 0;
  const steady = known.toSorted((a, b) => placeOf(a) - placeOf(b));
  if (steady.length === rows.length) return steady;
  const following = new Map<string | undefined, Row[]>();
  let last: string | undefined;
  for (const row of rows) {
    if (places.has(idOf(row))) last = idOf(row);
    else following.set(last, [...(following.get(last) ?? []), row]);
  }
  return [...(following.get(undefined) ?? []), ...steady.flatMap((row) => [row, ...(following.get(idOf(row)) ?? [])])];
}
