import { charactersOf, widthOf } from '../text/cell-text.ts';

/** What one cell shows: a character (empty behind a wide one) and the parameters of its colours ("1;36"). */
export type Cell = {
  readonly text: string;
  readonly look: string /** The address it opens (OSC 8). */;
  readonly link?: string;
};
export type Grid = readonly (readonly Cell[])[];

export const blank: Cell = { text: ' ', look: '' };
export const blankRow = (columns: number): Cell[] => Array.from({ length: columns }, () => blank);

const groups: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:3[0-7]|9[0-7]|38.*)$/, /^39$/],
  [/^(?:4[0-7]|10[0-7]|48.*)$/, /^49$/],
  [/^[12]$/, /^22$/],
  [/^3$/, /^23$/],
  [/^4$/, /^24$/],
  [/^7$/, /^27$/],
  [/^9$/, /^29$/],
];

const parameter = /[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+/g;

/** The look after one more SGR sequence: whatever ends is forgotten, whatever begins takes the place of its kind. */
export function nextLook(look: string, parameters: string): string {
  const given = parameters.match(parameter) ?? ['0'];
  let kept: readonly string[] = look.match(parameter) ?? [];
  for (const one of given) {
    if (Number(one) === 0) kept = [];
    const group = groups.find(([begins, ends]) => begins.test(one) || ends.test(one));
    if (group === undefined) continue;
    // Bold and faint end together but may stand together.
    kept = kept.filter((other) => !group[0].test(other) || (group[1].source === '^22$' && !group[1].test(one)));
    if (group[0].test(one) && !kept.includes(one)) kept = [...kept, one];
  }
  return kept.toSorted().join(';');
}

/** What is seen of a look where no letter stands: the ground, and lines under or through it. */
export const lookOfBlank = (look: string): string =>
  /(?:^|;)(?:4[0-7]|48|10[0-7]|4|7|9)(?:;|$)/.test(look) ? look : '';

const hyperlink = /\u001b\]8;;([^\u0007\u001b]*)\u0007/y;
const sequence = /\u001b\[([?0-9;]*)([A-Za-z])/y;

/** A screen in memory that understands what Ink sends: text, colours, moves up and down a line, erasing. */
export type ScreenBuffer = {
  readonly grid: () => Grid;
  /** Takes what was sent; answers what it did not understand, to be sent on as it is. */
  write(text: string): string;
  resize(columns: number, rows: number): void;
};

export function makeScreenBuffer(initialColumns: number, initialRows: number): ScreenBuffer {
  let [columns, rows] = [initialColumns, initialRows];
  let grid = Array.from({ length: rows }, () => blankRow(columns));
  let [row, column, look] = [0, 0, ''];
  let link: string | undefined;

  const lineFeed = (): void => {
    column = 0;
    if (row < rows - 1) row += 1;
    else grid = [...grid.slice(1), blankRow(columns)];
  };
  const erase = (from: number, to: number): void => {
    grid[row]?.fill(blank, from, to);
  };
  const write = (text: string): void => {
    for (const character of charactersOf(text)) {
      const width = widthOf(character);
      const line = grid[row];
      if (width === 0 || line === undefined) continue;
      if (column + width > columns) return;
      line[column] = {
        text: character,
        look: character === ' ' ? lookOfBlank(look) : look,
        link,
      };
      if (width === 2) line[column + 1] = { text: '', look };
      column += width;
    }
  };
  const applySequence = (parameters: string, final: string): boolean => {
    const count = parameters === '' ? 1 : Number.parseInt(parameters, 10);
    if (final === 'm') look = nextLook(look, parameters);
    else if (final === 'A') row = Math.max(0, row - count);
    else if (final === 'B') row = Math.min(rows - 1, row + count);
    else if (final === 'E') [row, column] = [Math.min(rows - 1, row + count), 0];
    else if (final === 'G') column = Math.min(columns, count) - 1;
    else if (final === 'H') {
      const [line, cell] = parameters.split(';').map((one) => Math.max(1, Number(one)) - 1);
      [row, column] = [Math.min(rows - 1, line ?? 0), Math.min(columns - 1, cell ?? 0)];
    } else if (final === 'K') erase(parameters === '2' ? 0 : column, columns);
    else if (final === 'J' && parameters !== '3') {
      if (parameters !== '2') erase(column, columns);
      for (let at = parameters === '2' ? 0 : row + 1; at < rows; at += 1) grid[at] = blankRow(columns);
    } else return false;
    return true;
  };
  return {
    grid: () => grid,
    write(text) {
      let unhandled = '';
      let at = 0;
      while (at < text.length) {
        sequence.lastIndex = at;
        const found = text[at] === '\u001b' ? sequence.exec(text) : null;
        if (found !== null) {
          if (!applySequence(found[1] ?? '', found[2] ?? '')) unhandled += found[0];
          at = sequence.lastIndex;
        } else if (text[at] === '\n' || text[at] === '\r') {
          if (text[at] === '\n') lineFeed();
          else column = 0;
          at += 1;
        } else if (text.startsWith('\u001b]8;;', at)) {
          hyperlink.lastIndex = at;
          const opened = hyperlink.exec(text);
          if (opened === null) return unhandled + text.slice(at);
          link = opened[1] === '' ? undefined : opened[1];
          at = hyperlink.lastIndex;
        } else if (text[at] === '\u001b') {
          return unhandled + text.slice(at);
        } else {
          const end = text.slice(at).search(/[\u001b\r\n]/);
          write(end < 0 ? text.slice(at) : text.slice(at, at + end));
          at = end < 0 ? text.length : at + end;
        }
      }
      return unhandled;
    },
    resize(nextColumns, nextRows) {
      if (nextColumns === columns && nextRows === rows) return;
      const old = grid;
      [columns, rows] = [nextColumns, nextRows];
      grid = Array.from({ length: rows }, (_, index) =>
        [...(old[index] ?? []), ...blankRow(columns)].slice(0, columns),
      );
      [row, column] = [Math.min(row, rows - 1), Math.min(column, columns - 1)];
    },
  };
}
