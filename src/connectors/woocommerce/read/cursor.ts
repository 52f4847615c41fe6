import { z } from 'zod';

/** The parts of a reading, one after the other. Trash is in no other list; variations have a list of their own. */
export const phases = ['products', 'trash', 'variations', 'variation-trash'] as const;
export type Phase = (typeof phases)[number];

const count = z.number().int().min(0);
const place = {
  phase: z.enum(phases),
  /** Whether the shop lists all variations in one go; else they are read with their product. */
  sweep: z.boolean(),
  /** Rows of the list that lie before the next page. */
  offset: count,
  /** The number of the page that is asked for next. */
  page: z.number().int().min(1),
  /** Rows sent so far in this part, and how many there may be. */
  rows: count,
  maxRows: count.optional(),
  /** Pages in a row without anything new. */
  idle: count,
};

/** Where a reading of everything goes on. */
const fullSchema = z.object({
  ...place,
  /** The highest id so far: pages overlap by it, so that rows that moved up are noticed. */
  last: z.string().optional(),
  /** The item numbers under that id: a twin has another. */
  lastSkus: z.array(z.string()),
  /** The shop sorts in its own way, so that only counting leads on. */
  unsorted: z.boolean().optional(),
  /** Variations that the products so far name as theirs; none where one of them could not say. */
  declared: count.optional(),
});
export type FullCursor = z.infer<typeof fullSchema>;

/** Where a reading of changes goes on. */
const changesSchema = z.object({
  ...place,
  /** Rows modified after this second, in UTC without a zone. */
  after: z.string(),
  /** Ids already shown whose date lies in the second that is asked for again. */
  seen: z.array(z.string()),
});
export type ChangesCursor = z.infer<typeof changesSchema>;

export const writeCursor = (cursor: FullCursor | ChangesCursor): string => JSON.stringify(cursor);

/** A cursor that cannot be read, or is another request's, means the first page: the pass starts over, not the day. */
const read = <Value>(schema: z.ZodType<Value>, text: string | undefined): Value | undefined => {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
export const readFullCursor = (text: string | undefined): FullCursor | undefined => read(fullSchema, text);
export const readChangesCursor = (text: string | undefined): ChangesCursor | undefined => read(changesSchema, text);

/** The next part of a reading, where there is one. */
export const phaseAfter = (phase: Phase, sweep: boolean): Phase | undefined => {
  const next = phases[phases.indexOf(phase) + 1];
  return next === 'variations' && !sweep ? undefined : next;
};

/** Where a part of a reading begins. */
export const beginning = { offset: 0, page: 1, rows: 0, idle: 0 };
