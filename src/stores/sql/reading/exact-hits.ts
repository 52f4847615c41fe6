import { sql } from 'kysely';
import { barcodeKey, looseSku, parseGtin, toProductId } from '../../../domain/ids.ts';
import type { SearchHit } from '../../../ports/store.ts';
import { refOfKey } from '../../lines/shown-line.ts';
import { foldText } from '../../search/fold.ts';
import type { ReaderTools } from './read.ts';

type Matched = SearchHit['matched'];
type ExactRow = { matched: Matched; product_id: string | null; ref_key: string | null };

const rowsAtMost = 1_000;

/** Everything that bears exactly what was asked as an identifier. */
export async function exactHits({ ask }: ReaderTools, asked: string, folded: string): Promise<readonly SearchHit[]> {
  const gtin = parseGtin(asked) ?? '';
  const spelledSo = ask(sql<{ key: string; sku: string }>`
    select key, sku from products where loose_sku = ${looseSku(asked)} order by ord`);
  const borne = ask(sql<ExactRow & { rank: number }>`
    select 1 as rank, 'gtin' as matched, key as product_id, null as ref_key from products where gtin = ${gtin}
    union all select 2, 'shop-product-id', i.product_id, l.key from listings l
      left join integrations i on i.ref_key = l.key where l.shop_product_id = ${asked}
    union all select 3, 'shop-variant-id', i.product_id, l.key from listings l
      left join integrations i on i.ref_key = l.key where l.shop_variant_id = ${asked}
    union all select 4, 'gtin', i.product_id, l.key from listings l
      left join integrations i on i.ref_key = l.key where l.gtin = ${gtin}
    union all select 4, 'gtin', i.product_id, c.key from listing_codes c
      left join integrations i on i.ref_key = c.key where c.kind = 'gtin' and c.code = ${gtin}
    union all select 5, 'barcode', i.product_id, l.key from listings l
      left join integrations i on i.ref_key = l.key where l.barcode = ${barcodeKey(asked)}
    union all select 5, 'barcode', i.product_id, c.key from listing_codes c
      left join integrations i on i.ref_key = c.key where c.kind = 'barcode' and c.code = ${barcodeKey(asked)}
    union all select 6, 'sku', i.product_id, l.key from listings l
      left join integrations i on i.ref_key = l.key where l.sku = ${asked}
    union all select 7, 'sku', i.product_id, c.key from listing_codes c
      left join integrations i on i.ref_key = c.key where c.kind = 'sku' and c.code = ${asked}
    union all select 8, 'former-sku', key, null from product_codes where kind = 'former_sku' and code = ${asked}
    union all select 9, 'product-id', key, null from products where key = ${asked}
    order by rank limit ${rowsAtMost}`);
  const [bySku, rows] = await Promise.all([spelledSo, borne]);
  const exact = (matched: Matched, productId: string | null, ref: string | null): SearchHit => ({
    matched,
    how: 'exact',
    productId: productId === null ? undefined : toProductId(productId),
    ...(ref === null ? {} : { ref: refOfKey(ref) }),
  });
  return [
    ...bySku.filter(({ sku }) => foldText(sku) === folded).map(({ key }) => exact('sku', key, null)),
    ...rows.map(({ matched, product_id, ref_key }) => exact(matched, product_id, ref_key)),
  ];
}
