import { closest, distance } from 'fastest-levenshtein';

/** The one of some names that was probably meant by a mistyped one. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const whole = typed.toLowerCase();
  const best = closest(
    whole,
    [...new Set(names)].toSorted((a, b) => a.length - b.length),
  );
  // Two letters that changed places count as two here, so a short word may be two off and still be meant.
  const max = Math.max(2, Math.min(3, Math.floor((typed.length - 1) / 3)));
  const near = best !== undefined && distance(whole, best.toLowerCase()) <= Math.min(max, Math.ceil(typed.length / 2));
  return near ? best : undefined;
}
