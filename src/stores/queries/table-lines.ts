import { refKey } from '../../domain/changes.ts';
import { conflictProducts } from '../../domain/event.ts';
import { type ProductId, shownGtin } from '../../domain/ids.ts';
import { isAboutShop, type Shop, sellsByLocation, shopSku } from '../../domain/shop.ts';
import { lineLink, lineProduct, lineShop } from '../lines/line-facts.ts';
import type { LineFacts, LineLink } from '../lines/line-inputs.ts';
import { conflictLine, type Line, placeLines, showsConflict } from '../lines/place-lines.ts';
import { integrationAtRef, listingBySku, markOfProduct, rulingAtRef, stockLevelOfProduct } from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import type { StoreTables } from '../tables/table.ts';
import { versionOf } from '../tables/tables.ts';

type Lines = ReadonlyMap<string, readonly Line[]>;
const kept = new WeakMap<StoreTables, { readonly version: number; readonly lines: Lines }>();

/** Every line of every shop, in order. Worked out when somebody asks, and again when something has changed. */
export function linesOf(tables: StoreTables): Lines {
  const version = versionOf(tables);
  const known = kept.get(tables);
  if (known?.version === version) return known.lines;
  const lines = Map.groupBy([...allLines(tables)].sort(bySort), ({ shopId }) => shopId);
  kept.set(tables, { version, lines });
  return lines;
}

const bySort = (a: Line, b: Line): number =>
  a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : a.key < b.key ? -1 : Number(a.key > b.key);

function* allLines(tables: StoreTables): Generator<Line> {
  const shops = [...tables.shops.all()];
  const lineShops = shops.map(lineShop);
  const claims = new Map<string, Set<string>>();
  for (const conflict of tables.conflicts.all()) {
    for (const id of conflictProducts(conflict)) claims.set(id, (claims.get(id) ?? new Set()).add(conflict.ref.shopId));
  }
  const telling = new Set<string>();
  for (const product of tables.products.all()) {
    for (const line of placeLines(factsOf(tables, product.id, claims.get(product.id) ?? new Set()), lineShops)) {
      if (showsConflict(line)) telling.add(`${line.shopId}\u001f${product.id}`);
      yield line;
    }
  }
  for (const conflict of tables.conflicts.all()) {
    if (!shops.some(({ id }) => id === conflict.ref.shopId)) continue;
    const contenders = [...new Set(conflictProducts(conflict))];
    const [first] = contenders;
    const product = first === undefined ? undefined : tables.products.find('', first);
    const listing = tables.listings.find(conflict.ref.shopId, keyInShop(conflict.ref));
    const line = conflictLine(
      {
        shopId: conflict.ref.shopId,
        refKey: refKey(conflict.ref),
        isLinked: linkAt(tables, conflict.ref.shopId, keyInShop(conflict.ref)),
        contenders,
        product: product && lineProduct(product),
        listing: listing && {
          sku: listing.sku,
          gtin: listing.gtin && shownGtin(listing.gtin),
          name: listing.content.name,
        },
      },
      (id) => telling.has(`${conflict.ref.shopId}\u001f${id}`),
    );
    if (line !== undefined) yield line;
  }
}

const linkAt = ({ integrations }: StoreTables, shopId: string, key: string): boolean =>
  integrations.by(integrationAtRef, key, shopId).length > 0;

function factsOf(tables: StoreTables, id: ProductId, claims: ReadonlySet<string>): LineFacts {
  const product = tables.products.find('', id);
  if (product === undefined) throw new Error('a product that is not there');
  const links = new Map<string, LineLink>();
  const knownIn = new Set(claims);
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
