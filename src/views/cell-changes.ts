import { type Cell, type Grid, lookOfBlank } from './cells.ts';

/** Unchanged cells that are cheaper to write again than to jump over. */
const worthJumping = 6;

const same = (a: Cell | undefined, b: Cell | undefined): boolean => a?.text === b?.text && a?.look === b?.look;
const isBlank = (cell: Cell): boolean => cell.text === ' ' && cell.look === '';

/** From one look to another in as few bytes as may be: a colour alone takes the place of a colour alone. */
function lookChange(from: string, to: string): string {
  if (from === to) return '';
  if (to === '') return '\u001b[m';
  const onlyFront = /^(?:3[0-7]|9[0-7])$/;
  return from === '' || (onlyFront.test(from) && onlyFront.test(to)) ? `\u001b[${to}m` : `\u001b[0;${to}m`;
}

/** Where a row differs, as stretches of cells; two that are close are one. */
function stretches(
  before: readonly Cell[] | undefined,
  after: readonly Cell[],
): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [at, cell] of after.entries()) {
    if (same(before?.[at], cell)) continue;
    // A wide character is written whole: its second cell holds nothing of its own.
    const from = cell.text === '' && at > 0 ? at - 1 : at;
    const last = found.at(-1);
    if (last !== undefined && from - last[1] <= worthJumping) last[1] = at + 1;
    else found.push([from, at + 1]);
  }
  return found;
}

/**
 * What a terminal has to be told so that it shows `after` instead of `before`: only cells that changed, with the
 * cursor sent straight to them. Empty when nothing changed.
 */
export function cellChanges(before: Grid, after: Grid): string {
  let [said, look] = ['', ''];
  for (const [row, cells] of after.entries()) {
    const end = cells.findLastIndex((cell) => !isBlank(cell)) + 1;
    for (const [from, to] of stretches(before[row], cells)) {
      said += `\u001b[${row + 1}${from === 0 ? '' : `;${from + 1}`}H`;
      for (const cell of cells.slice(from, Math.min(to, Math.max(end, from)))) {
        // A blank needs no colour of its own, so the one before it may go on.
        if (cell.text !== ' ' || cell.look !== '' || lookOfBlank(look) !== '') {
          said += lookChange(look, cell.look);
          look = cell.look;
        }
        said += cell.text;
      }
      if (to <= end) continue;
      said += `${lookChange(look, '')}\u001b[K`;
      look = '';
      break;
    }
  }
  return said + lookChange(look, '');
}
