import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import { carrierOf, type Entity, entitiesOf, type Row, skuOf } from './rows.ts';
import { problem } from './search.ts';

const folded = (sku: string): string => sku.trim().toLowerCase();
const idOf = ({ product, variant }: Entity): string => variant?.id ?? product.id;

/** What a person said of "in stock", where it is not what the figure says: it does not follow the figure up by itself. */
const saidOut = new WeakMap<FakeShop, Set<string>>();

/** The older API's view of one product: the default source's figure, and whether it is counted. */
function itemRow(shop: FakeShop, entity: Entity): Row {
  const own = carrierOf(entity);
  const isCounted = own?.tracked !== false;
  return {
    item_id: Number(idOf(entity)) + 5000,
    product_id: Number(idOf(entity)),
    stock_id: 1,
    qty: own?.quantity ?? 0,
    is_in_stock: (own?.quantity ?? 0) > 0 && saidOut.get(shop)?.has(idOf(entity)) !== true,
    manage_stock: shop.stockManagement && isCounted,
    use_config_manage_stock: isCounted,
    backorders: 0,
  };
}

const entityWith = (shop: FakeShop, sku: string): Entity | undefined =>
  entitiesOf(shop).find((one) => folded(skuOf(one)) === folded(sku));
const unknown = (): FakeResponse =>
  problem(404, "The product that was requested doesn't exist. Verify the product and try again.");

/** `GET stockItems/{sku}` */
export function stockItem(shop: FakeShop, sku: string): FakeResponse {
  const entity = entityWith(shop, sku);
  return entity === undefined ? unknown() : { status: 200, body: itemRow(shop, entity) };
}

/** `GET stockItems/lowStock/`: what lies below a figure, in no order; beyond the last page it shows the last one again. */
export function lowStock(shop: FakeShop, query: URLSearchParams): FakeResponse {
  const rows = entitiesOf(shop)
    .map((entity) => itemRow(shop, entity))
    .filter(({ qty }) => Number(qty) <= Number(query.get('qty')))
    .reverse();
  const size = Number(query.get('pageSize') ?? 0) || Math.max(1, rows.length);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(last, Math.max(1, Number(query.get('currentPage') ?? 1)));
  const items = rows.slice((page - 1) * size, page * size);
  return { status: 200, body: { items, search_criteria: {}, total_count: rows.length } };
}

type Sent = { readonly stockItem?: { readonly qty?: unknown; readonly is_in_stock?: unknown } };

/** `PUT products/{sku}/stockItems/{id}`: whatever id stands there. Parents and what is not counted are taken, too. */
export function writeStockItem(shop: FakeShop, sku: string, body: string): FakeResponse {
  let sent: Sent;
  try {
    sent = JSON.parse(body);
  } catch {
    return problem(400, 'Decoding error.');
  }
  const entity = entityWith(shop, sku);
  if (entity === undefined) return problem(404, 'Product with SKU "%1" does not exist', [sku]);
  if (shop.temper.failItems.has(idOf(entity))) return problem(400, 'The stock item was unable to be saved.');
  const { qty, is_in_stock: isIn } = sent.stockItem ?? {};
  if (qty !== undefined && typeof qty !== 'number') {
    return problem(400, 'The "%1" value\'s type is invalid. The "%2" type was expected.', [String(qty), 'float']);
  }
  const own = carrierOf(entity);
  // A parent is answered like any other, and keeps nothing.
  if (qty !== undefined && own !== undefined) shop.writeQuantity(entity.product, own, qty);
  const out = saidOut.get(shop) ?? new Set<string>();
  saidOut.set(shop, out);
  if (isIn === false) out.add(idOf(entity));
  if (isIn === true) out.delete(idOf(entity));
  return { status: 200, body: JSON.stringify(Number(idOf(entity)) + 5000) };
}
