import { type Align, cell, clean, cut, cutMiddle, padLeft, padRight, widthOf } from '../text/cell-text.ts';
import { highlighted } from '../text/highlight.ts';
import type { Piece, Tone } from '../text/tones.ts';

/** One column of a table. The smaller its `rank`, the longer it stays when the window gets narrow. */
export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  readonly rank: number;
  readonly min: number;
  /** How wide it may grow with its contents; absent: it takes what is left over. Figures, to the right, are never cut by it. */
  readonly max?: number;
  readonly align?: Align;
  readonly text: (row: Row) => string;
  /** The same in fewer cells, for where that makes room for another column. */
  readonly short?: (row: Row) => string;
  /** The title over the short text, and its own fewest cells. */
  readonly shortTitle?: string;
  readonly shortMin?: number;
  readonly tone?: (row: Row) => Tone | undefined;
  /** Where what was looked for stands: it is made to stand out. */
  readonly searched?: true;
  /** What is shown of it, cut and padded, in tones of its own where one tone for the cell says too little. */
  readonly pieces?: (shown: string, row: Row) => readonly Piece[];
  /** A text that is too long loses its middle, not its end. */
  readonly keepsEnd?: true;
  /** Its text grows older by itself: another one is no news. */
  readonly ages?: true;
  /** What it is sorted by; the text when absent. */
  readonly sortBy?: (row: Row) => string | number;
};

/** A column and the width it got. */
export type PlacedColumn<Row> = { readonly column: Column<Row>; readonly width: number };

const gap = 2;
/** Rows that are measured for a column's natural width. */
const measured = 400;

/** A column's room: what it takes at least, what it would like, and what all of its contents need. */
type WidthDemand<Row> = {
  readonly column: Column<Row>;
  readonly minimum: number;
  readonly preferred: number;
  readonly full: number;
};

function widthDemandOf<Row>(column: Column<Row>, rows: readonly Row[]): WidthDemand<Row> {
  const widest = rows.slice(0, measured).reduce((max, row) => Math.max(max, widthOf(column.text(row))), 0);
  const title = Math.max(column.min, widthOf(column.title));
  const full = Math.max(title, widest);
  const most = column.align === 'right' ? widest : (column.max ?? widest);
  const preferred = Math.max(title, Math.min(widest, most));
  return { column, minimum: column.max === undefined ? title : preferred, preferred, full };
}

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, widths.length - 1);

/**
 * The columns that fit into `width` cells, and how wide each is. Where not all of them fit, and short texts make
 * room for more of them, the texts are short.
 */
export function layoutColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly PlacedColumn<Row>[] {
  const normal = fitColumns(columns, rows, width);
  if (normal.length === columns.length) return normal;
  const shortened = fitColumns(
    columns.map((column) => ({
      ...column,
      text: column.short ?? column.text,
      title: column.shortTitle ?? column.title,
      min: column.shortMin ?? column.min,
    })),
    rows,
    width,
  );
  return shortened.length > normal.length ? shortened : normal;
}

/**
 * The lower its rank, the sooner a column gets its room; one that is too wide leaves it to the next. What is left over goes to the columns without `max`, to each no more than its contents want, and then to those
 * that their `max` cut short.
 */
function fitColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly PlacedColumn<Row>[] {
  const demands = columns.map((column) => widthDemandOf(column, rows));
  const chosen: WidthDemand<Row>[] = [];
  for (const demand of demands.toSorted((a, b) => a.column.rank - b.column.rank)) {
    if (chosen.length === 0 || total([...chosen, demand].map((one) => one.minimum)) <= width) chosen.push(demand);
  }
  const kept = demands.filter((demand) => chosen.includes(demand));
  const given = new Map(kept.map((demand) => [demand, demand.minimum]));
  let spare = width - total([...given.values()]);
  for (const goal of ['preferred', 'full'] as const) spare = share(given, goal, spare);
  return kept.map((demand) => ({ column: demand.column, width: given.get(demand) ?? demand.minimum }));
}

/** Shares spare cells out among the columns that want more, fairly: who wants less than a fair part gets it all. */
function share<Row>(given: Map<WidthDemand<Row>, number>, goal: 'preferred' | 'full', spare: number): number {
  let left = Math.max(0, spare);
  const wants = (demand: WidthDemand<Row>): number => demand[goal] - (given.get(demand) ?? 0);
  const wanting = [...given.keys()].filter((demand) => wants(demand) > 0).toSorted((a, b) => wants(a) - wants(b));
  for (const [index, demand] of wanting.entries()) {
    const gets = Math.min(wants(demand), Math.floor(left / (wanting.length - index)));
    given.set(demand, (given.get(demand) ?? 0) + gets);
    left -= gets;
  }
  return left;
}

/** Stands right behind a text that is another than a moment ago; holds without colour. */
const changedSign = '*';

/** A cell whose text changed: the sign takes a blank of the cell or of the gap behind it, so that nothing moves. */
function changedCell(text: string, width: number, { align, behind }: { align?: Align; behind: number }): string {
  const fitting = cut(clean(text), behind === 0 ? width - 1 : width);
  const signed = `${fitting}${changedSign}`;
  if (align !== 'right') return padRight(signed, width + behind);
  return `${padLeft(signed, behind === 0 ? width : width + 1)}${' '.repeat(Math.max(0, behind - 1))}`;
}

const shownText = <Row>(column: Column<Row>, row: Row, width: number): string =>
  cell(column.text(row), width, column.align, column.keepsEnd === true ? cutMiddle : cut);

/** Puts a piece behind the others; neighbours of one tone are one piece. */
function join(pieces: Piece[], { text, tone }: Piece): void {
  const last = pieces.at(-1);
  if (last !== undefined && last.tone === tone) pieces[pieces.length - 1] = { text: last.text + text, tone };
  else pieces.push({ text, tone });
}

/** What stands out in a row: cells that another wrote a moment ago, and words that were looked for. */
export type RowMarks = { readonly changed?: ReadonlySet<string>; readonly highlight?: readonly string[] };

/** The pieces of one row, neighbours of one tone joined, blanks between the columns; cells in `changed` are marked. */
export function rowPieces<Row>(
  placed: readonly PlacedColumn<Row>[],
  row: Row,
  { changed, highlight = [] }: RowMarks = {},
): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const [index, { column, width }] of placed.entries()) {
    const behind = index === placed.length - 1 ? 0 : gap;
    const marked = changed?.has(column.id) === true;
    const text = marked
      ? changedCell(column.text(row), width, { align: column.align, behind })
      : shownText(column, row, width) + ' '.repeat(behind);
    if (!marked && column.pieces !== undefined) {
      for (const piece of column.pieces(text, row)) join(pieces, piece);
    } else if (!marked && column.searched === true && highlight.length > 0) {
      for (const piece of highlighted(text, highlight, column.tone?.(row))) join(pieces, piece);
    } else join(pieces, { text, tone: marked ? 'accent' : column.tone?.(row) });
  }
  return pieces;
}

/** How a table is ordered: by a column, up or down. Absent: as the rows came. */
export type Sort = { readonly column: string; readonly down: boolean };

/** The line of titles, with an arrow at the column that is sorted by. */
export function titleLine<Row>(
  placed: readonly PlacedColumn<Row>[],
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
