import type { FakeShop } from '../fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../server.ts';
import { dated } from './dated.ts';
import { inStock, type PeakLot, type PeakModel, type PeakProduct } from './peakwms-model.ts';

const base = '/api/integration/v1/';
const perMinute = 240;

/** An error in PeakWMS's own form. */
const problem = (status: number, message: string, errorCode: string): FakeResponse => ({
  status,
  body: { message, messageKey: null, parameters: null, errorCode, translateParams: false },
});

/**
 * The public API of PeakWMS over a model, as the public clients know it: Bearer key, lists by key set, the older list
 * with `updatedAfter`, 240 calls a minute.
 */
export function makePeakWmsDialect(model: PeakModel): Dialect {
  const calls: number[] = [];
  const slowDown = (shop: FakeShop): FakeResponse => ({
    ...problem(429, 'API calls quota exceeded! maximum admitted 240 per 1m.', '429'),
    headers: shop.temper.retryAfter === undefined ? {} : { 'retry-after': shop.temper.retryAfter },
  });
  return {
    slowDown,
    answer: (request, shop) => {
      if (!request.path.startsWith(base)) return { status: 404, body: '' };
      if (request.headers.authorization !== `Bearer ${model.key}`) return { status: 401, body: '' };
      const now = model.now();
      calls.push(now);
      while ((calls[0] ?? now) <= now - 60_000) calls.shift();
      if (calls.length > perMinute) {
        shop.memory.throttled += 1;
        return slowDown(shop);
      }
      if (model.faults.refusal !== undefined) return problem(400, model.faults.refusal, '4148');
      return dated(answer(request, shop, model), shop, now);
    },
  };
}

function answer(request: FakeRequest, shop: FakeShop, model: PeakModel): FakeResponse {
  const [list = '', one] = request.path.slice(base.length).split('/').map(decodeURIComponent);
  if (request.method !== 'GET') return problem(400, 'This simulation is read only', '1');
  if (list === 'ping') return { status: 200, body: '' };
  const { faults } = model;
  const { goods, lots } = shop.temper.emptyCatalog ? { goods: [], lots: [] } : model.inOrder();
  if (list === 'product') {
    if (one === 'keySet')
      return keySet(request, shop, {
        items: faults.leavesOut.size === 0 ? goods : goods.filter(({ id }) => !faults.leavesOut.has(id)),
        idOf: ({ id }) => id,
        rowOf: productRow(shop, model),
      });
    if (one === undefined) return faults.noChangedList ? gone : changed(request, shop, { goods, model });
    const variants = goods.filter(({ productId }) => productId === one);
    return variants.length === 0 ? gone : { status: 200, body: variants.map(productRow(shop, model)) };
  }
  if (list === 'stock' && one === 'keySet')
    return keySet(request, shop, { items: lots, idOf: ({ lot }) => lot.id, rowOf: stockRow(shop, model) });
  if (list === 'stock' && one !== undefined) {
    const own = lots.filter(({ good }) => good.productId === one);
    return { status: 200, body: own.map(stockRow(shop, model)) };
  }
  return gone;
}

const gone: FakeResponse = { status: 404, body: '' };

type Row = { readonly id: number } & Readonly<Record<string, unknown>>;
const rowsOf = <Item>(items: readonly Item[], row: (item: Item) => Row): readonly Row[] =>
  items.map(row).sort((a, b) => a.id - b.id);

/** As a serializer writes it that leaves out nulls. */
const withoutNulls = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;

const envelope = (page: number, pageSize: number, total: number, data: readonly Row[]): FakeResponse => ({
  status: 200,
  body: { page, pageSize, totalRecords: total, data },
});

type KeySet<Item> = {
  /** By id. */
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => number;
  readonly rowOf: (item: Item) => Row;
};

function keySet<Item>({ query }: FakeRequest, shop: FakeShop, { items, idOf, rowOf }: KeySet<Item>): FakeResponse {
  const pageSize = Number(query.get('PageSize') ?? 100);
  if (pageSize > 250) return problem(400, 'PageSize cannot be larger than 250', '4001');
  const after = shop.temper.forgetPage ? 0 : Number(query.get('LastId') ?? 0);
  const size = shop.temper.shortPages ? Math.max(1, Math.floor(pageSize / 100)) : pageSize;
  const from = firstAfter(items, after, idOf);
  return envelope(0, pageSize, items.length, items.slice(from, from + size).map(rowOf));
}

/** Where the items begin whose id is larger; by halves, since a large warehouse is asked a thousand times. */
function firstAfter<Item>(items: readonly Item[], after: number, idOf: (item: Item) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && idOf(item) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

function changed(
  { query }: FakeRequest,
  shop: FakeShop,
  { goods, model }: { readonly goods: readonly PeakProduct[]; readonly model: PeakModel },
): FakeResponse {
  const page = Number(query.get('Page') ?? 0);
  const pageSize = Number(query.get('PageSize') ?? 100);
  if (pageSize > 100) return problem(400, 'PageSize cannot be larger than 100', '4001');
  const since = Date.parse(query.get('updatedAfter') ?? '1970-01-01T00:00:00Z');
  if (Number.isNaN(since)) return problem(400, 'updatedAfter is not a date', '4002');
  const rows = rowsOf(
    goods.filter(({ updatedAt }) => updatedAt > since),
    productRow(shop, model),
  );
  return envelope(page, pageSize, rows.length, rows.slice(page * pageSize, (page + 1) * pageSize));
}

const productRow =
  (shop: FakeShop, { faults }: PeakModel) =>
  (good: PeakProduct): Row =>
    (faults.sparse ? withoutNulls : (row: Row) => row)({
      id: good.id,
      createdAt: '2026-10-01T08:00:00.1234567+02:00',
      updatedAt: new Date(good.updatedAt).toISOString(),
      productId: good.productId,
      variantId: good.variantId,
      itemNumber: good.itemNumber,
      description: good.description,
      ean: good.ean,
      state: 10,
      averageCostPrice: 12.5,
      availableToSell: faults.tellsNoFigure.has(good.id)
        ? null
        : shop.temper.brokenRows.has(String(good.id))
          ? 'mange'
          : inStock(good) - good.ordered,
      availableInStock: inStock(good),
      orderedByCustomers: good.ordered,
      vendors: faults.nullVendors ? null : [{ name: 'Nordlys', vendorName: null }],
      allowedAreas: faults.nullVendors ? null : [],
      ...(faults.extraKeys ? { abcClass: { letter: 'A' }, __proto: 1 } : {}),
    });

const stockRow =
  (shop: FakeShop, { faults }: PeakModel) =>
  ({ good, lot }: { readonly good: PeakProduct; readonly lot: PeakLot }): Row => ({
    id: lot.id,
    productId: good.productId,
    variantId: good.variantId,
    itemNumber: good.itemNumber,
    quantity: shop.temper.brokenRows.has(String(lot.id)) ? {} : lot.quantity,
    reservedQuantity: 0,
    ...(faults.sparse ? {} : { availableQuantity: lot.quantity, locationCode: lot.locationCode }),
  });
