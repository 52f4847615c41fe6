import { blank, type Cell, type Grid, lookOfBlank } from './screen-buffer.ts';

/** Unchanged cells that are cheaper to write again than to jump over. */
const jumpThreshold = 6;

const same = (a: Cell | undefined, b: Cell | undefined): boolean =>
  a?.text === b?.text && a?.look === b?.look && a?.link === b?.link;
const isBlank = (cell: Cell): boolean => cell.text === ' ' && cell.look === '';

/** From one look to another in as few bytes as may be: a colour alone takes the place of a colour alone. */
function lookChange(from: string, to: string): string {
  if (from === to) return '';
  if (to === '') return '\u001b[m';
  const onlyFront = /^(?:3[0-7]|9[0-7])$/;
  return from === '' || (onlyFront.test(from) && onlyFront.test(to)) ? `\u001b[${to}m` : `\u001b[0;${to}m`;
}

/** Opens another address for the text that follows, or none. */
const linkChange = (from: string | undefined, to: string | undefined): string =>
  from === to ? '' : `\u001b]8;;${to ?? ''}\u0007`;

/** Where a row differs, as stretches of cells; two that are close are one. */
function changedRanges(
  before: readonly Cell[] | undefined,
  after: readonly Cell[],
): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [at, cell] of after.entries()) {
    if (same(before?.[at], cell)) continue;
    // A wide character is written whole: its second cell holds nothing of its own.
    const from = cell.text === '' && at > 0 ? at - 1 : at;
    const last = found.at(-1);
    if (last !== undefined && from - last[1] <= jumpThreshold) last[1] = at + 1;
    else found.push([from, at + 1]);
  }
  return found;
}

/** So many blanks in a row are cheaper erased and jumped over than written. */
const eraseThreshold = 12;

/** The bytes for a terminal, with what it does not need to be told left out: where its cursor is, how it writes. */
function makeOutput() {
  let [output, look, row, column] = ['', '', -1, -1];
  let link: string | undefined;
  const setLink = (next: string | undefined): void => {
    output += linkChange(link, next);
    link = next;
  };
  const setStyle = (next: string): void => {
    output += lookChange(look, next);
    look = next;
  };
  return {
    moveTo(nextRow: number, nextColumn: number): void {
      if (nextRow === row && nextColumn === column) return;
      if (nextRow === row + 1 && nextColumn === column) output += '\u001b[B';
      else if (nextRow === row && column >= 0) output += `\u001b[${nextColumn - column}C`;
      else output += `\u001b[${nextRow + 1}${nextColumn === 0 ? '' : `;${nextColumn + 1}`}H`;
      [row, column] = [nextRow, nextColumn];
    },
    write(cell: Cell): void {
      setLink(cell.link);
      // A blank needs no colour of its own, so the one before it may go on.
      if (!isBlank(cell) || lookOfBlank(look) !== '') setStyle(cell.look);
      output += cell.text;
      column += 1;
    },
    erase(cells: number): void {
      setLink(undefined);
      if (lookOfBlank(look) !== '') setStyle('');
      output += `\u001b[${cells}X`;
    },
    eraseRest(): void {
      setLink(undefined);
      if (lookOfBlank(look) !== '') setStyle('');
      output += '\u001b[K';
    },
    /** After the last cell of a line nobody agrees where the cursor is. */
    cursorUnknown(): void {
      column = -1;
    },
    end(): string {
      setLink(undefined);
      setStyle('');
      return output;
    },
  };
}

const blanksFrom = (cells: readonly Cell[], from: number, to: number): number => {
  let at = from;
  while (at < to && isBlank(cells[at] ?? blank)) at += 1;
  return at - from;
};

/**
 * What a terminal has to be told so that it shows `after` instead of `before`: only cells that changed, with the
 * cursor sent straight to them. Empty when nothing changed.
 */
export function screenDiff(before: Grid, after: Grid): string {
  const out = makeOutput();
  for (const [row, cells] of after.entries()) {
    const end = cells.findLastIndex((cell) => !isBlank(cell)) + 1;
    for (const [from, to] of changedRanges(before[row], cells)) {
      const written = Math.min(to, Math.max(end, from));
      for (let at = from; at < written; at += 1) {
        out.moveTo(row, at);
        const blanks = blanksFrom(cells, at, written);
        if (blanks < eraseThreshold) out.write(cells[at] ?? blank);
        else {
          out.erase(blanks);
          at += blanks - 1;
        }
      }
      if (written === cells.length) out.cursorUnknown();
      if (to <= end) continue;
      out.moveTo(row, written);
      out.eraseRest();
      break;
    }
  }
  return out.end();
}
