import {
  type Instant,
  type ListingRef,
  parseGtin,
  parseSku,
  toShopProductId,
  toShopVariantId,
} from '../../domain/ids.ts';
import type { Activity, Listing, Sellable } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money } from '../decode.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import type { ClassicPrice, ClassicProduct, SiteSetting } from './schema.ts';

/** Whose words are being mapped, for which site, and when they were heard. */
export type MapContext = { readonly shop: Shop; readonly site: string; readonly seenAt: Instant };

/** A master has no stock of its own; gift certificates and files are not goods. */
export function sellableOf(product: ClassicProduct): Sellable {
  if (product.isVariantMaster === true) return 'parent';
  return stocklessAs(product) === undefined ? 'unit' : 'not-stocked';
}

/** What is no goods, in a word. */
export function stocklessAs({ isGiftCertificate, fileSaleLink }: ClassicProduct): string | undefined {
  if (isGiftCertificate === true) return 'gift certificate';
  return fileSaleLink === undefined ? undefined : 'file sale';
}

const settingOf = (product: ClassicProduct, site: string): SiteSetting | undefined =>
  product.siteSettings?.find((setting) => setting.site === site);

/** There is no status, only "hidden", and that for each site by itself. What does not say so is not for sale. */
export const activityOf = (product: ClassicProduct, site: string): Activity =>
  settingOf(product, site)?.hidden === false ? 'active' : 'disabled';

/** What the shop says in the site that counts, and where another site says otherwise. */
export function wordsOf(product: ClassicProduct, site: string): string {
  const own = wordOf(settingOf(product, site), site);
  const others = (product.siteSettings ?? []).filter(
    (setting) => setting.site !== site && setting.hidden !== hiddenIn(product, site),
  );
  const shown = others.map((setting) => setting.site).slice(0, 5);
  if (shown.length === 0) return own;
  const more = others.length > shown.length ? ' …' : '';
  return `${own}; ${hiddenIn(product, site) ? 'visible' : 'hidden'} in site ${shown.join(', ')}${more}`;
}

const hiddenIn = (product: ClassicProduct, site: string): boolean => activityOf(product, site) !== 'active';

function wordOf(setting: SiteSetting | undefined, site: string): string {
  if (setting === undefined) return `not in site ${site}`;
  return setting.hidden ? 'hidden' : 'visible';
}

const isVariant = (product: ClassicProduct): boolean =>
  product.variantMasterId !== undefined && product.isVariantMaster !== true;

/** The number of the master that a row is sold under. */
export const masterNumber = (product: ClassicProduct): string | undefined =>
  isVariant(product) ? product.variantMasterId : undefined;

/** A variant is known under its master's id, so that a family stays one product; without a master under its own. */
export const refOf = (product: ClassicProduct, master: ClassicProduct | undefined, shop: Shop): ListingRef =>
  isVariant(product) && master !== undefined
    ? { shopId: shop.id, shopProductId: toShopProductId(master.id), shopVariantId: toShopVariantId(product.id) }
    : { shopId: shop.id, shopProductId: toShopProductId(product.id) };

/** A row as a listing. A variant is for sale only where its master is visible, too. */
export function listingOf(product: ClassicProduct, master: ClassicProduct | undefined, context: MapContext): Listing {
  const { shop, site, seenAt } = context;
  const setting = settingOf(product, site) ?? product.siteSettings?.find(({ name }) => name !== undefined);
  const price = priceOf(product, context) ?? setting?.retailSalesPrice;
  const barcode = product.barCodeNumber;
  const gtin = barcode === undefined ? undefined : parseGtin(barcode);
  return {
    ref: refOf(product, master, shop),
    ...state(product, master, site),
    sellable: sellableOf(product),
    sku: parseSku(product.number ?? ''),
    ...(gtin === undefined ? { barcode } : { gtin }),
    content: {
      name: nameOf(product, setting ?? (master && settingOf(master, site))),
      description: setting?.longDescription ?? setting?.shortDescription,
      imageUrl: imageAddress(product.picture ?? master?.picture, shop.url),
      price: money(price, shop.currency),
    },
    stock: stockOf(product),
    ...withUnread(unreadPrice(price, shop.currency, 'prices.unitPrice')),
    listedAt: product.created,
    changedAt: product.updated,
    adminUrl: `${shop.url}/admin/`,
    seenAt,
  };
}

/** Every product is counted; a master's own figure means nothing. */
export function stockOf(product: ClassicProduct): Listing['stock'] {
  if (sellableOf(product) !== 'unit') return { tracked: false };
  const { value: quantity, unreadable } = product.stockCount ?? {};
  return unreadable === undefined
    ? { tracked: true, quantity }
    : { tracked: true, unreadable: { field: 'stockCount', value: unreadable } };
}

function state(
  product: ClassicProduct,
  master: ClassicProduct | undefined,
  site: string,
): Pick<Listing, 'activity' | 'shopSays' | 'offBecause'> {
  const activity = activityOf(product, site);
  const kind = sellableOf(product) === 'not-stocked' ? stocklessAs(product) : undefined;
  const shopSays = [wordsOf(product, site), kind].filter((word) => word !== undefined).join(', ');
  const offBecause = settingOf(product, site) === undefined ? 'not-in-website' : undefined;
  if (!isVariant(product)) return { activity, shopSays, offBecause };
  if (master === undefined) return { activity: 'disabled', shopSays: `${shopSays}; no variant master` };
  if (activityOf(master, site) === 'active') return { activity, shopSays, offBecause };
  return {
    activity: 'disabled',
    shopSays: `${shopSays}; variant master: ${wordsOf(master, site)}`,
    offBecause: activity === 'active' ? 'product-off' : offBecause,
  };
}

function nameOf(product: ClassicProduct, setting: SiteSetting | undefined): string {
  const name = setting?.name ?? product.number ?? `#${product.id}`;
  // Each site lists the choice again: "S, S, S" is one choice.
  const choices = [...new Set(product.variants?.flatMap(({ text }) => text ?? []))].join(', ');
  if (!isVariant(product) || choices === '' || choices.length > 60 || name.endsWith(choices)) return name;
  return `${name} - ${choices}`;
}

/** The price of one piece for everybody, in the shop's currency: a campaign's while it lasts, else the usual one. */
function priceOf(product: ClassicProduct, { shop: { currency }, seenAt }: MapContext): string | undefined {
  const isOn = ({ period }: ClassicPrice): boolean =>
    period?.disabled !== true && (period?.startDate ?? '') <= seenAt && seenAt <= (period?.endDate ?? seenAt);
  const prices = (product.prices ?? [])
    .filter((price) => price.currencyCode === currency && isOn(price))
    .toSorted((a, b) => Number(b.period !== undefined) - Number(a.period !== undefined));
  const forAll = prices.filter(({ b2BGroupId }) => b2BGroupId === undefined || b2BGroupId === '0');
  return (forAll.find(({ amount }) => amount === '1' || amount === undefined) ?? forAll[0])?.unitPrice;
}
