import type { FakeShop } from '../fake-shop.ts';
import type { FakeRequest, FakeResponse } from '../server.ts';
import type { FakeProduct, FakeVariant } from '../shelf.ts';
import { failure } from './criteria.ts';
import type { ShopwareOptions } from './rows.ts';

type Operation = {
  readonly action?: string;
  readonly entity?: string;
  readonly payload?: readonly Readonly<Record<string, unknown>>[];
};

type Place = { readonly product: FakeProduct; readonly variant: FakeVariant | undefined };

function placeOf(shop: FakeShop, id: unknown): Place | undefined {
  for (const product of shop.shelf) {
    if (product.id === id) return { product, variant: product.kind === 'variable' ? undefined : product.variants[0] };
    const variant = product.kind === 'variable' ? product.variants.find((one) => one.id === id) : undefined;
    if (variant !== undefined) return { product, variant };
  }
  return undefined;
}

const refused = (at: number, field: string, code: string, detail: string): FakeResponse =>
  failure(400, code, detail, { source: { pointer: `/write_data/${at}/${field}` } });

/** Why a row of an upsert cannot be written. One that is not there is made, and lacks everything that a product needs. */
function complaintAbout(shop: FakeShop, row: Readonly<Record<string, unknown>>, at: number): FakeResponse | undefined {
  const place = placeOf(shop, row.id);
  if (place === undefined)
    return refused(at, 'name', 'c1051bb4-1103-4974-8973-15e4f7f5b0b6', 'This value should not be blank.');
  if (shop.temper.failItems.has(String(row.id)))
    return refused(at, 'stock', 'PLUGIN__LOCKED', 'This product may not be changed.');
  if (typeof row.stock !== 'number' || !Number.isInteger(row.stock)) {
    return refused(at, 'stock', 'ba785a8c-82cb-4283-967c-3cf342181b40', 'This value should be of type int.');
  }
  return undefined;
}

/**
 * `POST _action/sync`: all of it in one transaction, or an error and nothing. `fail-on-error` changes nothing any
 * more, and status 200 says that it was taken, whatever a plug-in made of it.
 */
export function sync(call: {
  readonly request: FakeRequest;
  readonly shop: FakeShop;
  readonly options: ShopwareOptions;
}): FakeResponse {
  const { request, shop, options } = call;
  const operations: Operation[] = Object.values(JSON.parse(request.body));
  const rows = operations.flatMap(({ action, entity, payload = [] }) =>
    action === 'upsert' && entity === 'product' ? payload : [],
  );
  for (const [at, row] of rows.entries()) {
    const complaint = complaintAbout(shop, row, at);
    if (complaint !== undefined) return complaint;
  }
  for (const row of rows) {
    const place = placeOf(shop, row.id);
    if (place === undefined || options.stockElsewhere === true) continue;
    const open = options.openOrders?.[String(row.id)] ?? 0;
    shop.writeQuantity(place.product, place.variant, Number(row.stock) - open);
  }
  return { status: 200, body: { data: { product: rows.map((row) => row.id) }, notFound: [], deleted: [] } };
}
