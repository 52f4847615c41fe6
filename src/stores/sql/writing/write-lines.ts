import { sql } from 'kysely';
import { type Gtin, shownGtin } from '../../../domain/ids.ts';
import { lineShop } from '../../lines/line-facts.ts';
import { conflictLine, type Line, placeLines, showsConflict } from '../../lines/place-lines.ts';
import { piecesOf } from '../ask-in-turn.ts';
import { type CodeRow, lineFacts, type ProductRow, productQueries, productsFrom } from './line-sources.ts';
import { addLines, type LineWork, replaceLines, standing } from './replace-lines.ts';

const atOnce = 500;

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
    await replaceLines(work, await standing(work, 'product_id', ids, 'p'), lines);
  }
  for (const keys of piecesOf([...refs], atOnce)) {
    await replaceLines(work, await standing(work, 'ref_key', keys, 'c'), await conflictLines(work, keys));
  }
}

/** Makes the lines of products that have none yet. Answers what writes them. */
export async function newLines(work: LineWork, productIds: readonly string[]): Promise<() => Promise<void>> {
  const facts = await lineFacts(work, productIds, work.shops);
  const lines = facts.flatMap((one) => placeLines(one, work.shops.map(lineShop)));
  return () => addLines(work, lines);
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
  const [rows, codes] = await dialect.together(ask, productQueries(dialect.oneOf('key', ids)));
  const products = productsFrom(rows as readonly ProductRow[], codes as readonly CodeRow[]);
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
