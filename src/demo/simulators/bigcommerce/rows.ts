import type { FakeShop } from '../fake-shop.ts';
import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';

export type BigCommerceOptions = {
  /** The store's permanent id. */
  readonly storeHash?: string;
  /** How many later questions are answered before a write that was taken shows. */
  readonly lag?: number;
  /** Takes writes and never does them. */
  readonly neverApplies?: boolean;
  /** Things (ids) whose writes are taken and never done. */
  readonly stuck?: ReadonlySet<string>;
  /** Requests a window, as the store's plan has it. */
  readonly quota?: number;
  readonly windowMs?: number;
  /** Refuses for the load of the platform, without the headers that tell when the window ends. */
  readonly platformLoad?: boolean;
  /** How much of each thing on hand is held back from sale. */
  readonly safetyStock?: number;
  /** The barcode stands in the field that is called GTIN. */
  readonly barcodeIn?: 'upc' | 'gtin';
  /** Fields of rows that are other than the model would have them, by id. */
  readonly fields?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

export type Row = Readonly<Record<string, unknown>>;

/** A moment as the V3 catalog writes it: whole seconds and a zone. */
const written = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}+00:00`;

export const firstLocation = (shop: FakeShop): string => shop.locations[0]?.id ?? '1';

/** What of a variant lies at a location. */
const lies = (shop: FakeShop, variant: FakeVariant, location: string): number =>
  location === firstLocation(shop) ? variant.quantity : (variant.elsewhere[location] ?? 0);

const isComplex = ({ kind }: FakeProduct): boolean => kind === 'variable';

/** Not at all, by the product, or by each variant. */
export function trackingOf(product: FakeProduct): 'none' | 'product' | 'variant' {
  const [single] = product.variants;
  if (!isComplex(product)) return single?.tracked === false ? 'none' : 'product';
  if (product.variants.some((variant) => variant.tracked === true)) return 'variant';
  return product.tracked && product.variants.some((variant) => variant.tracked === 'parent') ? 'product' : 'none';
}

const words: Readonly<Record<string, { readonly is_visible: boolean; readonly availability: string }>> = {
  active: { is_visible: true, availability: 'available' },
  unlisted: { is_visible: true, availability: 'available' },
  // There are neither drafts nor an archive: such a thing is hidden.
  draft: { is_visible: false, availability: 'available' },
  archived: { is_visible: false, availability: 'disabled' },
  private: { is_visible: false, availability: 'available' },
  trashed: { is_visible: false, availability: 'disabled' },
};

type Made = { readonly shop: FakeShop; readonly options: BigCommerceOptions };

const barcodes = ({ options }: Made, { barcode = '', otherBarcode = '' }: Partial<FakeVariant> = {}) =>
  options.barcodeIn === 'gtin' ? { upc: otherBarcode, gtin: barcode } : { upc: barcode, gtin: otherBarcode };

/** A sku of a broken row is no text, so that nobody can read the row. */
const skuOf = ({ shop }: Made, id: string, sku: string | undefined) =>
  shop.temper.brokenRows.has(id) ? { is: 'no text' } : (sku ?? '');

export function variantRow(made: Made, product: FakeProduct, variant: FakeVariant): Row {
  const complex = isComplex(product);
  // The catalog tells what can be sold, not what is on hand.
  const safety = made.options.safetyStock ?? 0;
  const price = variant.price === undefined ? null : Number(variant.price);
  const label = variant.sku ?? variant.id;
  const choices = variant.options.length === 0 ? [{ name: 'Variant', value: label }] : variant.options;
  return {
    id: Number(variant.id),
    product_id: Number(product.id),
    sku: complex ? skuOf(made, variant.id, variant.sku) : (variant.sku ?? ''),
    sku_id: complex ? Number(`7${variant.id}`.slice(0, 15)) : null,
    // Nothing: what the product costs.
    price: complex ? price : null,
    calculated_price: price,
    purchasing_disabled: !variant.enabled,
    purchasing_disabled_message: variant.enabled ? '' : 'Not right now',
    image_url: '',
    ...(complex ? barcodes(made, variant) : { upc: '', gtin: '' }),
    inventory_level: trackingOf(product) === 'variant' ? variant.quantity - safety : 0,
    option_values: complex
      ? choices.map(({ name, value }, at) => ({ id: at + 1, option_id: 1, option_display_name: name, label: value }))
      : [],
    ...made.options.fields?.[variant.id],
  };
}

export function productRow(made: Made, product: FakeProduct): Row {
  const { options } = made;
  const complex = isComplex(product);
  const [single] = product.variants;
  const tracking = trackingOf(product);
  const levels = {
    none: 0,
    product: complex ? product.quantity : (single?.quantity ?? 0),
    variant: product.variants.reduce((sum, one) => sum + one.quantity, 0),
  };
  const price = product.variants[0]?.price;
  return {
    id: Number(product.id),
    name: product.title,
    type: product.kind === 'download' ? 'digital' : 'physical',
    sku: skuOf(made, product.id, complex ? product.sku : single?.sku),
    description: product.description,
    price: price === undefined ? null : Number(price),
    calculated_price: price === undefined ? null : Number(price),
    is_price_hidden: false,
    inventory_level: levels[tracking] - (tracking === 'none' ? 0 : (options.safetyStock ?? 0)),
    inventory_tracking: tracking,
    ...(words[product.status] ?? { is_visible: true, availability: product.status }),
    ...barcodes(made, complex ? undefined : single),
    base_variant_id: complex ? null : Number(single?.id),
    primary_image: product.image === undefined ? null : { id: 1, url_standard: product.image, url_zoom: product.image },
    variants: product.variants.map((variant) => variantRow(made, product, variant)),
    date_created: written(product.createdAt),
    date_modified: written(product.updatedAt),
    ...options.fields?.[product.id],
  };
}

/** What lies of each counted thing at one location. */
export function locationItems({ shop, options }: Made, location: string): readonly Row[] {
  const safety = options.safetyStock ?? 0;
  const item = (product: FakeProduct, variant: FakeVariant | undefined, quantity: number): Row => ({
    identity: {
      product_id: Number(product.id),
      ...(variant === undefined ? {} : { variant_id: Number(variant.id), sku: variant.sku ?? '' }),
    },
    total_inventory_onhand: quantity,
    available_to_sell: quantity - safety,
    settings: { safety_stock: safety, is_in_stock: quantity > safety, warning_level: 0, bin_picking_number: '' },
  });
  return shop.shelf.flatMap((product) => {
    const tracking = trackingOf(product);
    if (tracking === 'none') return [];
    if (tracking === 'variant')
      return product.variants.map((variant) => item(product, variant, lies(shop, variant, location)));
    const [single] = product.variants;
    const simple = !isComplex(product) && single !== undefined;
    return [item(product, simple ? single : undefined, simple ? lies(shop, single, location) : product.quantity)];
  });
}

const states: Readonly<Record<FakeOrder['status'], number>> = {
  pending: 7,
  paid: 11,
  shipped: 2,
  cancelled: 5,
  refunded: 4,
  declined: 6,
  'checked by hand': 12,
  disputed: 13,
};
const stateWords: Readonly<Record<number, string>> = {
  2: 'Shipped',
  12: 'Manual Verification Required',
  13: 'Disputed',
};

/** "Wed, 10 Jan 2018 21:05:30 +0000" */
const mailDate = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');

export function orderRow({ shop }: Made, order: FakeOrder): Row {
  const lines = order.lines.map((line, at) => {
    const product = shop.find(line.productId);
    return {
      id: at + 1,
      order_id: Number(order.id),
      product_id: Number(line.productId),
      // Simple products are named by their base variant, too.
      variant_id: Number(line.variantId ?? product?.variants[0]?.id ?? 0),
      sku: line.sku ?? '',
      quantity: line.quantity,
      quantity_refunded: line.calledBack ?? 0,
    };
  });
  return {
    id: Number(order.id),
    // A rehearsal is never paid for.
    status_id: order.test ? 0 : (states[order.status] ?? 11),
    status: stateWords[states[order.status] ?? 11] ?? 'Awaiting Shipment',
    payment_status: states[order.status] === undefined ? order.status : '',
    is_deleted: false,
    date_created: mailDate(order.createdAt),
    date_modified: mailDate(order.updatedAt),
    consignments: {
      shipping: [{ id: 1, line_items: lines }],
      pickups: [],
      downloads: [],
      email: { gift_certificates: [] },
    },
  };
}
