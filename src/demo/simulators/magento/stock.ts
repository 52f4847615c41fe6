import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import { carrierOf, type Entity, entitiesOf, type Row, skuOf } from './rows.ts';
import { problem } from './search.ts';

/** A row of one source. Rows are of numbers, not of products: they need none, and outlive theirs. */
type Held = { readonly sku: string; readonly source: string; quantity: number; status: number };

const rowsOf = new WeakMap<FakeShop, Map<string, Held>>();
const statuses = new WeakMap<FakeShop, Map<string, number>>();

export const sourceCodes = (shop: FakeShop): readonly string[] =>
  shop.locations.map(({ id }) => (id === '1' ? 'default' : `source-${id}`));
const locationOf = (source: string): string => (source === 'default' ? '1' : source.replace('source-', ''));

const folded = (sku: string): string => sku.trim().toLowerCase();
const key = (sku: string, source: string): string => `${folded(sku)} ${source}`;

/** Every row there is: those of products as they are now, and those that were left behind. */
function refreshed(shop: FakeShop): Map<string, Held> {
  const rows = rowsOf.get(shop) ?? new Map<string, Held>();
  rowsOf.set(shop, rows);
  for (const entity of entitiesOf(shop)) {
    const own = carrierOf(entity);
    if (own === undefined) continue;
    for (const source of sourceCodes(shop)) {
      const place = locationOf(source);
      const quantity = place === '1' ? own.quantity : own.elsewhere[place];
      if (quantity === undefined) continue;
      const sku = skuOf(entity);
      const status = statuses.get(shop)?.get(key(sku, source)) ?? (quantity > 0 ? 1 : 0);
      rows.set(key(sku, source), { sku, source, quantity, status });
    }
  }
  return rows;
}

export const sourceItemRows = (shop: FakeShop): readonly Row[] =>
  [...refreshed(shop).values()].map(({ sku, source, quantity, status }) => ({
    sku,
    source_code: source,
    quantity,
    status,
  }));

type Sent = {
  readonly sku?: unknown;
  readonly source_code?: unknown;
  readonly quantity?: unknown;
  readonly status?: unknown;
};

/**
 * `POST inventory/source-items`: `[]`, whatever was sent. Numbers that no product has get rows, negatives, halves,
 * parents and what is not counted are taken, and one bad row keeps all back.
 */
export function writeSourceItems(shop: FakeShop, body: string): FakeResponse {
  let sent: { readonly sourceItems?: readonly Sent[] };
  try {
    sent = JSON.parse(body);
  } catch {
    return problem(400, 'Decoding error.');
  }
  const items = sent.sourceItems ?? [];
  if (items.length === 0) return problem(400, 'Input data is empty');
  const entities = new Map(entitiesOf(shop).map((entity) => [folded(skuOf(entity)), entity]));
  for (const item of items) {
    const bad = refusalOf(shop, item, entities.get(folded(String(item.sku))));
    if (bad !== undefined) return bad;
  }
  for (const item of items) take(shop, item, entities.get(folded(String(item.sku))));
  return { status: 200, body: [] };
}

function refusalOf(shop: FakeShop, item: Sent, entity: Entity | undefined): FakeResponse | undefined {
  const { failItems } = shop.temper;
  const isFailing = entity !== undefined && failItems.has(entity.variant?.id ?? entity.product.id);
  if (isFailing || !sourceCodes(shop).includes(String(item.source_code))) {
    return problem(400, 'Could not save Source Item');
  }
  if (item.quantity === undefined || item.status === undefined) {
    return {
      status: 400,
      body: { message: 'Validation Failed', errors: [{ message: '"%field" should be numeric.' }] },
    };
  }
  return typeof item.quantity === 'number' ? undefined : problem(400, 'The "%1" value\'s type is invalid.', ['string']);
}

function take(shop: FakeShop, item: Sent, entity: Entity | undefined): void {
  const source = String(item.source_code);
  const sku = entity === undefined ? String(item.sku) : skuOf(entity);
  const quantity = Number(item.quantity);
  const own = entity === undefined ? undefined : carrierOf(entity);
  const said = statuses.get(shop) ?? new Map<string, number>();
  statuses.set(shop, said.set(key(sku, source), Number(item.status)));
  if (entity === undefined || own === undefined) {
    refreshed(shop).set(key(sku, source), { sku, source, quantity, status: Number(item.status) });
  } else if (source === 'default') shop.writeQuantity(entity.product, own, quantity);
  else own.elsewhere[locationOf(source)] = quantity;
}
