import { latePattern } from './text/late-pattern.ts';

// Control, format, private, unassigned and half characters, and the two separators that end a line for some readers:
// whatever steers a terminal, turns a direction, or is not seen at all.
const unprintable = latePattern(() => /[^\P{C}\n]|[\u2028\u2029]|\p{Default_Ignorable_Code_Point}/gu);
const isPrintable = /^[\n\x20-\x7e]*$/;

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** JSON text in which everything that is not printable is written as an escape; what it parses to stays the same. */
export const printableJson = (json: string): string =>
  isPrintable.test(json) ? json : json.replace(unprintable(), escaped);
