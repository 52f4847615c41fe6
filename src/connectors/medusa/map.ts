import { type Instant, type ListingRef, parseSku, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { Activity, Listing, ShopStock, Unbuyable } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money, ownEntries } from '../decode.ts';
import { barcodeIn } from '../driver-parts/barcodes.ts';
import { availableOf, type Figure } from '../driver-parts/figures.ts';
import { stockByLocation } from '../driver-parts/locations/stock-by-location.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import type { MedusaOptions } from './options.ts';
import type { MedusaProduct, MedusaStock, MedusaVariant } from './wire.ts';

/** Whose words are being mapped, and when they were heard. */
export type Context = {
  readonly shop: Shop;
  readonly options: MedusaOptions;
  readonly seenAt: Instant;
  /** The locations that are told a figure each, where the shop is told at several. */
  readonly told?: readonly string[];
};

const activities = ownEntries<Activity>({
  published: 'active',
  draft: 'draft',
  // Handed in for approval, and turned down.
  proposed: 'draft',
  rejected: 'disabled',
});

/** Our word for Medusa's; a word of a later version is never for sale by guess. */
export const activityOf = (status: string): Activity => activities.get(status) ?? 'disabled';

export const variantRef = (shop: Shop, productId: string, variantId: string): ListingRef => ({
  shopId: shop.id,
  shopProductId: toShopProductId(productId),
  shopVariantId: toShopVariantId(variantId),
});

/** A variant made of several inventory items, or of several pieces of one, is a kit: it has no figure of its own. */
export function isKit({ inventory_items: items }: MedusaStock): boolean {
  const [first, ...more] = items ?? [];
  const pieces = first?.required_quantity;
  return more.length > 0 || (typeof pieces === 'number' && pieces !== 1);
}

/** What has no figure of its own, in a word; nothing for what is stocked by itself. */
export function stocklessAs(variant: MedusaStock, product: Pick<MedusaProduct, 'is_giftcard'>): string | undefined {
  if (product.is_giftcard === true) return 'gift card';
  const [first, ...more] = variant.inventory_items ?? [];
  if (!isKit(variant)) return undefined;
  return more.length > 0
    ? `kit of ${more.length + 1} inventory items`
    : `kit, required_quantity: ${first?.required_quantity}`;
}

/** What is for sale: stocked less what orders reserve, at the chosen location or at all of them. */
export function stockOf(variant: MedusaStock, { options, told }: Pick<Context, 'options' | 'told'>): ShopStock {
  if (variant.manage_inventory !== true || isKit(variant)) return { tracked: false };
  const pieces = variant.inventory_items?.[0]?.required_quantity;
  if (typeof pieces === 'object') {
    return { tracked: true, unreadable: { field: 'required_quantity', value: pieces.unreadable } };
  }
  const levels = levelsIn(variant);
  if (told !== undefined) return { tracked: true, ...stockByLocation(told, (id) => contentOf(levels, id)) };
  const ours = levels.filter(({ location_id: at }) => options.location === undefined || at === options.location);
  // Counted, and lying nowhere: no figure stands there, which is not nought.
  if (ours.length === 0) return { tracked: true };
  return { tracked: true, ...availableIn(ours) };
}

const levelsIn = ({ inventory_items: items }: MedusaStock) =>
  (items ?? []).flatMap(({ inventory }) => inventory?.location_levels ?? []);

/** Where the shop leaves out what a variant consists of, or where that lies, it is not known. */
const isAtNoLocation = ({ inventory_items: items }: MedusaStock): boolean =>
  items?.every(({ inventory }) => inventory?.location_levels?.length === 0) === true;

type Level = { readonly location_id: string; readonly stocked_quantity: Figure; readonly reserved_quantity: Figure };

const availableIn = (levels: readonly Level[]) =>
  availableOf(
    levels.map((level) => ({ onHand: level.stocked_quantity, held: level.reserved_quantity })),
    'stocked_quantity',
  );

/** An item has no level at a location that it was never put to. */
function contentOf(levels: readonly Level[], id: string): ReturnType<typeof availableIn> | undefined {
  const there = levels.filter((level) => level.location_id === id);
  return there.length === 0 ? undefined : availableIn(there);
}

const notesOn = (product: MedusaProduct): readonly string[] =>
  product.sales_channels?.length === 0 && activityOf(product.status) === 'active' ? ['no sales channel'] : [];
