/**
 * The identifiers of a pasted list: one a line, a cell or between semicolons; with commas where each part holds a figure,
 * as an item number does and a name seldom. `undefined` for a text that is one thing.
 */
export function pastedList(text: string): readonly string[] | undefined {
  const parts = partsOf(text, /[\r\n\t;]+/);
  const list = parts.length > 1 ? parts : partsOf(text, /,/);
  if (list.length < 2 || (parts.length < 2 && !list.every((part) => /\d/.test(part)))) return undefined;
  return [...new Set(list)];
}

const partsOf = (text: string, between: RegExp): readonly string[] =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
