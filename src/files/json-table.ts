import type { BetweenPieces } from './csv-table.ts';
import {
  type CleanCell,
  type Columns,
  cellOf,
  columnNamed,
  columnsOf,
  columnsTwice,
  lesserFor,
  type Table,
  type TableLine,
  type TableProblem,
} from './table.ts';

/** A number keeps its digits as they stand: beyond 2^53 a program's own number would be another one. */
const keepDigits = (text: string): string => text;

/** So much of a long file is read at a time. */
const pieceLength = 1024 * 1024;

/** So many items of it are looked at, at a time. */
const itemsAtOnce = 20_000;

type Item = { readonly line: number; readonly item: unknown };

/**
 * The items of the outermost list, and the line of the file on which each begins, read piece by piece; nothing where the
 * text is no such list, or something in it does not fit: read as a whole it tells what and where.
 */
async function itemsOf(
  text: string,
  parse: (json: string) => unknown,
  between?: BetweenPieces,
): Promise<readonly Item[] | undefined> {
  const mark = /["\n[\]{},]/g;
  const items: unknown[] = [];
  const starts: number[] = [];
  let [line, depth] = [1, 0];
  /** On to what is no blank; there an item begins. */
  const begin = (from: number): void => {
    let at = from;
    for (; /[ \t\n]/.test(text[at] ?? ''); at += 1) if (text[at] === '\n') line += 1;
    mark.lastIndex = at;
    starts.push(line);
  };
  const take = (from: number, to: number): boolean => {
    const piece = text.slice(from, to);
    if (piece.trim() === '') return items.length === 0;
    const read = parsed(parse, `[${piece}]`);
    if (!Array.isArray(read)) return false;
    for (const item of read) items.push(item);
    return true;
  };
  let from = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const { 0: sign, index: at } = found;
    if (sign === '\n') line += 1;
    else if (sign === '"') mark.lastIndex = afterString(text, at);
    else if (sign === '[' || sign === '{') {
      depth += 1;
      if (depth > 1) continue;
      if (sign === '{' || !isBlank(text, 0, at)) return undefined;
      from = at + 1;
      begin(from);
    } else if (sign !== ',') {
      depth -= 1;
      if (depth > 0) continue;
      if (sign === '}' || !isBlank(text, at + 1) || !take(from, at)) return undefined;
      return items.map((item, index) => ({ line: starts[index] ?? 1, item }));
    } else if (depth === 1) {
      if (at - from > pieceLength) {
        if (!take(from, at)) return undefined;
        from = at + 1;
        await between?.(at / text.length);
      }
      begin(at + 1);
    }
  }
  return undefined;
}

const isBlank = (text: string, from: number, to?: number): boolean => !/[^ \t\n]/.test(text.slice(from, to));

/** Behind the quotation mark that ends what begins with one; at the end where none does. */
function afterString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function parsed(parse: (json: string) => unknown, json: string): unknown {
  try {
    return parse(json);
  } catch {
    return undefined;
  }
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

type Part = { readonly line: number; readonly text: string };

/** The lines, where each is an object by itself, as databases and logs are written out: JSON Lines. */
function objectLines(text: string): readonly Part[] | undefined {
  // A list, which is what most files hold, is not parted into lines for nothing.
  if (!/^\s*\{/.test(text)) return undefined;
  const lines = text.split('\n').flatMap((one, index) => (one.trim() === '' ? [] : [{ line: index + 1, text: one }]));
  return lines.length > 1 && lines.every((one) => /^\s*\{.*\}\s*$/.test(one.text)) ? lines : undefined;
}

/** Reads a JSON file that holds a list of objects, or one object a line; problems name the line of the file on which an object begins. */
export async function tableOfJson(
  raw: string,
  wanted: Columns,
  cellText: CleanCell,
  between?: BetweenPieces,
): Promise<Table | 'not-array' | NotJson> {
  const text = raw.replace(/\r\n?/g, '\n');
  const lossless = await import('lossless-json');
  const parse = (json: string): unknown => lossless.parse(json, undefined, { parseNumber: keepDigits });
  const objects = objectLines(text);
  const parts: readonly Part[] = objects ?? [{ line: 1, text }];
  const items: Item[] = objects === undefined ? [...((await itemsOf(text, parse, between)) ?? [])] : [];
  for (const part of items.length > 0 ? [] : parts) {
    let found: unknown;
    try {
      found = parse(part.text);
    } catch (error) {
      const line = part.line - 1 + lineOfError(part.text, error);
      const twice = keyTwice(error);
      if (twice === undefined) return { notJson: line };
      const column = columnNamed(spaced(twice), wanted.names) || undefined;
      return { lines: [], problems: [{ line, column, what: 'column-twice', value: twice }] };
    }
    const list = objects === undefined ? found : [found];
    if (!Array.isArray(list)) return 'not-array';
    for (const item of list) items.push({ line: part.line, item });
    if (items.length % itemsAtOnce === 0) await between?.(items.length / parts.length);
  }
  const byFirst = withoutSure(wanted, items[0]?.item);
  const lines: TableLine[] = [];
  const problems: TableProblem[] = [];
  for (const [index, { line, item }] of items.entries()) {
    if (index > 0 && index % itemsAtOnce === 0) await between?.(1);
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      problems.push({ line, what: 'not-a-row' });
      continue;
    }
    const fields = Object.entries(item).map(([title, value]) => [spaced(title), value] as const);
    const titles = fields.map(([title]) => title);
    const columns = columnsOf(titles, byFirst);
    problems.push(...columnsTwice(titles, columns, line));
    const cells = fields.flatMap(([, value], at) => {
      const column = columns[at] ?? '';
      if (column === '' || value === null || value === undefined) return [];
      const plain = typeof value === 'object' ? '' : String(value);
      const { text: cell, fault } = cellOf(plain, cellText, wanted.needed.includes(column));
      const what = typeof value === 'object' ? 'not-a-value' : fault;
      if (what !== undefined) problems.push({ line, column, what });
      return [[column, cell] as const];
    });
    lines.push({ line, cells: Object.fromEntries(cells) });
  }
  return { lines, problems };
}

/** The first object decides as a heading does: where it names a column surely, no other title means it further down. */
function withoutSure({ names, lesser = [] }: Columns, first: unknown): Pick<Columns, 'names' | 'lesser'> {
  const titles = typeof first === 'object' && first !== null ? Object.keys(first) : [];
  const sure = titles.map((title) => columnNamed(spaced(title), names));
  return { names, lesser: lesserFor(lesser, sure) };
}

/** `onHand` as a person would title it: "on Hand". */
const spaced = (title: string): string => title.replace(/([a-z])([A-Z])/g, '$1 $2');
