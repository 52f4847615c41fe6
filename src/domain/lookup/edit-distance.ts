/**
 * How many letters must be put in, left out, exchanged or swapped with their neighbour to get from one text to the
 * other, counted no further than `most` + 1.
 */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 1; at <= a.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= b.length; to += 1) {
      const change = (row[to - 1] ?? 0) + (a[at - 1] === b[to - 1] ? 0 : 1);
      const swapped = at > 1 && to > 1 && a[at - 1] === b[to - 2] && a[at - 2] === b[to - 1];
      const swap = swapped ? (before[to - 2] ?? 0) + 1 : change;
      next.push(Math.min(change, swap, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > max) return max + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** So many letters may be wrong before one word is no longer meant for another: none of three, one of five, two of eight. */
const maxTypos = (text: string): number => Math.min(3, Math.floor((text.length - 1) / 3));

/** How far a typed text is from another or from its nearest word; `undefined` where it cannot have been meant. */
export function typoDistance(typed: string, said: string): number | undefined {
  const max = maxTypos(typed);
  const whole = typed.toLowerCase();
  const texts = [said.toLowerCase(), ...said.toLowerCase().split(/[^\p{L}\p{N}]+/u)];
  const least = Math.min(...texts.map((text) => editDistance(whole, text, max)));
  return max > 0 && least <= max ? least : undefined;
}

/** The one of some names that was probably meant by a mistyped one. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const max = Math.max(1, maxTypos(typed));
  const [best] = names
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase(), max) }))
    .filter(({ distance }) => distance <= max)
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}
