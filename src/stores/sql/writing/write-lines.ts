import { sql } from 'kysely';
import { type Gtin, shownGtin } from '../../../domain/ids.ts';
import type { Shop } from '../../../domain/shop.ts';
import { lineShop } from '../../lines/line-facts.ts';
import { conflictLine, type Line, placeLines, showsConflict } from '../../lines/place-lines.ts';
import { piecesOf } from '../ask-in-turn.ts';
import type { Counting } from '../counters.ts';
import type { Cell } from '../engine.ts';
import { insertRows } from '../insert-rows.ts';
import { lineFacts, lineProducts, type Tools } from './line-sources.ts';

const atOnce = 500;

export type LineWork = Tools & { readonly counting: Counting; readonly shops: readonly Shop[] };

/** Works out anew the lines of these products and of these conflicts, and of those conflicts that the products contend in. */
export async function writeLines(
  work: LineWork,
  productIds: ReadonlySet<string>,
  conflictRefs: ReadonlySet<string>,
): Promise<void> {
  const { ask, dialect } = work;
  const refs = new Set(conflictRefs);
  for (const ids of piecesOf([...productIds], atOnce)) {
    const claimed = await ask(
      sql<{ key: string }>`select key from conflict_products where ${dialect.oneOf('product_id', ids)}`,
    );
    for (const { key } of claimed) refs.add(key);
    const lines = (await lineFacts(work, ids, work.shops)).flatMap((facts) =>
      placeLines(facts, work.shops.map(lineShop)),
    );
    await replace(work, await standing(work, 'product_id', ids, 'p'), lines);
  }
  for (const keys of piecesOf([...refs], atOnce)) {
    await replace(work, await standing(work, 'ref_key', keys, 'c'), await conflictLines(work, keys));
  }
}

/** Writes the lines of products that have none yet. */
export async function writeNewLines(work: LineWork, productIds: readonly string[]): Promise<void> {
  for (const ids of piecesOf(productIds, atOnce)) {
    const facts = await lineFacts(work, ids, work.shops);
    await replace(
      work,
      [],
      facts.flatMap((one) => placeLines(one, work.shops.map(lineShop))),
    );
  }
}

type LineRow = {
  shop_id: string;
  key: string;
  product_id: string | null;
  ref_key: string | null;
  state: Line['state'];
  differs: number;
  unsent: number;
  hidden_until: string | null;
  sort: string;
  search: string;
  in_stock: number;
  suspect: number;
  quiet_since: string;
};

const columns = [
  ...['shop_id', 'key', 'product_id', 'ref_key', 'state', 'hidden_until', 'sort', 'search', 'quiet_since'].map(
    (name) => ({
      name,
      holds: 'text' as const,
    }),
  ),
  ...['differs', 'in_stock', 'suspect', 'unsent'].map((name) => ({ name, holds: 'number' as const })),
];

const plain = (text: string): string => text.replaceAll('\0', '').toWellFormed();
const cellsOf = (line: Line): readonly Cell[] => [
  line.shopId,
  plain(line.key),
  line.productId ?? null,
  line.refKey ?? null,
  line.state,
  line.hiddenUntil ?? null,
  plain(line.sort),
  plain(line.text),
  line.quietSince,
  ...[line.differs, line.inStock, line.suspect, line.unsent].map(Number),
];
const cellsOfRow = (row: LineRow): readonly Cell[] => [
  ...[row.shop_id, row.key, row.product_id, row.ref_key, row.state, row.hidden_until, row.sort, row.search],
  ...[row.quiet_since, row.differs, row.in_stock, row.suspect, row.unsent],
];

/** The lines that stand, of products (`p`) or of conflicts alone (`c`). */
const standing = (
  { ask, dialect }: Tools,
  column: string,
  values: readonly string[],
  kind: 'p' | 'c',
): Promise<readonly LineRow[]> =>
  ask(sql<LineRow>`select * from shop_lines where ${dialect.oneOf(column, values)} and key like ${`${kind}\u001f%`}`);

const nameOf = (cells: readonly Cell[]): string => `${cells[0]}\n${cells[1]}`;