const wordsOf = (product: MedusaProduct): string => [product.status, ...notesOn(product)].join(', ');

function unbuyableOf(
  variant: MedusaVariant,
  product: MedusaProduct,
  stock: ShopStock,
): readonly Unbuyable[] | undefined {
  const hidden: readonly Unbuyable[] = notesOn(product).map((shopSays) => ({ why: 'hidden', shopSays }));
  const isOut =
    stock.tracked && variant.allow_backorder !== true && stock.quantity !== undefined && stock.quantity <= 0;
  const out: readonly Unbuyable[] = isOut ? [{ why: 'out-of-stock', shopSays: 'allow_backorder: false' }] : [];
  // Without any price it is refused by every cart.
  const unpriced: readonly Unbuyable[] =
    variant.prices?.length === 0 ? [{ why: 'no-price', shopSays: 'prices: none' }] : [];
  // Counted, and at no location: no cart takes it, unless it may be ordered without stock.
  const isNowhere = stock.tracked && variant.allow_backorder !== true && isAtNoLocation(variant);
  const nowhere: readonly Unbuyable[] = isNowhere
    ? [{ why: 'not-purchasable', shopSays: 'location_levels: none' }]
    : [];
  const found = [...hidden, ...out, ...nowhere, ...unpriced];
  return found.length === 0 ? undefined : found;
}

/** The plain price in the shop's currency: no rule, and no number of pieces to buy at least. */
function priceOf({ prices }: MedusaVariant, { currency }: Shop): string | undefined {
  const plain = (prices ?? []).find(
    (price) =>
      price.currency_code?.toUpperCase() === currency &&
      price.min_quantity === undefined &&
      Object.keys(price.rules ?? {}).length === 0,
  );
  return plain?.amount;
}

const adminUrl = (shop: Shop, productId: string): string => `${shop.url}/app/products/${encodeURIComponent(productId)}`;

/** What Medusa calls the only variant of a product without choices. */
const onlyVariant = /^(default( variant)?|standard)$/i;

function nameOf(variant: MedusaVariant, product: MedusaProduct): string {
  const { title } = product;
  if (title === undefined) return variant.title ?? `#${variant.id}`;
  return variant.title === undefined || onlyVariant.test(variant.title) ? title : `${title} - ${variant.title}`;
}

/** A variant: the only thing that Medusa sells. It has no status of its own. */
export function variantListing(variant: MedusaVariant, product: MedusaProduct, context: Context): Listing {
  const { shop, seenAt } = context;
  const stock = stockOf(variant, context);
  const kind = stocklessAs(variant, product);
  return {
    ref: variantRef(shop, product.id, variant.id),
    activity: activityOf(product.status),
    shopSays: [wordsOf(product), kind].filter((word) => word !== undefined).join(', '),
    sellable: kind === undefined ? 'unit' : 'not-stocked',
    offShow: notesOn(product).length > 0 ? true : undefined,
    sku: parseSku(variant.sku ?? ''),
    ...barcodeIn(variant.barcode, variant.ean, variant.upc),
    content: {
      name: nameOf(variant, product),
      description: product.description,
      imageUrl: imageAddress(product.thumbnail, shop.url),
      price: money(priceOf(variant, shop), shop.currency),
    },
    stock,
    ...withUnread(unreadPrice(priceOf(variant, shop), shop.currency, 'prices.amount')),
    unbuyable: unbuyableOf(variant, product, stock),
    listedAt: variant.created_at,
    changedAt: variant.updated_at,
    adminUrl: adminUrl(shop, product.id),
    seenAt,
  };
}

/** A product that is sold through its variants alone. */
export function parentListing(product: MedusaProduct, { shop, seenAt }: Context): Listing {
  return {
    ref: { shopId: shop.id, shopProductId: toShopProductId(product.id) },
    activity: activityOf(product.status),
    shopSays: wordsOf(product),
    sellable: 'parent',
    content: {
      name: product.title ?? `#${product.id}`,
      description: product.description,
      imageUrl: imageAddress(product.thumbnail, shop.url),
    },
    stock: { tracked: false },
    listedAt: product.created_at,
    changedAt: product.updated_at,
    adminUrl: adminUrl(shop, product.id),
    seenAt,
  };
}
