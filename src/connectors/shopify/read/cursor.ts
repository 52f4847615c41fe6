import { z } from 'zod';
import type { Instant } from '../../../domain/ids.ts';
import { maxRowsOf, overRowLimit } from '../../reading/reading-bounds.ts';
import type { GraphqlClient } from '../client/graphql-client.ts';

/**
 * Where a reading goes on. Shopify's own cursor only fits the very question it came from, so the question is
 * kept with it: the part of the reading, since when, and at which location.
 */
const place = z.object({
  part: z.enum(['all', 'file', 'changed-products', 'changed-variants', 'orders']),
  since: z.string().optional(),
  after: z.string().optional(),
  /** Before 29 November 2026 a reading had one. */
  location: z.string().optional(),
  locations: z.array(z.string()).readonly().optional(),
  /** The highest number of a row so far, of orders the latest date: a page that does not go on from it came before. */
  last: z.string().optional(),
  /** The first order of the page before. */
  first: z.string().optional(),
  total: z.number().optional(),
  /** Rows and pages so far, and how many rows there may be. */
  rows: z.number().optional(),
  pages: z.number().optional(),
  maxRows: z.number().optional(),
  /** The file that was ordered, how often it was waited for, the bytes read of it and the lines in those. */
  file: z.string().optional(),
  waits: z.number().optional(),
  bytes: z.number().optional(),
  lines: z.number().optional(),
  /** No file could be had: pages are read. */
  noFile: z.boolean().optional(),
});
export type Place = z.infer<typeof place>;

/** The locations that a reading asks for. */
export const locationsOf = ({ location, locations }: Place): readonly string[] =>
  locations ?? (location === undefined ? [] : [location]);

export const cursorOf = (at: Place): string => Buffer.from(JSON.stringify(at), 'utf8').toString('base64url');

/** The place a cursor names, if it is one of ours and belongs to the same question. */
export function placeOf(cursor: string | undefined, since: Instant | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    const read = place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return read.success && read.data.since === since ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** The count after one more page. A reading that goes far over what the shop says it has, or had, is given up. */
export function counted(
  { client }: { readonly client: GraphqlClient },
  place: Place,
  sent: number,
  expected: readonly (number | undefined)[] = [],
): Pick<Place, 'rows' | 'pages' | 'maxRows'> {
  const rows = (place.rows ?? 0) + sent;
  const pages = (place.pages ?? 0) + 1;
  const maxRows = place.maxRows ?? maxRowsOf(expected);
  if (rows <= maxRows) return { rows, pages, maxRows };
  throw client.trouble('unintelligible', { doing: 'reading the next page', ...overRowLimit(pages, maxRows) });
}
