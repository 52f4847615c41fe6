import { sql } from 'kysely';
import { toSku } from '../../../domain/ids.ts';
import { type Shop, shopSku } from '../../../domain/shop.ts';
import type { LineProduct } from '../../lines/line-inputs.ts';
import type { Ask, Dialect } from '../engine.ts';
import { momentWhere, sameShops } from './same-shop.ts';

/** In which shops a listing bears the item number of a product, and nobody ruled that it is another. */
export async function listedIn(
  { ask, dialect }: { readonly ask: Ask; readonly dialect: Dialect },
  products: ReadonlyMap<string, LineProduct>,
  shops: readonly Shop[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted = new Map<string, string[]>();
  for (const { id, sku } of products.values()) {
    for (const shop of shops) {
      const own = sku === undefined ? undefined : shopSku(shop, toSku(sku));
      if (own === undefined) continue;
      const place = `${shop.id}\u001f${own}`;
      wanted.set(place, [...(wanted.get(place) ?? []), id]);
    }
  }
  const skus = [...new Set([...wanted.keys()].map((place) => place.slice(place.indexOf('\u001f') + 1)))];
  if (skus.length === 0) return new Map();
  const rows = await ask(sql<{ key: string; shop_id: string; code: string }>`
    select key, shop_id, sku as code from listings where ${dialect.oneOf('sku', skus)}
    union select c.key, l.shop_id, c.code from listing_codes c join listings l on l.key = c.key
    where c.kind = 'sku' and ${dialect.oneOf('c.code', skus)}`);
  if (rows.length === 0) return new Map();
  const refs = [...new Set(rows.map(({ key }) => key))];
  const rulings = await ask(sql<{ shop_id: string; ref_key: string; product_id: string; at: string | null }>`
    select shop_id, ref_key, product_id, ${momentWhere(shops, 'at')} as at from rulings
    where product_id is not null and ${dialect.oneOf('ref_key', refs)}`);
  const isPresent = sameShops(shops);
  const ruledOut = new Set(
    rulings.flatMap((one) => (isPresent(one.shop_id, one.at) ? `${one.ref_key}\u001f${one.product_id}` : [])),
  );
  const listed = new Map<string, string[]>();
  for (const { key, shop_id, code } of rows) {
    for (const id of wanted.get(`${shop_id}\u001f${code}`) ?? []) {
      if (!ruledOut.has(`${key}\u001f${id}`)) listed.set(id, [...(listed.get(id) ?? []), shop_id]);
    }
  }
  return listed;
}
