/** Whether two texts differ in two neighbours that changed places: one slip of the fingers, where a distance counts two. */
export function oneSwapApart(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false;
  const at = [...a].findIndex((letter, place) => letter !== b[place]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
