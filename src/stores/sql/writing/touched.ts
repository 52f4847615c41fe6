import { sql } from 'kysely';
import { type Changes, refKey } from '../../../domain/changes.ts';
import { conflictProducts } from '../../../domain/event.ts';
import { toSku } from '../../../domain/ids.ts';
import { listingsUnderId } from '../../../domain/reconcile/duplicates.ts';
import { ourSku, type Shop, shopSku } from '../../../domain/shop.ts';
import type { Tools } from './line-sources.ts';

/** What has to be worked out anew after a change: products' lines, conflicts' lines, whether listings are settled. */
export type Touched = {
  readonly products: Set<string>;
  readonly conflicts: Set<string>;
  readonly listings: Set<string>;
  /** Every product, since a shop came, went or changed hands. */
  everything: boolean;
};

export const nothingTouched = (): Touched => ({
  products: new Set(),
  conflicts: new Set(),
  listings: new Set(),
  everything: false,
});

const separator = '\u001f';
const firstOf = (key: string): string => key.slice(0, key.indexOf(separator));

/** Notes what a change touches as the tables stand: asked before it is written and again after, it finds both sides. */
export async function touch(tools: Tools, changes: Changes, shops: readonly Shop[], touched: Touched): Promise<void> {
  const { put, drop } = changes;
  const refs = new Set<string>([...(drop.listings ?? []), ...(drop.sales ?? []), ...(drop.conflicts ?? [])]);
  for (const { ref } of [...(put.listings ?? []), ...(put.sales ?? []), ...(put.conflicts ?? [])])
    refs.add(refKey(ref));
  const ids = touched.products;
  for (const key of drop.products ?? []) ids.add(key);
  for (const { id } of put.products ?? []) ids.add(id);
  for (const { productId } of put.stockLevels ?? []) ids.add(productId);
  const placed = [drop.integrations, drop.tombstones, drop.marks, drop.stockLevels];
  for (const key of placed.flatMap((keys) => keys ?? [])) ids.add(firstOf(key));
  for (const { productId } of [...(put.integrations ?? []), ...(put.marks ?? [])]) ids.add(productId);
  for (const { integration } of put.tombstones ?? []) ids.add(integration.productId);
  for (const ruling of put.rulings ?? []) if (ruling.kind === 'not-the-same') ids.add(ruling.productId);
  for (const key of drop.rulings ?? []) ids.add(key.split(separator).at(-1) ?? '');
  for (const conflict of put.conflicts ?? []) for (const id of conflictProducts(conflict)) ids.add(id);
  for (const { ref } of put.integrations ?? []) refs.add(refKey(ref));
  await touchStanding(tools, changes, refs, touched);
  await touchBySku(tools, changes, { shops, refs, touched });
  for (const ref of refs) {
    touched.listings.add(ref);
    touched.conflicts.add(ref);
  }
}

/** What hangs on these listings, and where links to be dropped lie. */
async function touchStanding(
  { ask, dialect }: Tools,
  { drop }: Changes,
  refs: Set<string>,
  touched: Touched,
): Promise<void> {
  if ((drop.integrations ?? []).length > 0) {
    const rows = await ask(
      sql<{ ref_key: string }>`select ref_key from integrations where ${dialect.oneOf('key', drop.integrations ?? [])}`,
    );
    for (const { ref_key } of rows) refs.add(ref_key);
  }
  if (refs.size === 0) return;
  const rows = await ask(sql<{ product_id: string }>`
    select product_id from integrations where ${dialect.oneOf('ref_key', [...refs])}
    union select product_id from conflict_products where ${dialect.oneOf('key', [...refs])}`);
  for (const { product_id } of rows) touched.products.add(product_id);
}

type ByName = { readonly shops: readonly Shop[]; readonly refs: Set<string>; readonly touched: Touched };

/** A listing and a product have to do with each other by the item number as well, the old one and the new. */
async function touchBySku(
  { ask, dialect }: Tools,
  { put, drop }: Changes,
  { shops, refs, touched }: ByName,
): Promise<void> {
  const listings = put.listings ?? [];
  const listingKeys = [...listings.map(({ ref }) => refKey(ref)), ...(drop.listings ?? [])];
  const productKeys = [...(put.products ?? []).map(({ id }) => id), ...(drop.products ?? [])];
  const shopOf = new Map<string, Shop>(shops.map((shop) => [shop.id, shop]));
  const ours = new Set<string>();
  const nameUs = (shopId: string, sku: string): void => {
    const shop = shopOf.get(shopId);
    ours.add(shop === undefined ? sku : ourSku(shop, toSku(sku)));
  };
  for (const listing of listings) {
    for (const { sku } of listingsUnderId(listing)) if (sku !== undefined) nameUs(listing.ref.shopId, sku);
  }
  if (listingKeys.length > 0) {
    const standing = await ask(sql<{ shop_id: string; sku: string }>`
      select shop_id, sku from listings where sku is not null and ${dialect.oneOf('key', listingKeys)}
      union select l.shop_id, c.code as sku from listing_codes c join listings l on l.key = c.key
      where c.kind = 'sku' and ${dialect.oneOf('c.key', listingKeys)}`);
    for (const { shop_id, sku } of standing) nameUs(shop_id, sku);
  }
  if (ours.size > 0) {
    const rows = await ask(sql<{ key: string }>`select key from products where ${dialect.oneOf('sku', [...ours])}`);
    for (const { key } of rows) touched.products.add(key);
  }
  if (productKeys.length === 0) return;
  const skus = new Set((put.products ?? []).flatMap(({ sku }) => sku ?? []));
  const standing = await ask(
    sql<{ sku: string }>`select sku from products where sku is not null and ${dialect.oneOf('key', productKeys)}`,
  );
  for (const { sku } of standing) skus.add(toSku(sku));
  const theirs = [...skus].flatMap((sku) => [sku, ...shops.flatMap((shop) => shopSku(shop, sku) ?? [])]);
  if (theirs.length === 0) return;
  const rows = await ask(sql<{ key: string }>`
    select key from listings where linkable = 0 and ${dialect.oneOf('sku', [...new Set(theirs)])}`);
  for (const { key } of rows) refs.add(key);
}
