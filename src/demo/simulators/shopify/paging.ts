import { GraphQLError } from 'graphql';
import type { RequestContext } from './request-context.ts';
import type { Search } from './search.ts';

export type PageArguments = { readonly first?: number; readonly after?: string; readonly query?: string };

/** What a list is sorted by: an id, and before that a value where the question names one. */
type SortKey = { readonly value?: number; readonly id: string };

/** Keyset paging: after the last row seen, so that rows that come and go move nothing. */
export function page<Row>(
  context: RequestContext,
  rows: readonly Row[],
  keyOf: (row: Row) => SortKey,
  asked: PageArguments,
) {
  const { temper } = context.shop;
  const places = rows
    .map((row, ordinal) => {
      const { value = 0, id } = keyOf(row);
      return { row, value, id: Number(id), ordinal };
    })
    .sort(inOrder);
  const after = asked.after === undefined || asked.after === null || temper.forgetPage ? undefined : keyIn(asked.after);
  const left = places.filter((place) => after === undefined || inOrder(place, after) > 0);
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
      endCursor: last === undefined ? null : keyText(last),
    },
  };
}

type Place = { readonly value: number; readonly id: number; readonly ordinal: number };
const inOrder = (one: Place, other: Place): number =>
  one.value - other.value || one.id - other.id || one.ordinal - other.ordinal;

const keyText = ({ value, id, ordinal }: Place): string =>
  Buffer.from(JSON.stringify({ last_id: id, last_value: `${value} ${ordinal}` })).toString('base64');

function keyIn(cursor: string): Place {
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    const [value, ordinal] = String(key.last_value).split(' ').map(Number);
    if (typeof key.last_id === 'number') return { id: key.last_id, value: value ?? 0, ordinal: ordinal ?? 0 };
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
