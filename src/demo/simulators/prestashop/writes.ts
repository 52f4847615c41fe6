import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import { refusal } from './lists.ts';
import { type Row, type StockThing, stockId, stockRow, stockThings } from './rows.ts';

/** What a write did that no reading would expect: rows that their shop no longer sees, sums that lie. */
export type StockDamage = { readonly lost: Set<number>; readonly sums: Map<object, number> };
const damage = new WeakMap<FakeShop, StockDamage>();
export const damageOf = (shop: FakeShop): StockDamage => {
  const known = damage.get(shop) ?? { lost: new Set<number>(), sums: new Map<object, number>() };
  damage.set(shop, known);
  return known;
};

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'stock_available' });
const largest = 2_147_483_647;

/**
 * PATCH and PUT on rows of stock. The id in the body counts, whatever the path says; of several rows those before
 * the first bad one are written, and the answer shows the last.
 */
export function writeStock(shop: FakeShop, method: string, body: string): FakeResponse {
  if (body.trim() === '') return refusal(500, [127, 'String could not be parsed as XML']);
  if (XMLValidator.validate(body) !== true || !body.trimStart().startsWith('<')) {
    return refusal(500, [3, '[PHP Warning #2] SimpleXMLElement::__construct(): Entity: line 1: parser error']);
  }
  const rows: readonly Row[] = parser.parse(body).prestashop?.stock_available ?? [];
  let last: FakeResponse = refusal(400, [90, 'No entity was sent']);
  for (const row of rows) {
    last = writeRow(shop, method, row);
    if (last.status !== 200) return last;
  }
  return last;
}

const requiredOnPut = ['id_product', 'id_product_attribute', 'quantity', 'depends_on_stock', 'out_of_stock'];

function writeRow(shop: FakeShop, method: string, row: Row): FakeResponse {
  const thing = stockThings(shop).find((one) => stockId(shop, one.thing) === Number(row.id));
  if (thing === undefined) return refusal(404, [92, `stock_available ${String(row.id)} does not exist`]);
  const missing = method === 'PUT' ? requiredOnPut.find((name) => row[name] === undefined) : undefined;
  if (missing !== undefined) return refusal(400, [41, `parameter "${missing}" required`]);
  const { failItems } = shop.temper;
  if (failItems.has(thing.variant?.id ?? thing.product.id)) return refusal(400, [85, 'Validation error: refused']);
  const quantity = row.quantity === undefined ? undefined : String(row.quantity);
  if (quantity !== undefined && (!/^(0|-?[1-9]\d*)$/.test(quantity) || Math.abs(Number(quantity)) > largest)) {
    return refusal(400, [85, 'Validation error: "Property StockAvailable->quantity is not valid"']);
  }
  if (method === 'PUT' && row.id_shop === undefined) damageOf(shop).lost.add(Number(row.id));
  if (quantity !== undefined) take(shop, thing, Number(quantity));
  return { status: 200, body: { stock_available: stockRow(shop, thing, 1) } };
}

function take(shop: FakeShop, { product, variant }: StockThing, quantity: number): void {
  const { sums } = damageOf(shop);
  if (variant === undefined && product.kind === 'variable') {
    sums.set(product, quantity);
    return;
  }
  const own = variant ?? product.variants[0];
  sums.delete(product);
  if (own !== undefined) shop.writeQuantity(product, own, quantity);
}
