import type { SearchHit } from '../ports/store.ts';
import type { StoreTables } from './tables.ts';

/** Finds what a person typed, exact before beginning before middle. */
export type Search = (text: string, limit: number) => readonly SearchHit[];

export function makeSearch(tables: StoreTables): Search {
  return (text, limit) => {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    const hits: SearchHit[] = [];
    for (const product of tables.products.all()) {
      for (const [matched, value] of [
        ['sku', product.sku],
        ['gtin', product.gtin],
        ['name', product.content.name],
      ] as const) {
        const at = value?.toLowerCase().indexOf(wanted) ?? -1;
        if (value === undefined || at < 0) continue;
        hits.push({
          matched,
          how: value.length === wanted.length ? 'exact' : at === 0 ? 'beginning' : 'middle',
          productId: product.id,
        });
        break;
      }
    }
    for (const listing of tables.listings.all()) {
      for (const [matched, value] of [
        ['shop-product-id', listing.ref.shopProductId],
        ['shop-variant-id', listing.ref.shopVariantId],
      ] as const) {
        const at = value?.toLowerCase().indexOf(wanted) ?? -1;
        if (value === undefined || at < 0) continue;
        hits.push({
          matched,
          how: value.length === wanted.length ? 'exact' : at === 0 ? 'beginning' : 'middle',
          ref: listing.ref,
        });
        break;
      }
    }
    const order = { exact: 0, beginning: 1, middle: 2 };
    return hits.sort((a, b) => order[a.how] - order[b.how]).slice(0, limit);
  };
}
