import { distance } from 'fastest-levenshtein';

/** So many letters may be wrong before one word is no longer meant for another: none of three, one of five, two of eight. */
const maxTypos = (text: string): number => Math.min(3, Math.floor((text.length - 1) / 3));

/** Two letters that changed places are one slip of the fingers, not two. */
function slipsBetween(a: string, b: string): number {
  const slips = distance(a, b);
  if (slips !== 2 || a.length !== b.length) return slips;
  const at = [...a].findIndex((letter, place) => letter !== b[place]);
  const isSwap = a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return isSwap ? 1 : slips;
}

/** How far a typed text is from another or from its nearest word; `undefined` where it cannot have been meant. */
export function typoDistance(typed: string, said: string): number | undefined {
  const max = maxTypos(typed);
  const whole = typed.toLowerCase();
  const texts = [said.toLowerCase(), ...said.toLowerCase().split(/[^\p{L}\p{N}]+/u)];
  const least = Math.min(...texts.map((text) => slipsBetween(whole, text)));
  return max > 0 && least <= max ? least : undefined;
}
