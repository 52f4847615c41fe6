import type { FakeShop } from '../fake-shop.ts';
import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';
import { offsetAt } from '../woocommerce/rows.ts';

/** A row of the product table: a simple product, a variant master, or one variant. Each has a number of its own. */
export type ClassicRow = { readonly product: FakeProduct; readonly variant?: FakeVariant };

export const idOf = ({ product, variant }: ClassicRow): string => variant?.id ?? product.id;

/** The table in its own order. Numbers are never empty: what was given none has its id for one. */
export function tableOf(shop: FakeShop): readonly ClassicRow[] {
  const rows = shop.shelf.flatMap((product): readonly ClassicRow[] =>
    product.kind === 'variable'
      ? [{ product }, ...product.variants.map((variant) => ({ product, variant }))]
      : [{ product }],
  );
  return rows.toSorted((a, b) => Number(idOf(a)) - Number(idOf(b)));
}

const carrier = ({ product, variant }: ClassicRow): FakeVariant | undefined =>
  variant ?? (product.kind === 'variable' ? undefined : product.variants[0]);

export function numberOf(row: ClassicRow): string {
  const sku = row.variant === undefined && row.product.kind === 'variable' ? row.product.sku : carrier(row)?.sku;
  return sku ?? `nr-${idOf(row)}`;
}

export const updatedOf = ({ product, variant }: ClassicRow): number => (variant ?? product).updatedAt;

/** `/Date(ms+0200)/`: the milliseconds are UTC, the offset is what a clock on the wall adds. */
function jsonDate(shop: FakeShop, at: number): string {
  const ahead = offsetAt(shop.timeZone, at) / 60_000;
  const size = Math.abs(ahead);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `/Date(${at}${ahead < 0 ? '-' : '+'}${hours}${String(size % 60).padStart(2, '0')})/`;
}

/** The shop's own time without a zone, as the filters of intervals take it. */
export const wallTime = (shop: FakeShop, at: number): string =>
  new Date(at + offsetAt(shop.timeZone, at)).toISOString().slice(0, 19);

export type ClassicSiteRow = { readonly id: number; readonly name: string; readonly currencyCode: string };

/** "Hidden" is said for each site. A product may be hidden in one by `meta['hidden:27']`, or be in no site of this number at all by `meta['without:27']`. */
function siteSettings({ product, variant }: ClassicRow, sites: readonly ClassicSiteRow[]) {
  const shown = (product.status === 'active' || product.status === 'unlisted') && (variant?.enabled ?? true);
  return sites
    .filter(({ id }) => product.meta[`without:${id}`] === undefined)
    .map(({ id }) => ({
      siteID: id,
      name: product.title,
      hidden: !shown || product.hidden || product.meta[`hidden:${id}`] === 'true',
      hiddenForMobile: false,
      shortDescription: '',
      longDescription: product.description,
      retailSalesPrice: null,
      urlname: null,
    }));
}

/** Fields after the samples of loevgaard/dandomain-foundation-entities. */
export function productRow(shop: FakeShop, row: ClassicRow, sites: readonly ClassicSiteRow[]) {
  const { product, variant } = row;
  const own = carrier(row);
  const master = product.kind === 'variable' && variant === undefined;
  const price = own?.price;
  return {
    barCodeNumber: shop.temper.brokenRows.has(idOf(row)) ? { odd: 'yes' } : (own?.barcode ?? ''),
    categoryIdList: [],
    costPrice: 0,
    created: jsonDate(shop, (variant ?? product).createdAt),
    createdBy: 'admin',
    disabledVariants: [],
    fileSaleLink: '',
    id: Number(idOf(row)),
    isGiftCertificate: product.kind === 'gift-card',
    isModified: true,
    isVariantMaster: master,
    locationNumber: '',
    media: [],
    minBuyAmount: 1,
    number: numberOf(row),
    picture: product.image ?? '',
    prices:
      price === undefined
        ? []
        : [
            {
              amount: 1,
              avance: 0,
              b2BGroupId: '0',
              currencyCode: shop.currency,
              period: null,
              unitPrice: Number(price),
            },
          ],
    salesCount: 0,
    siteSettings: siteSettings(row, sites),
    sortOrder: 0,
    stockCount: own?.quantity ?? 0,
    stockLimit: 0,
    typeId: 0,
    updated: jsonDate(shop, updatedOf(row)),
    updatedBy: 'admin',
    variantMasterId: variant === undefined ? null : numberOf({ product }),
    // A master does not name its variants, and a variant names each choice once for every site.
    variants: (variant?.options ?? []).flatMap(({ value }) =>
      sites.map(({ id }) => ({ id: id * 100, sortOrder: 3, text: value })),
    ),
    vendorNumber: '',
    weight: 0.5,
  };
}

export const orderStates = [
  { exclStatistics: false, id: 1, isDefault: true, name: 'Nye' },
  { exclStatistics: false, id: 2, isDefault: false, name: 'Betalt' },
  { exclStatistics: false, id: 3, isDefault: false, name: 'Afsendt' },
  { exclStatistics: true, id: 4, isDefault: false, name: 'Annulleret' },
  { exclStatistics: true, id: 5, isDefault: false, name: 'Krediteret' },
];
const stateIds: Readonly<Record<FakeOrder['status'], number>> = {
  pending: 1,
  paid: 2,
  shipped: 3,
  cancelled: 4,
  refunded: 5,
};

/** An order; a rehearsal is one that was never completed. A line holds the product's number under `productId`. */
export const orderRow = (shop: FakeShop, order: FakeOrder, site: number) => ({
  id: Number(order.id),
  createdDate: jsonDate(shop, order.createdAt),
  modifiedDate: jsonDate(shop, order.updatedAt),
  currencyCode: shop.currency,
  incomplete: order.test,
  modified: true,
  siteId: site,
  orderState: orderStates.find(({ id }) => id === stateIds[order.status]),
  orderLines: order.lines.map((line, at) => ({
    id: at + 1,
    productId: line.sku ?? '',
    productName: 'Thing',
    quantity: line.quantity,
    unitPrice: 103.96,
    variant: '',
  })),
});
