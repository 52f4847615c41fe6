import type { ListingRef } from '../../domain/ids.ts';
import { type Instant, parseSku, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { Activity, Listing, Sellable, ShopStock, Unbuyable } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money, multilineText, title } from '../decode.ts';
import { barcodeIn } from '../driver-parts/barcodes.ts';
import { localInstant } from '../driver-parts/local-time.ts';
import { type Identifiers, ownIdentifiers } from '../driver-parts/own-identifiers.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import { stockFigure } from '../stock-figure.ts';
import type { PrestaOptions } from './api.ts';
import { noNumberIn, type PrestaCombination, type PrestaProduct, type PrestaStock, sumOf, textIn } from './schema.ts';
import { isComposed, packStockOf, sellableOf } from './sellable.ts';
import type { ShopSettings } from './settings.ts';

/** Whose words are being mapped, when they were heard, and what stands beside them. */
export type MapContext = {
  readonly shop: Shop;
  readonly options: PrestaOptions;
  readonly settings: ShopSettings;
  readonly seenAt: Instant;
};

/** `refOf(shop, '41')`, `refOf(shop, '42', '7')`. */
export const refOf = (shop: Shop, productId: string, combinationId?: string): ListingRef => ({
  shopId: shop.id,
  shopProductId: toShopProductId(productId),
  shopVariantId: combinationId === undefined ? undefined : toShopVariantId(combinationId),
});

/** A draft of the back office has state 0; else `active` alone decides, and a word that is neither is not for sale. */
export function activityOf(product: PrestaProduct): Activity {
  if (product.state === '0') return 'draft';
  return product.active === '1' || product.active === 'true' ? 'active' : 'disabled';
}

const hidden = (product: PrestaProduct): boolean => product.visibility === 'none';
const notForOrder = (product: PrestaProduct): boolean => product.available_for_order === false;

/** The shop's own words: `active=1`, and what else keeps customers away, or stock. */
export const wordsOf = (product: PrestaProduct, settings: ShopSettings): string =>
  [
    `active=${product.active}`,
    ...(isComposed(product, settings) ? [`pack, pack_stock_type=${packStockOf(product, settings) ?? '3'}`] : []),
    ...(product.state === '0' ? ['state=0'] : []),
    ...(hidden(product) ? ['visibility=none'] : []),
    ...(notForOrder(product) ? ['available_for_order=0'] : []),
  ].join(', ');

/** Rows of one thing that count here: those of the chosen shop, or those that shops share. A row of no shop is a ghost. */
export const rowsHere = (rows: readonly PrestaStock[], options: PrestaOptions): readonly PrestaStock[] =>
  rows.filter((row) =>
    row.id_shop === undefined
      ? row.id_shop_group !== undefined
      : options.id_shop === undefined || row.id_shop === options.id_shop,
  );

/** Its figure follows the shop's own warehouses (advanced stock management): what is written there lies until they move. */
export const followsWarehouses = (rows: readonly PrestaStock[], options: PrestaOptions): boolean =>
  rowsHere(rows, options).some((row) => row.depends_on_stock === '1');

/** What is said of one thing's stock. Several figures are no figure, until somebody says which shop is meant. */
export function stockOf(rows: readonly PrestaStock[], { options, settings }: MapContext): ShopStock {
  if (!settings.countsStock) return { tracked: false };
  const [row, ...more] = rowsHere(rows, options);
  if (row === undefined) return { tracked: true };
  if (more.length === 0) return { tracked: true, ...stockFigure(row.quantity, 'quantity') };
  const shops = [row, ...more].map((one) => one.id_shop ?? 'shared').join(', ');
  return { tracked: true, unreadable: { field: 'id_shop', value: shops } };
}

function unbuyableOf(product: PrestaProduct, rows: readonly PrestaStock[], context: MapContext): Listing['unbuyable'] {
  if (activityOf(product) !== 'active') return undefined;
  const stock = stockOf(rows, context);
  const atZero = rowsHere(rows, context.options)[0]?.out_of_stock;
  const refuses = atZero === '0' || (atZero === '2' && context.settings.sellsAtZero === false);
  const out = stock.quantity !== undefined && stock.quantity <= 0 && refuses;
  const reasons: readonly (Unbuyable | false)[] = [
    hidden(product) && { why: 'hidden', shopSays: 'visibility=none' },
    notForOrder(product) && { why: 'not-purchasable', shopSays: 'available_for_order=0' },
    out && { why: 'out-of-stock', shopSays: `quantity=${stock.quantity}, out_of_stock=${atZero}` },
  ];
  const found = reasons.filter((reason) => reason !== false);
  return found.length === 0 ? undefined : found;
}

