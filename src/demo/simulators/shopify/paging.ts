import { GraphQLError } from 'graphql';
import type { RequestContext } from './request-context.ts';
import type { Search } from './search.ts';

export type PageArguments = { readonly first?: number; readonly after?: string; readonly query?: string };

/** Keyset paging: after the last id seen, so that rows that come and go move nothing. */
export function page<Row>(
  context: RequestContext,
  rows: readonly Row[],
  idOf: (row: Row) => string,
  asked: PageArguments,
) {
  const { temper } = context.shop;
  const places = rows
    .map((row, ordinal) => ({ row, id: Number(idOf(row)), ordinal }))
    .sort((a, b) => a.id - b.id || a.ordinal - b.ordinal);
  const after = asked.after === undefined || asked.after === null || temper.forgetPage ? undefined : keyIn(asked.after);
  const left = places.filter(
    ({ id, ordinal }) => after === undefined || id > after.id || (id === after.id && ordinal > after.ordinal),
  );
  const wanted = context.whole === true ? 250 : (asked.first ?? 0);
  if (wanted < 1 || wanted > 250)
    throw new GraphQLError('first must be between 1 and 250', { extensions: { code: 'BAD_REQUEST' } });
  const shown =
    context.whole === true ? left : left.slice(0, temper.shortPages ? Math.max(1, Math.floor(wanted / 2)) : wanted);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ row }) => row),
    pageInfo: {
      hasNextPage: shown.length < left.length,
      endCursor: last === undefined ? null : keyText(last.id, last.ordinal),
    },
  };
}

const keyText = (id: number, ordinal: number): string =>
  Buffer.from(JSON.stringify({ last_id: id, last_value: String(ordinal) })).toString('base64');

function keyIn(cursor: string): { readonly id: number; readonly ordinal: number } {
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    if (typeof key.last_id === 'number') return { id: key.last_id, ordinal: Number(key.last_value) };
  } catch {
    // Said below.
  }
  throw new GraphQLError('Invalid cursor for current pagination sort.', { extensions: { code: 'BAD_REQUEST' } });
}

/** The rows that a query finds; what it does not understand is noted, and left out of the question. */
export function found<Row>(
  context: RequestContext,
  list: { readonly path: string; readonly query?: string | null; readonly changedAt: (row: Row) => number },
  make: (query: string) => Search<Row>,
  rows: readonly Row[],
): readonly Row[] {
  if (list.query === undefined || list.query === null || list.query.trim() === '') return rows;
  const { matches, warnings } = make(list.query);
  if (warnings.length > 0) context.searches.push({ path: [list.path], query: list.query, warnings });
  const indexedUntil = context.shop.now() - context.indexLagMs;
  return rows.filter((row) => matches(row) && (context.indexLagMs === 0 || list.changedAt(row) <= indexedUntil));
}
