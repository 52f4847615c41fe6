import type { FakeShop } from '../fake-shop.ts';
import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A product of Magento: a thing of the shelf, or one variant of it, which is a product of its own here. */
export type Entity = { readonly product: FakeProduct; readonly variant?: FakeVariant };

export const entitiesOf = (shop: FakeShop): readonly Entity[] =>
  shop.shelf.flatMap((product): readonly Entity[] => [
    { product },
    ...(product.kind === 'variable' ? product.variants.map((variant) => ({ product, variant })) : []),
  ]);

const idOf = ({ product, variant }: Entity): string => variant?.id ?? product.id;

/** The part that is counted: the variant, or a simple product's only one; a configurable product has none. */
export const carrierOf = ({ product, variant }: Entity): FakeVariant | undefined =>
  variant ?? (product.kind === 'variable' ? undefined : product.variants[0]);

/** Nothing is without a SKU here, and no two have the same. */
export function skuOf(entity: Entity): string {
  const own = entity.variant === undefined && entity.product.kind === 'variable' ? entity.product : carrierOf(entity);
  return own?.sku ?? `sku-${idOf(entity)}`;
}

const types: Readonly<Record<string, string>> = {
  variable: 'configurable',
  'gift-card': 'giftcard',
  grouped: 'grouped',
  bundle: 'bundle',
};
const typeOf = ({ product, variant }: Entity): string =>
  variant === undefined ? (types[product.kind] ?? 'simple') : 'simple';

/** Enabled or disabled: drafts, archives and trash are not known here. A strange word stands for what an extension wrote. */
function statusOf({ product, variant }: Entity): unknown {
  if (variant !== undefined) return variant.enabled ? 1 : 2;
  if (['draft', 'archived', 'private', 'trashed'].includes(product.status)) return 2;
  return product.status === 'active' || product.status === 'unlisted' ? 1 : product.status;
}

const isHidden = ({ product, variant }: Entity): boolean =>
  variant !== undefined || product.hidden || product.status === 'unlisted';

/** UTC without a zone, whole seconds. */
const magentoDate = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

export function productRow(shop: FakeShop, entity: Entity): Row {
  const { product, variant } = entity;
  const own = carrierOf(entity);
  const dated = variant ?? product;
  const options = variant?.options.map(({ value }) => value).join('-');
  const barcode = own?.barcode;
  return {
    id: Number(idOf(entity)),
    sku: shop.temper.brokenRows.has(idOf(entity)) ? { error: 'broken' } : skuOf(entity),
    name: options === undefined ? product.title : `${product.title}-${options}`,
    attribute_set_id: 4,
    price: Number(own?.price ?? 0),
    status: statusOf(entity),
    visibility: isHidden(entity) ? 1 : 4,
    type_id: typeOf(entity),
    created_at: magentoDate(dated.createdAt),
    updated_at: magentoDate(dated.updatedAt),
    extension_attributes: {
      website_ids: [1],
      ...(typeOf(entity) === 'configurable'
        ? { configurable_product_options: [], configurable_product_links: product.variants.map(({ id }) => Number(id)) }
        : {}),
    },
    product_links: [],
    media_gallery_entries:
      product.image === undefined
        ? []
        : [{ id: 1, media_type: 'image', disabled: false, types: ['image', 'thumbnail'], file: product.image }],
    custom_attributes: [
      { attribute_code: 'description', value: product.description },
      { attribute_code: 'category_ids', value: ['2'] },
      ...(barcode === undefined ? [] : [{ attribute_code: 'ean', value: barcode }]),
    ],
  };
}

const states: Readonly<Record<string, string>> = {
  pending: 'pending_payment',
  ordered: 'new',
  shipped: 'complete',
  cancelled: 'canceled',
  refunded: 'closed',
};
/** An order that is to be paid later is `new`; one whose payment never came is `pending_payment`. */
export const orderRows = (shop: FakeShop): readonly Row[] =>
  shop.orders.map(({ id, test, status }) => ({
    entity_id: Number(id),
    state: test ? 'pending_payment' : (states[status] ?? 'processing'),
    // Beside its own statuses, which are called as the states, a shop has others, each under a state.
    status: test ? 'pending_payment' : (states[status] ?? status),
  }));

/** A configurable product makes two lines, both with the variant's SKU. */
export const orderItemRows = (shop: FakeShop): readonly Row[] =>
  shop.orders.flatMap((order) => order.lines.flatMap((line, at) => linesOf(shop, order, { line, at })));

function linesOf(
  shop: FakeShop,
  order: FakeOrder,
  { line, at }: { readonly line: FakeOrder['lines'][number]; readonly at: number },
): readonly Row[] {
  const itemId = Number(order.id) * 100 + at * 2;
  const product = shop.find(line.productId);
  const variant = product?.variants.find(({ id }) => id === line.variantId);
  const isChild = product?.kind === 'variable' && variant !== undefined;
  const isPaid = !order.test && !['pending', 'ordered'].includes(order.status);
  const common = {
    order_id: Number(order.id),
    sku: line.sku ?? `sku-${line.variantId ?? line.productId}`,
    created_at: magentoDate(order.createdAt),
    updated_at: magentoDate(order.updatedAt),
    qty_ordered: line.quantity,
    qty_canceled: order.status === 'cancelled' ? line.quantity : 0,
    qty_refunded: order.status === 'refunded' ? line.quantity : (line.calledBack ?? 0),
    qty_invoiced: isPaid ? line.quantity : 0,
    qty_shipped: order.status === 'shipped' ? line.quantity : 0,
  };
  const own = { ...common, product_id: Number(isChild ? line.variantId : line.productId), product_type: 'simple' };
  if (!isChild) return [{ item_id: itemId, ...own }];
  return [
    { item_id: itemId, ...common, product_id: Number(line.productId), product_type: 'configurable' },
    { item_id: itemId + 1, ...own, parent_item_id: itemId },
  ];
}