const identifiersOf = (row: PrestaProduct | PrestaCombination): Identifiers => ({
  sku: parseSku(row.reference ?? ''),
  ...barcodeOf(row),
});

type Coded = Pick<PrestaProduct, 'ean13' | 'upc' | 'isbn'>;

function barcodeOf({ ean13, upc, isbn }: Coded): Pick<Listing, 'gtin' | 'barcode'> {
  return barcodeIn(...[ean13, upc, isbn].filter((code) => code !== '0'));
}

/** The picture's public address: the digits of its id are folders. */
const imageOf = (imageId: string | undefined, shop: Shop): string | undefined =>
  imageId === undefined || !/^\d+$/.test(imageId)
    ? undefined
    : imageAddress(`${shop.url}/img/p/${[...imageId].join('/')}/${imageId}.jpg`, shop.url);

const adminUrl = ({ shop, options }: MapContext, productId: string): string | undefined =>
  options.admin === undefined
    ? undefined
    : `${shop.url}/${options.admin}/index.php?controller=AdminProducts&id_product=${productId}&updateproduct=1`;

const nameOf = (product: PrestaProduct, { settings }: MapContext): string =>
  title.parse(textIn(product.name, settings.language)) ?? `#${product.id}`;

/** What product and combination have alike: all but reference, name, price and stock comes from the product. */
function commonOf(product: PrestaProduct, rows: readonly PrestaStock[], context: MapContext) {
  const { settings, options, seenAt } = context;
  const activity = activityOf(product);
  const follows = followsWarehouses(rows, options);
  const sellable: Sellable = follows ? 'not-stocked' : 'unit';
  return {
    activity,
    sellable,
    shopSays: follows ? `${wordsOf(product, settings)}, depends_on_stock=1` : wordsOf(product, settings),
    offShow: activity === 'active' && (hidden(product) || notForOrder(product)) ? (true as const) : undefined,
    unbuyable: unbuyableOf(product, rows, context),
    listedAt: localInstant(product.date_add ?? '', settings.timeZone),
    changedAt: localInstant(product.date_upd ?? '', settings.timeZone),
    adminUrl: adminUrl(context, product.id),
    seenAt,
  };
}

const describe = (product: PrestaProduct, { settings }: MapContext): string | undefined =>
  multilineText.parse(textIn(product.description, settings.language)) ??
  multilineText.parse(textIn(product.description_short, settings.language));

/** A product as a listing; with combinations it is sold only through those, and its own figure is their sum. */
export function productListing(product: PrestaProduct, rows: readonly PrestaStock[], context: MapContext): Listing {
  const { shop } = context;
  const kind = sellableOf(product, context.settings);
  const common = commonOf(product, kind === 'unit' ? rows : [], context);
  const sellable = kind === 'unit' ? common.sellable : kind;
  return {
    ref: refOf(shop, product.id),
    ...common,
    sellable,
    ...identifiersOf(product),
    content: {
      name: nameOf(product, context),
      description: describe(product, context),
      imageUrl: imageOf(product.id_default_image, shop),
      price: money(product.price, shop.currency),
    },
    stock: sellable === 'unit' ? stockOf(rows, context) : { tracked: false },
    ...withUnread(unreadPrice(product.price, shop.currency)),
  };
}

export type Combined = {
  readonly product: PrestaProduct;
  readonly combination: PrestaCombination;
  /** Its choices in words: "Small, Red". */
  readonly choice: string;
};

/** A combination as a listing. Its price is what it adds to the product's. */
export function combinationListing(of: Combined, rows: readonly PrestaStock[], context: MapContext): Listing {
  const { shop } = context;
  const { product, combination, choice } = of;
  const common = commonOf(product, rows, context);
  return {
    ref: refOf(shop, product.id, combination.id),
    ...common,
    ...ownIdentifiers(identifiersOf(combination), identifiersOf(product)),
    content: {
      name: `${nameOf(product, context)} - ${choice}`,
      description: describe(product, context),
      imageUrl: imageOf(combination.associations?.images?.[0] ?? product.id_default_image, shop),
      price: money(sumOf(product.price, combination.price), shop.currency),
    },
    stock: common.sellable === 'unit' ? stockOf(rows, context) : { tracked: false },
    ...withUnread(unreadPrice(noNumberIn(combination.price, product.price), shop.currency)),
  };
}
