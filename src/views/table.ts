import { type Align, cell, cut, widthOf } from './columns.ts';
import type { Piece, Tone } from './tones.ts';

/** One column of a table. The smaller its `rank`, the longer it stays when the window gets narrow. */
export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  readonly rank: number;
  readonly min: number;
  /** How wide it may grow with its contents; absent: it takes what is left over. */
  readonly max?: number;
  readonly align?: Align;
  readonly text: (row: Row) => string;
  readonly tone?: (row: Row) => Tone | undefined;
  /** What it is sorted by; the text when absent. */
  readonly sortBy?: (row: Row) => string | number;
};

/** A column and the width it got. */
export type Placed<Row> = { readonly column: Column<Row>; readonly width: number };

const gap = 2;
/** Rows that are measured for a column's natural width. */
const measured = 400;

const naturalWidth = <Row>(column: Column<Row>, rows: readonly Row[]): number => {
  const widest = rows.slice(0, measured).reduce((most, row) => Math.max(most, widthOf(column.text(row))), 0);
  return Math.max(column.min, widthOf(column.title), Math.min(widest, column.max ?? widest));
};

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, widths.length - 1);

/**
 * The columns that fit into `width` cells, and how wide each is. Columns of high rank go first when room is
 * short; a column without `max` grows into what is left over.
 */
export function placeColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly Placed<Row>[] {
  const wanted = columns.map((column) => ({
    column,
    width: column.max === undefined ? Math.max(column.min, widthOf(column.title)) : naturalWidth(column, rows),
  }));
  const kept = [...wanted];
  while (kept.length > 1 && total(kept.map((placed) => placed.width)) > width) {
    const worst = kept.reduce((last, placed) => (placed.column.rank > last.column.rank ? placed : last));
    kept.splice(kept.indexOf(worst), 1);
  }
  return grown(kept, rows, width);
}

/** Gives what is left over to the columns that may grow, to each no more than its contents want. */
function grown<Row>(kept: readonly Placed<Row>[], rows: readonly Row[], width: number): readonly Placed<Row>[] {
  let spare = Math.max(0, width - total(kept.map((placed) => placed.width)));
  let hungry = kept.filter((placed) => placed.column.max === undefined).length;
  return kept.map((placed) => {
    if (placed.column.max !== undefined) return placed;
    const wants = Math.max(0, naturalWidth(placed.column, rows) - placed.width);
    const rest = kept.slice(kept.indexOf(placed) + 1).filter((other) => other.column.max === undefined);
    const others = rest.reduce((sum, other) => sum + Math.max(0, naturalWidth(other.column, rows) - other.width), 0);
    const gets = Math.min(wants, Math.max(Math.floor(spare / hungry), spare - others));
    spare -= gets;
    hungry -= 1;
    return { ...placed, width: placed.width + gets };
  });
}

/** The pieces of one row, neighbours of one tone joined, blanks between the columns. */
export function rowPieces<Row>(placed: readonly Placed<Row>[], row: Row): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const [index, { column, width }] of placed.entries()) {
    const text = cell(column.text(row), width, column.align) + (index === placed.length - 1 ? '' : ' '.repeat(gap));
    const tone = column.tone?.(row);
    const last = pieces.at(-1);
    if (last !== undefined && last.tone === tone) pieces[pieces.length - 1] = { text: last.text + text, tone };
    else pieces.push({ text, tone });
  }
  return pieces;
}

/** How a table is ordered: by a column, up or down. Absent: as the rows came. */
export type Sort = { readonly column: string; readonly down: boolean };

/** The line of titles, with an arrow at the column that is sorted by. */
export function titleLine<Row>(
  placed: readonly Placed<Row>[],
  sort: Sort | undefined,
  arrows: readonly [string, string],
): string {
  return placed
    .map(({ column, width }) => {
      const arrow = sort?.column === column.id ? arrows[sort.down ? 1 : 0] : '';
      const title = arrow === '' ? column.title : `${cut(column.title, width - 1, '')}${arrow}`;
      return cell(title, width, column.align);
    })
    .join(' '.repeat(gap));
}

const compare = (a: string | number, b: string | number, words: Intl.Collator): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));

/** The rows in the order of a column; equal rows keep the order they came in. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: { readonly sort?: Sort; readonly language: string },
): readonly Row[] {
  const column = columns.find((candidate) => candidate.id === order.sort?.column);
  if (column === undefined) return rows;
  const words = new Intl.Collator(order.language, { numeric: true });
  const value = column.sortBy ?? column.text;
  const sign = order.sort?.down === true ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(value(a), value(b), words));
}
