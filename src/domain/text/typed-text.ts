import { latePattern } from './late-pattern.ts';

// Terminal sequences first, so that no "[31m" is left; then whatever steers a terminal, turns a direction or is not seen.
const steering = latePattern(
  () =>
    /[\u001b\u009b]\[?[0-?]*[ -/]*[@-~]|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/gu,
);
// An emoji of several parts, and the sign that gives it colours: they are seen.
const joiners = latePattern(() => /(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)[\u200d\ufe0f]/gu);

const plain = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u052f]*$/;

/** A text on one line without anything that steers who reads it elsewhere; the blanks around it stay. */
export function withoutSteering(text: string): string {
  if (plain.test(text)) return text;
  const kept = text.toWellFormed().replace(/[\n\r\t\u2028\u2029\u0085]+/g, ' ');
  const places = new Set([...kept.matchAll(joiners())].map(({ index }) => index));
  return kept.replace(steering(), (sign, at: number) => (places.has(at) ? sign : ''));
}

/** What a person typed or pasted as a name, a reason or a note: on one line, without blanks around it. */
export const typedText = (text: string): string => withoutSteering(text).trim();
