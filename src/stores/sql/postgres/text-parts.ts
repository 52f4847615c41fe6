import { type RawBuilder, sql } from 'kysely';
import { edge } from '../../search/corpus.ts';
import type { Dialect, SearchedTable } from '../engine.ts';

/**
 * Where in a text the parts lie whose beginnings have an index: a product's item number and EAN, the number that it had
 * before, and its name, which is last; a listing's id, and whatever else it alone is called by. What has no index is
 * found in the middle of a text, as long as few texts hold it.
 */
const places = { products: [2, 3, 4, -2], listings: [2, 3, 4, 5, -2] } as const;
type Place = (typeof places)[SearchedTable][number];

/** An entry of an index is no longer than this, however long a name is. */
const letters = 64;
/** The last of all letters: nothing that begins with a text lies behind the text and this. */
const last = '\u{10ffff}';

const nth = (place: Place): string => `split_part(search, chr(10), ${place})`;
const begun = (place: Place): string => `left(${nth(place)}, ${letters})`;
/** Most listings have nothing but their id, which an index of what may lie behind it need not hold again. */
const where = (table: SearchedTable, place: Place): string =>
  place === 2 || (table === 'products' && place !== 4) ? '' : `${nth(table === 'products' ? 4 : 3)} <> ''`;

const nameOf = (table: SearchedTable, place: Place): string => `${table}_part_${place < 0 ? 'last' : place}`;

/** Whether an index is one of these, by its name. */
export const isOfPart = (name: string): boolean => /_part_/.test(name);

/**
 * Makes the indexes of how the parts of texts begin, a statement each. And has the planner know how common a text is to
 * a thousandth: with a hundredth, which is usual, it goes through all rows for a text that is nearly nowhere.
 */
export const textParts: readonly string[] = (['products', 'listings'] as const).flatMap((table) => [
  ...places[table].map((place) => {
    const only = where(table, place);
    return `create index if not exists ${nameOf(table, place)} on ${table} (${begun(place)})${only === '' ? '' : ` where ${only}`}`;
  }),
  `alter table ${table} alter column search set statistics 1000`,
  `analyze ${table}`,
]);

/**
 * The rows in which a part begins with a text, or is it. The index of three letters knows no beginnings, and would have
 * every row looked at that holds the text anywhere.
 */
export const beginning: Dialect['beginning'] = (table, text, { isWhole, limit }) => {
  // What was cut off is looked at as well.
  const whole = edge + text + (isWhole ? edge : '');
  const short = [...text].slice(0, letters).join('');
  const ways = places[table].map((place): RawBuilder<unknown> => {
    const part = sql.raw(begun(place));
    const only = where(table, place);
    const here = isWhole ? sql`${part} = ${short}` : sql`${part} >= ${short} and ${part} < ${short + last}`;
    // In the order of the index and no more than are wanted: else all that begin so are gathered from it first.
    return sql`(select * from ${sql.table(table)} t
      where ${here}${only === '' ? sql`` : sql` and ${sql.raw(only)}`} and strpos(t.search, ${whole}) > 0
      order by ${part} limit ${limit})`;
  });
  return sql`from (${sql.join(ways, sql` union all `)}) t where true`;
};
