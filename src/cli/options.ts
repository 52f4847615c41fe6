import { InvalidArgumentError } from 'commander';
import { type Instant, instantOf, later, parseInstant } from '../domain/ids.ts';
import type { Words } from '../views/words/words.ts';

/** Reads a whole number off the command line; may be negative where the command says so. */
export const wholeNumber =
  (words: Words, least = 0) =>
  (text: string): number => {
    if (!/^-?\d{1,12}$/.test(text) || Number(text) < least)
      throw new InvalidArgumentError(words.cli.usage.notWholeNumber(text));
    return Number(text);
  };

/** A moment out of "2026-11-24", a full timestamp with zone, or "30d", "12h" counted from now; ahead or back. */
export function parseTime(text: string, now: Instant, direction: 'ahead' | 'back'): Instant | undefined {
  const span = /^(\d{1,4})([dh])$/.exec(text);
  if (span !== null) {
    const milliseconds = Number(span[1]) * (span[2] === 'd' ? 86_400_000 : 3_600_000);
    return later(now, direction === 'ahead' ? milliseconds : -milliseconds);
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const at = Date.parse(`${text}T00:00:00Z`);
    return Number.isNaN(at) ? undefined : instantOf(at);
  }
  return parseInstant(text);
}
