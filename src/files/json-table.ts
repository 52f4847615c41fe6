import {
  type CleanCell,
  type Columns,
  cellOf,
  columnNamed,
  columnsTwice,
  type Table,
  type TableLine,
  type TableProblem,
} from './table.ts';

/** A number keeps its digits as they stand: beyond 2^53 a program's own number would be another one. */
const keepDigits = (text: string): string => text;

/** The line of the file on which each item of the outermost list begins. */
function linesOfItems(text: string): readonly number[] {
  const lines: number[] = [];
  let [line, depth, quoted] = [1, 0, false];
  let expected = false;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '\n') line += 1;
    if (quoted) {
      if (mark === '\\') at += 1;
      else if (mark === '"') quoted = false;
      continue;
    }
    if (mark === undefined || /\s/.test(mark)) continue;
    if (expected && mark !== ']') lines.push(line);
    expected = depth === 0 ? mark === '[' : depth === 1 && mark === ',';
    if (mark === '"') quoted = true;
    else if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth -= 1;
  }
  return lines;
}

/** The text is no JSON, from this line on. */
export type NotJson = { readonly notJson: number };

/** The key that one object holds twice with two values, where that is what the parser stopped at. */
const keyTwice = (error: unknown): string | undefined =>
  /^Duplicate key '([\s\S]*)' encountered/.exec(error instanceof Error ? error.message : '')?.[1];

/** The parser names the place of the first sign that does not fit, where it knows one. */
function lineOfError(text: string, error: unknown): number {
  const place = Number(/position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? 0);
  return text.slice(0, place).split('\n').length;
}

type Item = { readonly line: number; readonly item: unknown };

const linesOf = (text: string): readonly { readonly line: number; readonly text: string }[] =>
  text.split('\n').flatMap((one, index) => (one.trim() === '' ? [] : [{ line: index + 1, text: one }]));

/** Whether each line is an object by itself, as databases and logs are written out: JSON Lines. */
function isObjectALine(text: string): boolean {
  const lines = linesOf(text);
  return lines.length > 1 && lines.every((one) => /^\s*\{.*\}\s*$/.test(one.text));
}

/** Reads a JSON file that holds a list of objects, or one object a line; problems name the line of the file on which an object begins. */
export async function tableOfJson(
  raw: string,
  { names, needed }: Columns,
  cellText: CleanCell,
): Promise<Table | 'not-array' | NotJson> {
  const text = raw.replace(/\r\n?/g, '\n');
  const { parse } = await import('lossless-json');
  const parts = isObjectALine(text) ? linesOf(text) : [{ line: 1, text }];
  const items: Item[] = [];
  for (const part of parts) {
    let found: unknown;
    try {
      found = parse(part.text, undefined, { parseNumber: keepDigits });
    } catch (error) {
      const line = part.line - 1 + lineOfError(part.text, error);
      const twice = keyTwice(error);
      if (twice === undefined) return { notJson: line };
      const column = columnNamed(spaced(twice), names) || undefined;
      return { lines: [], problems: [{ line, column, what: 'column-twice', value: twice }] };
    }
    const starts = parts.length > 1 ? [part.line] : linesOfItems(text);
    const list = parts.length > 1 ? [found] : found;
    if (!Array.isArray(list)) return 'not-array';
    items.push(...list.map((item, index): Item => ({ line: starts[index] ?? 1, item })));
  }
  const lines: TableLine[] = [];
  const problems: TableProblem[] = [];
  for (const { line, item } of items) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      problems.push({ line, what: 'not-a-row' });
      continue;
    }
    const fields = Object.entries(item).map(([title, value]) => [spaced(title), value] as const);
    problems.push(
      ...columnsTwice(
        fields.map(([title]) => title),
        names,
        line,
      ),
    );
    const cells = fields.flatMap(([title, value]) => {
      const column = columnNamed(title, names);
      if (column === '' || value === null || value === undefined) return [];
      const plain = typeof value === 'object' ? '' : String(value);
      const { text: cell, fault } = cellOf(plain, cellText, needed.includes(column));
      const what = typeof value === 'object' ? 'not-a-value' : fault;
      if (what !== undefined) problems.push({ line, column, what });
      return [[column, cell] as const];
    });
    lines.push({ line, cells: Object.fromEntries(cells) });
  }
  return { lines, problems };
}

/** `onHand` as a person would title it: "on Hand". */
const spaced = (title: string): string => title.replace(/([a-z])([A-Z])/g, '$1 $2');
