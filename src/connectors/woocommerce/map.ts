import { type Instant, type ListingRef, parseSku, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { Activity, Listing, OffReason } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money, ownEntries } from '../decode.ts';
import { type Identifiers, ownIdentifiers } from '../driver-parts/own-identifiers.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import { barcodeOf, unreadBarcode } from './barcode.ts';
import type { WooItem } from './schema.ts';
import { sellableOf } from './sellable.ts';
import { unbuyableOf } from './unbuyable.ts';

/** Whose words are being mapped, and when they were heard. */
export type MapContext = { readonly shop: Shop; readonly seenAt: Instant };

const activities = ownEntries<Activity>({
  publish: 'active',
  draft: 'draft',
  pending: 'draft',
  'auto-draft': 'draft',
  future: 'draft',
  // For a product: only staff see it. For a variation: "Enabled" is unticked.
  private: 'disabled',
  trash: 'archived',
});

/** Our word for WooCommerce's. Plug-ins bring words of their own: those are never for sale by guess. */
export const activityOf = (status: string): Activity => activities.get(status) ?? 'disabled';

/** Statuses that say why it is off. */
const offReasons = ownEntries<OffReason>({ future: 'scheduled', trash: 'in-trash' });

const severity: Readonly<Record<Activity, number>> = { active: 0, draft: 1, disabled: 2, archived: 3 };

/** A variation is for sale only when its product is, too. */
export const worse = (first: Activity, second: Activity): Activity =>
  severity[first] >= severity[second] ? first : second;

const notesOn = (item: WooItem): readonly string[] => [
  ...(item.catalog_visibility === 'hidden' ? ['hidden'] : []),
  ...(item.status === 'publish' && item.purchasable === false && sellableOf(item) === 'unit'
    ? ['not purchasable']
    : []),
];
const wordsOf = (item: WooItem): string =>
  [
    item.status,
    ...(sellableOf(item) === 'not-stocked' && item.type !== undefined ? [item.type] : []),
    ...notesOn(item),
  ].join(', ');

/** Published, and yet customers do not find it in the shop, or cannot put it into their basket. */
const offShow = (...items: readonly (WooItem | undefined)[]): Pick<Listing, 'offShow'> =>
  items.some((item) => item !== undefined && notesOn(item).length > 0) ? { offShow: true } : {};

function stockOf(item: WooItem): Listing['stock'] {
  const outOfStock = item.stock_status === 'outofstock' ? true : undefined;
  if (item.manage_stock !== true && item.manage_stock !== 'parent') return compact({ tracked: false, outOfStock });
  const { value: quantity, unreadable } = item.stock_quantity ?? {};
  return compact({
    tracked: true,
    quantity,
    heldByParent: item.manage_stock === 'parent' ? true : undefined,
    outOfStock,
    unreadable: unreadable === undefined ? undefined : { field: 'stock_quantity', value: unreadable },
  });
}

/** Without what is not there: stored records are compared field by field. */
const compact = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;

const identifiersOf = (item: WooItem, shop: Shop): Identifiers => ({
  sku: parseSku(item.sku ?? ''),
  ...barcodeOf(item, shop),
});

/** A variation that has no item number or barcode of its own is shown with its product's. */
const ownOf = (item: WooItem, parent: WooItem | undefined, shop: Shop): Identifiers =>
  parent === undefined
    ? identifiersOf(item, shop)
    : ownIdentifiers(identifiersOf(item, shop), identifiersOf(parent, shop));

function commonOf(item: WooItem, { shop, seenAt }: MapContext) {
  return {
    ...withUnread([...unreadPrice(item.price, shop.currency), ...unreadBarcode(item, shop)]),
    stock: stockOf(item),
    listedAt: item.date_created_gmt,
    changedAt: item.date_modified_gmt,
    seenAt,
  };
}

/** The same product in the other languages of a translated shop; a variation's lie under its product's. */
function translationOf(product: WooItem | undefined): Listing['translation'] {
  const others = (product?.translations ?? []).filter((id) => id !== product?.id);
  if (product?.lang === undefined || others.length === 0) return undefined;
  return { language: product.lang, others: others.map(toShopProductId) };
}

const adminUrl = (shop: Shop, productId: string): string =>
  `${shop.url}/wp-admin/post.php?post=${encodeURIComponent(productId)}&action=edit`;

/** A product as a listing: a simple one is sold itself, a variable one only through its variations. */
export function productListing(item: WooItem, mapContext: MapContext): Listing {
  const { shop } = mapContext;
  return {
    ref: { shopId: shop.id, shopProductId: toShopProductId(item.id) },
    activity: activityOf(item.status),
    shopSays: wordsOf(item),
    offBecause: offReasons.get(item.status),
    sellable: sellableOf(item),
    ...offShow(item),
    unbuyable: sellableOf(item) === 'parent' ? undefined : unbuyableOf(item),
    content: {
      name: item.name ?? `#${item.id}`,
      description: item.description,
      imageUrl: imageAddress(item.images ?? item.image, shop.url),
      price: money(item.price, shop.currency),
    },
    translation: translationOf(item),
    adminUrl: adminUrl(shop, item.id),
    ...identifiersOf(item, shop),
    ...commonOf(item, mapContext),
  };
}

/** The reference of a variation under a product. */
export const variationRef = (shop: Shop, parentId: string, variationId: string): ListingRef => ({
  shopId: shop.id,
  shopProductId: toShopProductId(parentId),
  shopVariantId: toShopVariantId(variationId),
});

/** What is switched off itself stays off whatever becomes of its product. */
function variationOff(item: WooItem, parent: WooItem | undefined): OffReason | undefined {
  if (activityOf(item.status) !== 'active' || parent === undefined) return offReasons.get(item.status);
  return activityOf(parent.status) === 'active' ? undefined : (offReasons.get(parent.status) ?? 'product-off');
}

/** A variation as a listing. Without a parent in the shop it is not for sale, whatever it says itself. */
export function variationListing(item: WooItem, parent: WooItem | undefined, mapContext: MapContext): Listing {
  const { shop } = mapContext;
  const parentId = parent?.id ?? item.parent_id ?? item.id;
  const own = wordsOf({ ...item, type: 'variation' });
  const parentSays = parent === undefined ? 'no product' : wordsOf(parent);
  return {
    ref: variationRef(shop, parentId, item.id),
    activity: worse(activityOf(item.status), parent === undefined ? 'disabled' : activityOf(parent.status)),
    shopSays: parentSays === own || parentSays === 'publish' ? own : `${own}; product: ${parentSays}`,
    offBecause: variationOff(item, parent),
    sellable: 'unit',
    ...offShow({ ...item, type: 'variation' }, parent),
    unbuyable: unbuyableOf(item, parent),
    content: {
      name: variationName(item, parent),
      description: item.description,
      imageUrl: imageAddress(item.image ?? item.images ?? parent?.images, shop.url),
      price: money(item.price, shop.currency),
    },
    translation: translationOf(parent),
    adminUrl: adminUrl(shop, parentId),
    ...ownOf(item, parent, shop),
    ...commonOf(item, mapContext),
  };
}

function variationName(item: WooItem, parent: WooItem | undefined): string {
  const choice = item.attributes?.join(', ') || item.name || `#${item.id}`;
  if (parent?.name === undefined) return item.name ?? choice;
  return choice.startsWith(parent.name) ? choice : `${parent.name} - ${choice}`;
}
