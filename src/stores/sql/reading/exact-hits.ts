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
    select rank, matched, coalesce(product, i.product_id) as product_id, listing as ref_key from (
      select 1 as rank, 'gtin' as matched, key as product, null as listing from products where gtin = ${gtin}
      union all select 2, 'shop-product-id', null, key from listings where shop_product_id = ${asked}
      union all select 3, 'shop-variant-id', null, key from listings where shop_variant_id = ${asked}
      union all select 4, 'gtin', null, key from listings where gtin = ${gtin}
      union all select 4, 'gtin', null, key from listing_codes where kind = 'gtin' and code = ${gtin}
      union all select 5, 'barcode', null, key from listings where barcode = ${barcodeKey(asked)}
      union all select 5, 'barcode', null, key from listing_codes where kind = 'barcode' and code = ${barcodeKey(asked)}
      union all select 6, 'sku', null, key from listings where sku = ${asked}
      union all select 7, 'sku', null, key from listing_codes where kind = 'sku' and code = ${asked}
      union all select 8, 'former-sku', key, null from product_codes where kind = 'former_sku' and code = ${asked}
      union all select 9, 'product-id', key, null from products where key = ${asked}
    ) t left join integrations i on i.ref_key = t.listing order by rank limit ${rowsAtMost}`);
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
