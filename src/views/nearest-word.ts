/** How many letters must be put in, taken out or changed to make one word of another. */
function stepsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at += 1) {
      const changed = (row[at - 1] ?? 0) + (letter === other[at - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The known word that was probably meant; none when all are too far off. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const far = word.length <= 3 ? 1 : 2;
  const ranked = known
    .map((candidate) => ({ candidate, steps: stepsBetween(word.toLowerCase(), candidate) }))
    .filter(({ steps }) => steps <= far)
    .sort((a, b) => a.steps - b.steps);
  return ranked[0]?.candidate;
}
