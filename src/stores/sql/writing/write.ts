import { type RawBuilder, sql } from 'kysely';
import { type Changes, keyOf, refKey, type TableName, type Tables } from '../../../domain/changes.ts';
import type { Shop } from '../../../domain/shop.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { lineShop } from '../../lines/line-facts.ts';
import { readRecord, requireShape } from '../../records/read-record.ts';
import { tableNames } from '../../tables/tables.ts';
import { codesOf, productCodesOf, specs, type TableSpec } from '../columns.ts';
import { type Counting, makeCounting } from '../counters.ts';
import type { Ask, Cell, Column, Dialect, SearchedTable } from '../engine.ts';
import { insertRows } from '../insert-rows.ts';
import { putCodes, putContenders } from './codes.ts';
import { type ShopRow, shopRows, splitFigures, writeFigures } from './figure-changes.ts';
import { violatedConstraint } from './laws.ts';
import { writeLinkedLines } from './linked-lines.ts';
import { listingsOfProducts, writeOwnTexts } from './own-texts.ts';
import { nothingTouched, touch } from './touched.ts';
import { writeEvents } from './write-events.ts';
import { writeLines } from './write-lines.ts';
import { writeOpen } from './write-open.ts';

export type WriteTools = {
  readonly ask: Ask;
  readonly dialect: Dialect;
  readonly place: string;
  /** Takes so many numbers for events. */
  readonly nextSeqs: (count: number) => RawBuilder<{ seq: number }>;
};

const counted: readonly TableName[] = ['products', 'integrations', 'listings', 'conflicts'];

/** Writes a change inside a transaction: drops before puts, and all that is kept up to date beside them. */
export async function writeChanges(tools: WriteTools, given: Changes): Promise<void> {
  // Events get their numbers later; which they will be does not matter to their shape.
  requireShape(
    given.put,
    given.events.map((event, place) => ({ ...event, seq: place + 1 })),
    tools.place,
  );
  const { figures, rest: changes, shops: standing } = await splitFigures(tools, given);
  const broken = await violatedConstraint(tools, changes);
  if (broken !== undefined) throw new StoreError('law-broken', tools.place, broken);
  const touched = nothingTouched();
  const before = shopsFrom(tools, standing);
  const counting = makeCounting(tools);
  await touch(tools, changes, before, touched);
  for (const name of tableNames) await dropRows(tools, name, changes.drop[name] ?? [], counting);
  const renamed: string[] = [];
  for (const name of tableNames) renamed.push(...(await putAll(tools, name, changes.put[name] ?? [], counting)));
  await writeFigures(tools, figures);
  await writeEvents(tools, changes.events, tools.nextSeqs(changes.events.length));
  const shops = changes.put.shops || changes.drop.shops ? await readShops(tools) : before;
  if (anotherScope(before, shops)) await touchEverything(tools, touched);
  await writeLines({ ...tools, counting, shops }, touched.products, touched.conflicts);
  await writeLinkedLines({ ...tools, counting, shops }, figures);
  await writeOpen(tools, touched.listings, shops);
  const called = await listingsOfProducts(tools, [...renamed, ...(changes.drop.products ?? [])]);
  await writeOwnTexts(tools, new Set([...touched.listings, ...called]));
  await counting.write();
}

export async function touchEverything(
  { ask }: Pick<WriteTools, 'ask'>,
  { products, conflicts, listings }: ReturnType<typeof nothingTouched>,
) {
  const add = async (to: Set<string>, query: RawBuilder<{ key: string }>): Promise<void> => {
    for (const { key } of await ask(query)) to.add(key);
  };
  await add(products, sql`select key from products`);
  await add(products, sql`select distinct product_id as key from shop_lines where product_id is not null`);
  await add(conflicts, sql`select key from conflicts`);
  await add(
    conflicts,
    sql`select distinct ref_key as key from shop_lines where ref_key is not null and state = 'conflict'`,
  );
  await add(listings, sql`select key from listings`);
}

/** Whether the shops' lists hang together otherwise than before: one came or went, or changed hands or its rule. */
const anotherScope = (before: readonly Shop[], after: readonly Shop[]): boolean => {
  const scope = (shop: Shop): string => JSON.stringify(lineShop(shop));
  return before.map(scope).toSorted().join() !== after.map(scope).toSorted().join();
};

export const readShops = async (tools: Pick<WriteTools, 'ask' | 'place'>): Promise<readonly Shop[]> =>
  shopsFrom(tools, await tools.ask(shopRows));
const shopsFrom = ({ place }: Pick<WriteTools, 'place'>, rows: readonly ShopRow[]): readonly Shop[] =>
  rows.map(({ key, body }) => readRecord('shops', body, { place, key }));

