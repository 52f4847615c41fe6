import type { FakeShop } from '../fake-shop.ts';
import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';
import { offsetAt } from '../woocommerce/rows.ts';

/** A value as it is written: text, a list of items, or fields. `undefined` is an empty element. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A value as XML: a list is `<item>`s, and nothing is an empty element. What XML cannot hold at all is left out. */
export function xmlOf(value: Xml): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one: Xml) => `<item>${xmlOf(one)}</item>`).join('');
  if (typeof value === 'object') {
    return Object.entries(value as Readonly<Record<string, Xml>>)
      .map(([name, one]) => (one === undefined ? `<${name}/>` : `<${name}>${xmlOf(one)}</${name}>`))
      .join('');
  }
  return String(value)
    .replaceAll('\u0000', '')
    .replace(/[&<>]/g, (sign) => escapes[sign] ?? '');
}

/** A moment in the shop's own time, without a zone. */
export const wallTime = (shop: FakeShop, at: number): string =>
  new Date(at + offsetAt(shop.timeZone, at)).toISOString().slice(0, 19).replace('T', ' ');

/** Products have one number space and variants another: a simple product's only variant is not shown at all. */
export const variantsOf = (product: FakeProduct): readonly FakeVariant[] =>
  product.kind === 'variable' ? product.variants : [];

const single = (product: FakeProduct): FakeVariant | undefined =>
  product.kind === 'variable' ? undefined : product.variants[0];

const labels: Readonly<Record<string, string>> = { 'gift-card': 'gift-card-with-code' };

/** The type of a product; a product that is out of the range is of a type of its own. A strange word is passed on raw. */
function labelOf(product: FakeProduct): string {
  if (product.status === 'archived' || product.status === 'discontinued') return 'discontinued';
  return labels[product.kind] ?? product.meta.TypeLabel ?? 'normal';
}

const shown = (product: FakeProduct): boolean => product.status === 'active' || product.status === 'unlisted';

const numberText = (shop: FakeShop, id: string, sku: string | undefined): Xml =>
  shop.temper.brokenRows.has(id) ? { odd: 'yes' } : sku;

const locationsOf = (shop: FakeShop, own: FakeVariant | undefined): Xml =>
  shop.locations.map(({ id }) => ({
    StockLocationId: id,
    Stock: id === '1' ? (own?.quantity ?? 0) : (own?.elsewhere[id] ?? 0),
  }));

/** Every field of a product that the simulator knows, by name; a session chooses among them. */
export function productFields(
  shop: FakeShop,
  product: FakeProduct,
  date: number,
): Readonly<Record<string, (variants: (one: FakeVariant) => Xml) => Xml>> {
  const own = single(product);
  const text = (value: Xml) => (): Xml => value;
  return {
    Id: text(product.id),
    ItemNumber: text(numberText(shop, product.id, own?.sku ?? product.sku)),
    Ean: text(own?.barcode),
    Status: text(shown(product)),
    Online: text(true),
    Stock: text(own?.quantity ?? product.quantity),
    DisableOnEmpty: text(product.meta.DisableOnEmpty === '1'),
    CallForPrice: text(false),
    Price: text(own?.price),
    Title: text(product.title),
    Description: text(product.description),
    AutoStock: text(product.meta.AutoStock ?? ((own ?? product.variants[0])?.tracked === false ? '0' : '1')),
    OutOfStockBuy: text(product.meta.OutOfStockBuy),
    TypeLabel: text(labelOf(product)),
    LanguageAccess: text((product.meta.languages ?? 'DK').split(',')),
    PacketProducts: text(product.kind === 'bundle' ? [{ Id: '1', Amount: 2 }] : []),
    Pictures: text(product.image === undefined ? [] : [{ Id: '1', FileName: product.image, Sorting: 1 }]),
    Variants: (variants) => variantsOf(product).map(variants),
    StockLocations: text(locationsOf(shop, own)),
    DateCreated: text(wallTime(shop, product.createdAt)),
    DateUpdated: text(wallTime(shop, date)),
  };
}

/** The same for a variant. */
export function variantFields(
  shop: FakeShop,
  product: FakeProduct,
  variant: FakeVariant,
): Readonly<Record<string, Xml>> {
  return {
    Id: variant.id,
    ProductId: product.id,
    ItemNumber: numberText(shop, variant.id, variant.sku),
    Ean: variant.barcode,
    Status: variant.enabled,
    Stock: variant.quantity,
    DisableOnEmpty: product.meta.DisableOnEmpty === '1',
    Price: variant.price,
    Title: variant.options.map(({ value }) => value).join('//'),
    StockLocations: locationsOf(shop, variant),
  };
}

export const orderStates: readonly { readonly Id: string; readonly Title: string }[] = [
  { Id: '0', Title: 'Ikke gennemført' },
  { Id: '1', Title: 'Modtaget' },
  { Id: '2', Title: 'Betalt' },
  { Id: '3', Title: 'Afsendt' },
  { Id: '4', Title: 'Annulleret' },
  { Id: '5', Title: 'Krediteret' },
];
const stateIds: Readonly<Record<FakeOrder['status'], string>> = {
  pending: '1',
  paid: '2',
  shipped: '3',
  cancelled: '4',
  refunded: '5',
};

/** An order does not say when it was made. A rehearsal was never gone through with. */
export const orderFields = (shop: FakeShop, order: FakeOrder): Readonly<Record<string, Xml>> => ({
  Id: order.id,
  Status: order.test ? '0' : stateIds[order.status],
  Total: order.status === 'refunded' ? -100 : 100,
  DateUpdated: wallTime(shop, order.updatedAt),
  OrderLines: order.lines.map((line, at) => ({
    Id: at + 1,
    ProductId: line.productId,
    VariantId: line.variantId ?? 0,
    ItemNumber: line.sku,
    Amount: line.quantity,
  })),
});