async function replace(work: LineWork, before: readonly LineRow[], lines: readonly Line[]): Promise<void> {
  const old = new Map(before.map((row) => [nameOf(cellsOfRow(row)), row]));
  const changed: (readonly Cell[])[] = [];
  for (const line of lines) {
    const cells = cellsOf(line);
    const row = old.get(nameOf(cells));
    old.delete(nameOf(cells));
    if (row !== undefined && cellsOfRow(row).every((cell, place) => cell === cells[place])) continue;
    if (row !== undefined) count(work, row, -1);
    count(
      work,
      {
        shop_id: line.shopId,
        state: line.state,
        differs: line.differs ? 1 : 0,
        hidden_until: line.hiddenUntil ?? null,
        in_stock: line.inStock ? 1 : 0,
      },
      1,
    );
    changed.push(cells);
  }
  for (const row of old.values()) count(work, row, -1);
  for (const [shopId, rows] of Map.groupBy(old.values(), ({ shop_id }) => shop_id)) {
    const keys = rows.map(({ key }) => key);
    await work.ask(sql`delete from shop_lines where shop_id = ${shopId} and ${work.dialect.oneOf('key', keys)}`);
  }
  await insertRows(
    work,
    { table: 'shop_lines', columns, standing: { key: ['shop_id', 'key'], whenThere: 'replace' } },
    changed,
  );
}

/** Hidden lines are counted when they are asked for: that they are hidden ends by itself. */
function count(
  { counting }: LineWork,
  row: Pick<LineRow, 'shop_id' | 'state' | 'differs' | 'hidden_until' | 'in_stock'>,
  by: 1 | -1,
): void {
  if (row.hidden_until !== null) return;
  counting.add(`lines ${row.state}`, row.shop_id, by);
  if (row.differs === 1) counting.add('lines stock-differs', row.shop_id, by);
  if (row.in_stock === 1 && row.state === 'linked') counting.add('lines in-stock', row.shop_id, by);
}

type ConflictRow = {
  key: string;
  shop_id: string;
  linked: string | null;
  sku: string | null;
  gtin: string | null;
  name: string | null;
};

async function conflictLines(work: LineWork, keys: readonly string[]): Promise<readonly Line[]> {
  const { ask, dialect } = work;
  const conflicts = await ask(sql<ConflictRow>`
    select c.key, c.shop_id, i.key as linked, l.sku, l.gtin, l.name from conflicts c
    left join integrations i on i.ref_key = c.key left join listings l on l.key = c.key
    where ${dialect.oneOf('c.key', keys)}`);
  if (conflicts.length === 0) return [];
  const contending = await ask(sql<{ key: string; product_id: string; place: number }>`
    select key, product_id, place from conflict_products where ${dialect.oneOf('key', keys)} order by place`);
  const contenders = Map.groupBy(contending, ({ key }) => key);
  const ids = [...new Set(contending.map(({ product_id }) => product_id))];
  const products = await lineProducts(work, ids);
  const own = await standing(work, 'product_id', ids, 'p');
  const telling = new Set(
    own
      .filter((row) => showsConflict({ state: row.state, hiddenUntil: row.hidden_until ?? undefined }))
      .map((row) => `${row.shop_id}\u001f${row.product_id}`),
  );
  const shops = new Set<string>(work.shops.map(({ id }) => id));
  return conflicts.flatMap((row) => {
    const all = (contenders.get(row.key) ?? []).map(({ product_id }) => product_id);
    const facts = {
      shopId: row.shop_id,
      refKey: row.key,
      isLinked: row.linked !== null,
      contenders: all,
      product: products.get(all[0] ?? ''),
      listing:
        row.name === null
          ? undefined
          : {
              sku: row.sku ?? undefined,
              gtin: row.gtin === null ? undefined : shownGtin(row.gtin as Gtin),
              name: row.name,
            },
    };
    return (shops.has(row.shop_id) && conflictLine(facts, (id) => telling.has(`${row.shop_id}\u001f${id}`))) || [];
  });
}