const searched = (name: TableName): SearchedTable | undefined =>
  name === 'products' || name === 'listings' ? name : undefined;
const shopColumn = (name: TableName) => (name === 'products' ? sql`''` : sql.ref('shop_id'));

async function dropRows(
  tools: WriteTools,
  name: TableName,
  keys: readonly string[],
  counting: Counting,
): Promise<void> {
  if (keys.length === 0) return;
  const { ask, dialect } = tools;
  const here = dialect.oneOf('key', keys);
  const table = sql.table(specs[name].table);
  const isCounted = counted.includes(name);
  const index = searched(name);
  if (isCounted) {
    const place = index === undefined ? sql`0` : sql.ref('ord');
    const gone = await ask(sql<{ shop_id: string; ord: number }>`
      select ${shopColumn(name)} as shop_id, ${place} as ord from ${table} where ${here}`);
    for (const { shop_id } of gone) counting.add(name, shop_id, -1);
    if (index !== undefined) await dialect.index(ask, index, { keys: [], removed: gone.map(({ ord }) => ord) });
  }
  await ask(sql`delete from ${table} where ${here}`);
  if (name === 'listings') await ask(sql`delete from listing_codes where ${here}`);
  if (name === 'products') await ask(sql`delete from product_codes where ${here}`);
  if (name === 'conflicts') await ask(sql`delete from conflict_products where ${here}`);
}

/** The shops under which new rows of a table are counted, one for each; none where nobody asks how many there are. */
export function rowsToCount(
  name: TableName,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): readonly string[] {
  if (!counted.includes(name)) return [];
  const shopAt = columns.findIndex((column) => column.name === 'shop_id');
  return rows.map((row) => String(row[shopAt] ?? ''));
}

type Before = { key: string; shop_id: string; ord: number; search: string };

/** Writes records of a kind. Answers the keys of those whose text is indexed here and another than it was. */
async function putAll<Name extends TableName>(
  tools: WriteTools,
  name: Name,
  given: readonly Tables[Name][],
  counting: Counting,
): Promise<readonly string[]> {
  if (given.length === 0) return [];
  const { ask, dialect } = tools;
  const { table, columns, cells }: TableSpec<Name> = specs[name];
  const records = [...new Map(given.map((record) => [keyOf[name](record), record])).values()];
  const rows = records.map(cells);
  const keys = rows.map(([key]) => String(key));
  const index: SearchedTable | undefined = name === 'products' ? 'products' : undefined;
  const kept = name === 'listings' ? ['search'] : [];
  const old = new Map<string, Before>();
  if (counted.includes(name)) {
    const more = index === undefined ? sql`0 as ord, '' as search` : sql`ord, search`;
    const standing = await ask(sql<Before>`
      select key, ${shopColumn(name)} as shop_id, ${more} from ${sql.table(table)} where ${dialect.oneOf('key', keys)}`);
    for (const row of standing) old.set(row.key, row);
    const fresh = rows.filter((row) => !old.has(String(row[0])));
    for (const shopId of rowsToCount(name, columns, fresh)) counting.add(name, shopId, 1);
  }
  await insertRows(tools, { table, columns, standing: { key: ['key'], whenThere: 'replace', kept } }, rows);
  const renamed =
    index === undefined
      ? []
      : await indexTexts(tools, index, { rows, old, at: columns.findIndex((one) => one.name === 'search') });
  if (name === 'listings') {
    const listings = records as readonly Tables['listings'][];
    await putCodes(
      tools,
      { table: 'listing_codes', keys: listings.map(({ ref }) => refKey(ref)) },
      listings.flatMap(codesOf),
    );
  }
  if (name === 'products') {
    const products = records as readonly Tables['products'][];
    await putCodes(
      tools,
      { table: 'product_codes', keys: products.map(({ id }) => id) },
      products.flatMap(productCodesOf),
    );
  }
  if (name === 'conflicts') await putContenders(tools, records as readonly Tables['conflicts'][]);
  return renamed;
}

type Texts = {
  readonly rows: readonly (readonly Cell[])[];
  readonly old: ReadonlyMap<string, Before>;
  readonly at: number;
};

async function indexTexts({ ask, dialect }: WriteTools, index: SearchedTable, { rows, old, at }: Texts) {
  const changed = rows.filter((row) => old.get(String(row[0]))?.search !== row[at]).map(([key]) => String(key));
  const removed = changed.flatMap((key) => old.get(key)?.ord ?? []);
  if (changed.length > 0) await dialect.index(ask, index, { keys: changed, removed });
  return changed;
}
