import type { FakeOrder, FakeProduct } from './shelf.ts';
import { type Asking, needs, numberIn } from './shopify-asking.ts';
import { found, type PageArguments, page } from './shopify-paging.ts';
import { orderFields, productFields, search, type VariantRow, variantFields } from './shopify-search.ts';
import { locationOf, onShelf, orderOf, productOf, variantOf, variantRows } from './shopify-world.ts';

const variantsFound = (asking: Asking, query: string | undefined, path: string): readonly VariantRow[] =>
  found(
    asking,
    { path, query, changedAt: ({ variant }: VariantRow) => variant.updatedAt },
    (text) => search(text, variantFields),
    variantRows(asking.shop),
  );

/** So far back does a key see orders that lacks `read_all_orders`. */
const orderWindow = 60 * 86_400_000;

export function ordersPage(asking: Asking, asked: PageArguments) {
  needs(asking, 'orders', 'read_orders');
  const { shop, scopes } = asking;
  const oldest = scopes.has('read_all_orders') ? 0 : shop.now() - orderWindow;
  const seen = shop.orders.filter(({ createdAt }) => createdAt >= oldest);
  const rows = found(
    asking,
    { path: 'orders', query: asked.query, changedAt: (order: FakeOrder) => order.createdAt },
    (text) => search(text, orderFields),
    seen,
  );
  const paged = page(asking, rows, (order) => order.id, asked);
  return { nodes: paged.rows.map((order) => orderOf(asking, order)), pageInfo: paged.pageInfo };
}

export function productsPage(asking: Asking, asked: PageArguments) {
  needs(asking, 'products', 'read_products');
  const rows = found(
    asking,
    { path: 'products', query: asked.query, changedAt: (product: FakeProduct) => product.updatedAt },
    (text) => search(text, productFields),
    onShelf(asking.shop),
  );
  const paged = page(asking, rows, (product) => product.id, asked);
  return { nodes: paged.rows.map((product) => productOf(asking, product)), pageInfo: paged.pageInfo };
}

export function variantsPage(asking: Asking, asked: PageArguments) {
  needs(asking, 'productVariants', 'read_products');
  const rows = variantsFound(asking, asked.query, 'productVariants');
  const paged = page(asking, rows, ({ variant }) => variant.id, asked);
  return { nodes: paged.rows.map((row) => variantOf(asking, row)), pageInfo: paged.pageInfo };
}

export function variantsCount(asking: Asking, { query }: PageArguments) {
  needs(asking, 'productVariantsCount', 'read_products');
  if (asking.shop.temper.noTotals) return null;
  return { count: variantsFound(asking, query, 'productVariantsCount').length, precision: 'EXACT' };
}

export function locationsPage(
  asking: Asking,
  asked: PageArguments & { includeInactive: boolean; includeLegacy: boolean },
) {
  needs(asking, 'locations', 'read_locations', 'read_inventory');
  const rows = asking.shop.locations.filter(
    ({ active, ofAnotherApp }) => (active || asked.includeInactive) && (!ofAnotherApp || asked.includeLegacy),
  );
  const paged = page(asking, rows, ({ id }) => id, asked);
  return { nodes: paged.rows.map((location) => locationOf(location)), pageInfo: paged.pageInfo };
}

/** Any one thing by its gid; what is not there is a hole and no error. */
export function node(asking: Asking, id: string) {
  const productId = numberIn('Product', id);
  const product = onShelf(asking.shop).find((candidate) => candidate.id === productId);
  if (product !== undefined) {
    needs(asking, 'product', 'read_products');
    return productOf(asking, product);
  }
  const variantId = numberIn('ProductVariant', id);
  const row = variantRows(asking.shop).find(({ variant }) => variant.id === variantId);
  if (row !== undefined) {
    needs(asking, 'nodes', 'read_products');
    return variantOf(asking, row);
  }
  const orderId = numberIn('Order', id);
  const order = asking.shop.orders.find((candidate) => candidate.id === orderId);
  if (order === undefined) return null;
  needs(asking, 'order', 'read_orders');
  return orderOf(asking, order);
}
