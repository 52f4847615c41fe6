import type { FakeOrder, FakeProduct } from '../shelf.ts';
import { locationOf, orderOf, productOf, variantOf, variantRows, visibleProducts } from './nodes.ts';
import { found, type PageArguments, page } from './paging.ts';
import { needs, numberIn, type RequestContext } from './request-context.ts';
import { orderFields, productFields, search, type VariantRow, variantFields } from './search.ts';

const variantsFound = (context: RequestContext, query: string | undefined, path: string): readonly VariantRow[] =>
  found(
    context,
    { path, query, changedAt: ({ variant }: VariantRow) => variant.updatedAt },
    (text) => search(text, variantFields),
    variantRows(context.shop),
  );

/** So far back does a key see orders that lacks `read_all_orders`. */
const orderWindow = 60 * 86_400_000;

export function ordersPage(context: RequestContext, asked: PageArguments) {
  needs(context, 'orders', 'read_orders');
  const { shop, scopes } = context;
  const oldest = scopes.has('read_all_orders') ? 0 : shop.now() - orderWindow;
  const seen = shop.orders.filter(({ createdAt }) => createdAt >= oldest);
  const rows = found(
    context,
    { path: 'orders', query: asked.query, changedAt: (order: FakeOrder) => order.createdAt },
    (text) => search(text, orderFields),
    seen,
  );
  const paged = page(context, rows, ({ id, createdAt }) => ({ id, value: createdAt }), asked);
  return { nodes: paged.rows.map((order) => orderOf(context, order)), pageInfo: paged.pageInfo };
}

export function productsPage(context: RequestContext, asked: PageArguments) {
  needs(context, 'products', 'read_products');
  const rows = found(
    context,
    { path: 'products', query: asked.query, changedAt: (product: FakeProduct) => product.updatedAt },
    (text) => search(text, productFields),
    visibleProducts(context.shop),
  );
  const paged = page(context, rows, (product) => product, asked);
  return { nodes: paged.rows.map((product) => productOf(context, product)), pageInfo: paged.pageInfo };
}

export function variantsPage(context: RequestContext, asked: PageArguments) {
  needs(context, 'productVariants', 'read_products');
  const rows = variantsFound(context, asked.query, 'productVariants');
  const paged = page(context, rows, ({ variant }) => variant, asked);
  const nodes = paged.rows.map((row) => variantOf(context, row));
  return { nodes, edges: nodes.map((node) => ({ node })), pageInfo: paged.pageInfo };
}

export function variantsCount(context: RequestContext, { query }: PageArguments) {
  needs(context, 'productVariantsCount', 'read_products');
  if (context.shop.temper.noTotals) return null;
  return { count: variantsFound(context, query, 'productVariantsCount').length, precision: 'EXACT' };
}

export function locationsPage(
  context: RequestContext,
  asked: PageArguments & { includeInactive: boolean; includeLegacy: boolean },
) {
  needs(context, 'locations', 'read_locations', 'read_inventory');
  const rows = context.shop.locations.filter(
    ({ active, ofAnotherApp }) => (active || asked.includeInactive) && (!ofAnotherApp || asked.includeLegacy),
  );
  const paged = page(context, rows, (location) => location, asked);
  return { nodes: paged.rows.map((location) => locationOf(location)), pageInfo: paged.pageInfo };
}

/** Any one thing by its gid; what is not there is a hole and no error. */
export function node(context: RequestContext, id: string) {
  const productId = numberIn('Product', id);
  const product = visibleProducts(context.shop).find((candidate) => candidate.id === productId);
  if (product !== undefined) {
    needs(context, 'product', 'read_products');
    return productOf(context, product);
  }
  const variantId = numberIn('ProductVariant', id);
  const row = variantRows(context.shop).find(({ variant }) => variant.id === variantId);
  if (row !== undefined) {
    needs(context, 'nodes', 'read_products');
    return variantOf(context, row);
  }
  const orderId = numberIn('Order', id);
  const order = context.shop.orders.find((candidate) => candidate.id === orderId);
  if (order === undefined) return null;
  needs(context, 'order', 'read_orders');
  return orderOf(context, order);
}
