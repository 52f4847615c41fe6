import { z } from 'zod';

/** What a list answers when it is asked by position: its rows as they came, and how many there are in all. */
export type OffsetAnswer = { readonly rows: readonly unknown[]; readonly total?: number };

/** A list that can be asked by position only, in an order that stays: nothing says "after this row". */
export type OffsetList<Answer extends OffsetAnswer> = {
  readonly ask: (offset: number) => Promise<Answer>;
  /** Tells two rows apart, readable or not. */
  readonly keyOf: (row: unknown) => string;
  /** The error of a list that shows one page for ever. */
  readonly stuck: (found: string) => Error;
};

/** Where a reading by position goes on. */
export const offsetPlaceSchema = z.object({
  /** How many rows lie before the one to go on with. */
  offset: z.number().int().min(0),
  /** Where the page before began, and with which row. */
  from: z.number().int().min(0).optional(),
  first: z.string().optional(),
  /** The last rows shown: the next page begins among them, else rows have moved meanwhile. */
  tail: z.array(z.string()),
  /** Rows shown so far. */
  shown: z.number().int().min(0),
  /** The list did not add up once, and is read for the second time. */
  repeated: z.literal(true).optional(),
});
export type OffsetPlace = z.infer<typeof offsetPlaceSchema>;

export const listStart: OffsetPlace = { offset: 0, tail: [], shown: 0 };

/** The rows of a page that were not shown before. No `next`: the list is read to its end. */
export type OffsetPage<Answer extends OffsetAnswer> = {
  readonly answer: Answer;
  readonly fresh: readonly unknown[];
  readonly next?: OffsetPlace;
};

/** So many rows are remembered. Were all of them deleted between two pages, earlier ones would be shown once more. */
const tailLength = 10;

/**
 * Reads one page by position. Each page begins with the last row of the page before: when another row stands there,
 * rows were taken away meanwhile and the later ones moved up, so it goes back until it meets a row that was shown.
 * When the end is reached with fewer rows than the list says it has, the list is read once more.
 */
export async function offsetPage<Answer extends OffsetAnswer>(
  list: OffsetList<Answer>,
  place: OffsetPlace,
): Promise<OffsetPage<Answer>> {
  const { answer, offset } = await askWhereItGoesOn(list, place);
  const { rows, total } = answer;
  const fresh = rows.slice(lastShown(list, place, rows) + 1);
  const shown = place.shown + fresh.length;
  const end = offset + rows.length;
  if (fresh.length === 0 || (total !== undefined && end >= total)) {
    const short = total !== undefined && shown < total && place.repeated === undefined;
    return { answer, fresh, next: short ? { ...listStart, repeated: true } : undefined };
  }
  const tail = [...place.tail, ...fresh.map(list.keyOf)].slice(-tailLength);
  const first = list.keyOf(rows[0]);
  return { answer, fresh, next: { offset: end, from: offset, first, tail, shown, repeated: place.repeated } };
}

const lastShown = (list: Pick<OffsetList<OffsetAnswer>, 'keyOf'>, place: OffsetPlace, rows: readonly unknown[]) =>
  rows.findLastIndex((row) => place.tail.includes(list.keyOf(row)));

async function askWhereItGoesOn<Answer extends OffsetAnswer>(
  list: OffsetList<Answer>,
  place: OffsetPlace,
): Promise<{ readonly answer: Answer; readonly offset: number }> {
  let offset = Math.max(0, place.offset - 1);
  let answer = await list.ask(offset);
  for (let back = 1; offset > 0 && lastShown(list, place, answer.rows) < 0; back *= 2) {
    offset = Math.max(0, offset - back);
    answer = await list.ask(offset);
  }
  // With rows that were not shown yet, it is that page moved up: rows before it were taken away.
  const isShown = lastShown(list, place, answer.rows) === answer.rows.length - 1;
  const same = isShown && answer.rows.length > 1 && list.keyOf(answer.rows[0]) === place.first;
  if (same && offset !== place.from) throw list.stuck('the page before it came again');
  return { answer, offset };
}

/** The id of a row that may be anything. */
export function rawId(row: unknown): string {
  const written = typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;
  return typeof written === 'string' || typeof written === 'number' ? String(written) : '';
}
