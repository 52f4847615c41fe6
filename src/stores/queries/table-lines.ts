import { refKey } from '../../domain/changes.ts';
import { conflictProducts } from '../../domain/event.ts';
import { type ListingRef, type ProductId, shownGtin, toProductId } from '../../domain/ids.ts';
import { isAboutShop, type Shop, sellsByLocation, shopSku } from '../../domain/shop.ts';
import { lineLink, lineProduct } from '../lines/line-facts.ts';
import type { LineFacts, LineLink, LineShop } from '../lines/line-inputs.ts';
import { conflictLine, type Line, placeLines } from '../lines/place-lines.ts';
import {
  conflictOfProduct,
  integrationAtRef,
  listingBySku,
  markOfProduct,
  rulingAtRef,
  stockLevelOfProduct,
} from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import type { StoreTables } from '../tables/table.ts';

/** The lines of a product in the lists of all shops; none where it is not there. */
export function linesOfProduct(tables: StoreTables, id: ProductId, shops: readonly LineShop[]): readonly Line[] {
  const facts = factsOf(tables, id);
  return facts === undefined ? [] : placeLines(facts, shops);
}

/** The line of the conflict about a listing, where there is one and no product's own line tells of it. */
export function conflictLineAt(
  tables: StoreTables,
  ref: ListingRef,
  tells: (shopId: string, id: ProductId) => boolean,
): Line | undefined {
  const { shopId } = ref;
  const key = keyInShop(ref);
  const conflict = tables.conflicts.find(shopId, key);
  if (conflict === undefined || tables.shops.find('', shopId) === undefined) return undefined;
  const contenders = [...new Set(conflictProducts(conflict))];
  const [first] = contenders;
  const product = first === undefined ? undefined : tables.products.find('', first);
  const listing = tables.listings.find(shopId, key);
  return conflictLine(
    {
      shopId,
      refKey: refKey(conflict.ref),
      isLinked: tables.integrations.by(integrationAtRef, key, shopId).length > 0,
      contenders,
      product: product && lineProduct(product),
      listing: listing && {
        sku: listing.sku,
        gtin: listing.gtin && shownGtin(listing.gtin),
        name: listing.content.name,
      },
    },
    (id) => tells(shopId, toProductId(id)),
  );
}

function factsOf(tables: StoreTables, id: ProductId): LineFacts | undefined {
  const product = tables.products.find('', id);
  if (product === undefined) return undefined;
  const claims = new Set(tables.conflicts.by(conflictOfProduct, id).map(({ ref }) => ref.shopId));
  const links = new Map<string, LineLink>();
  const knownIn = new Set<string>(claims);
  for (const shop of tables.shops.all()) {
    const integration = tables.integrations.find(shop.id, id);
    if (integration !== undefined) {
      const key = keyInShop(integration.ref);
      links.set(shop.id, lineLink(integration, tables.listings.find(shop.id, key), tables.sales.find(shop.id, key)));
    }
    const tombstone = tables.tombstones.find(shop.id, id);
    if (tombstone !== undefined && isAboutShop(shop, tombstone.at)) knownIn.add(shop.id);
    const sku = product.sku === undefined ? undefined : shopSku(shop, product.sku);
    if (sku !== undefined && !knownIn.has(shop.id) && isListed(tables, shop, sku, id)) knownIn.add(shop.id);
  }
  const parts = [...tables.shops.all()].some(sellsByLocation) ? tables.stockLevels.by(stockLevelOfProduct, id) : [];
  return { product: lineProduct(product), parts, links, knownIn, claims, unwanted: unwantedOf(tables, id) };
}

const isListed = (tables: StoreTables, shop: Shop, sku: string, id: ProductId): boolean =>
  tables.listings
    .by(listingBySku, sku)
    .some(
      ({ ref }) =>
        ref.shopId === shop.id &&
        !tables.rulings
          .by(rulingAtRef, keyInShop(ref), shop.id)
          .some((one) => one.kind === 'not-the-same' && one.productId === id && isAboutShop(shop, one.at)),
    );

const unwantedOf = ({ marks }: StoreTables, id: ProductId): LineFacts['unwanted'] =>
  marks
    .by(markOfProduct, id)
    .filter(({ kind }) => kind === 'not-for-this-shop')
    .map(({ shopId, until, at }) => ({ shopId, until, at }));
