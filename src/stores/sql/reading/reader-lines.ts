import { type RawBuilder, sql } from 'kysely';
import type { BoundedReader, LineCounts, LineFilter, LineQuery, ShopLine } from '../../../ports/store-questions.ts';
import { productLine } from '../../lines/place-lines.ts';
import { refOfKey, toShopLine } from '../../lines/shown-line.ts';
import { foldText } from '../../search/fold.ts';
import { readCounters } from '../counters.ts';
import type { ReaderTools } from './read.ts';

/** A text that more products or listings hold than this is looked for line by line, in order, until the page is full. */
const fewHits = 1_000;
/** A filter that lets fewer than one in so many lines pass is gone through by itself. */
const fewPass = 10;

type LineRow = {
  readonly product_id: string | null;
  readonly ref_key: string | null;
  readonly state: ShopLine['state'];
  readonly differs: number;
};

/** Answers the lists of shops. */
export function makeLineReader(tools: ReaderTools): Pick<BoundedReader, 'shopLines' | 'lineCounts'> {
  const { ask } = tools;
  const lineCounts = async (shopId: string, at: string): Promise<LineCounts> => {
    const count = await readCounters(ask);
    const back = await ask(sql<{ state: ShopLine['state']; many: number }>`
      select state, count(*) as many from shop_lines
      where shop_id = ${shopId} and hidden_until is not null and hidden_until <= ${at} group by state`);
    const of = (state: ShopLine['state']): number =>
      count(`lines ${state}`, shopId) + (back.find((row) => row.state === state)?.many ?? 0);
    const [linked, missing, conflict] = [of('linked'), of('missing'), of('conflict')];
    return {
      all: linked + missing + conflict,
      linked,
      missing,
      conflict,
      'stock-differs': count('lines stock-differs', shopId),
    };
  };
  return {
    lineCounts,
    shopLines: async (query) => {
      const counts = await lineCounts(query.shopId, query.at);
      const wanted = foldText((query.text ?? '').trim());
      if (wanted === '') {
        const lines = await page(tools, query, within(query));
        return { lines: lines.map(shown), total: counts[query.filter], counts };
      }
      const hits = await findFew(tools, wanted);
      if (hits === undefined) return commonText(tools, query, wanted, counts);
      const all = await held(tools, query, { ...hits, wanted });
      const lines = all.slice(query.offset, query.offset + query.limit);
      return { lines: lines.map(shown), total: all.length, counts };
    },
  };
}

const shown = (row: LineRow): ShopLine =>
  toShopLine({ state: row.state, differs: row.differs === 1, productId: row.product_id, refKey: row.ref_key });

type Column = (name: string) => RawBuilder<unknown>;

const passes = (filter: LineFilter, column: Column): RawBuilder<unknown> => {
  if (filter === 'all') return sql`true`;
  return filter === 'stock-differs' ? sql`${column('l.differs')} = 1` : sql`${column('l.state')} = ${sql.lit(filter)}`;
};

const within = ({ shopId, filter, at }: LineQuery, column: Column = sql.ref): RawBuilder<unknown> =>
  sql`l.shop_id = ${shopId} and ${passes(filter, column)} and (l.hidden_until is null or l.hidden_until <= ${at})`;

type PageQuery = Pick<LineQuery, 'limit' | 'offset'>;
const page = (
  { ask }: ReaderTools,
  { limit, offset }: PageQuery,
  here: RawBuilder<unknown>,
): Promise<readonly LineRow[]> =>
  ask(sql<LineRow>`
    select l.product_id, l.ref_key, l.state, l.differs from shop_lines l where ${here}
    order by l.sort, l.key limit ${limit} offset ${offset}`);

type Hits = { readonly products: readonly string[]; readonly refs: readonly string[] };

/** The products and listings that hold a text, when they are few; `undefined` when they are many, or the text is too short to tell. */
async function findFew({ ask, dialect }: ReaderTools, wanted: string): Promise<Hits | undefined> {
  if ([...wanted].length < 3) return undefined;
  const keys = async (table: 'products' | 'listings'): Promise<readonly string[]> => {
    const rows = await ask(sql<{ key: string }>`select t.key ${dialect.holding(table, [wanted])} limit ${fewHits + 1}`);
    return rows.map(({ key }) => key);
  };
  const products = await keys('products');
  if (products.length > fewHits) return undefined;
  const refs = await keys('listings');
  return refs.length > fewHits ? undefined : { products, refs };
}

/**
 * The lines of these products and listings in a shop, in order: looked up one by one, and put in order here, since the
 * database would else go through the whole shop, in its order or by what it is filtered by.
 */
async function held({ ask, dialect }: ReaderTools, query: LineQuery, hits: Hits & { wanted: string }) {
  const own = hits.refs.filter((ref) => refOfKey(ref).shopId === query.shopId);
  const rows = await ask(sql<{ shop_id: string; key: string }>`
    select shop_id, key from shop_lines where ${dialect.oneOf('ref_key', own)}`);
  // A conflict's line may be of a listing that no product holds; those are few, and looked through.
  const conflicts = await ask(sql<{ shop_id: string; key: string }>`
    select shop_id, key from shop_lines where shop_id = ${query.shopId} and state = 'conflict'`);
  const found = [...rows, ...conflicts].flatMap((row) => (row.shop_id === query.shopId ? [row.key] : []));
  const keys = new Set([...hits.products.map(productLine), ...found]);
  // Joined in this order: SQLite would take the index of the filter else.
  const lines = await ask(sql<LineRow & { key: string; sort: string }>`
    select l.product_id, l.ref_key, l.state, l.differs, l.key, l.sort
    from (${dialect.select(
      [{ name: 'key', holds: 'text' }],
      [...keys].map((key) => [key]),
    )}) k
    cross join shop_lines l
    where l.key = k.key and ${within(query)} and ${dialect.contains('l.search', hits.wanted)}`);
  const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return lines.toSorted((a, b) => compare(a.sort, b.sort) || compare(a.key, b.key));
}

async function commonText(tools: ReaderTools, query: LineQuery, wanted: string, counts: LineCounts) {
  const { contains, inOrder } = tools.dialect;
  // Where the filter lets many pass, all lines are gone through for the text, which costs little a line; else its own.
  const column = counts[query.filter] * fewPass < counts.all ? sql.ref : inOrder;
  const here = sql`${within(query, column)} and ${contains('l.search', wanted)}`;
  const rows = await page(tools, { ...query, limit: query.limit + 1 }, here);
  const lines = rows.slice(0, query.limit).map(shown);
  const total = query.offset + rows.length;
  return rows.length > query.limit
    ? { lines, total, orMore: true as const, counts }
    : { lines, total: lines.length === 0 && query.offset > 0 ? query.offset : total, counts };
}
