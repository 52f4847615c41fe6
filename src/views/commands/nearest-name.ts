import { distance } from 'fastest-levenshtein';
import { oneSwapApart } from '../../domain/lookup/one-swap-apart.ts';

/** The one of some names that was probably meant by a mistyped one. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const whole = typed.toLowerCase();
  const max = Math.max(1, Math.min(3, Math.floor((typed.length - 1) / 3)));
  const [best] = names
    .map((name) => ({ name, slips: oneSwapApart(whole, name.toLowerCase()) ? 1 : distance(whole, name.toLowerCase()) }))
    .filter(({ slips }) => slips <= max)
    .sort((a, b) => a.slips - b.slips);
  return best?.name;
}
