import type { Piece, Tone } from './tones.ts';

/** A text with the words that were looked for in a tone of their own, wherever they stand in it. */
export function highlighted(text: string, words: readonly string[], tone?: Tone): readonly Piece[] {
  const lower = text.toLowerCase();
  // A letter that is two in lower case moves all behind it: then nothing is marked rather than the wrong letters.
  if (lower.length !== text.length) return [{ text, tone }];
  const found = words
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '')
    .flatMap((word) => {
      const at = lower.indexOf(word);
      return at < 0 ? [] : [{ at, end: at + word.length }];
    })
    .toSorted((a, b) => a.at - b.at);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { at, end } of found) {
    if (end <= done) continue;
    const from = Math.max(at, done);
    if (from > done) pieces.push({ text: text.slice(done, from), tone });
    pieces.push({ text: text.slice(from, end), tone: 'accent' });
    done = end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), tone });
  return pieces;
}
