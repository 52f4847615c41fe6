import { distance } from 'fastest-levenshtein';
import { oneSwapApart } from '../../domain/lookup/one-swap-apart.ts';

/** So many letters may be wrong before one word is no longer meant for another: none of three, one of five, two of eight. */
const maxTypos = (text: string): number => Math.min(3, Math.floor((text.length - 1) / 3));

/** How far a typed text is from another or from its nearest word; `undefined` where it cannot have been meant. */
export function typoDistance(typed: string, said: string): number | undefined {
  const max = maxTypos(typed);
  const whole = typed.toLowerCase();
  const texts = [said.toLowerCase(), ...said.toLowerCase().split(/[^\p{L}\p{N}]+/u)];
  const least = Math.min(...texts.map((text) => (oneSwapApart(whole, text) ? 1 : distance(whole, text))));
  return max > 0 && least <= max ? least : undefined;
}
