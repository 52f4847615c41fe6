import { parse as parseLossless } from 'lossless-json';
import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import type { FakeVariant } from '../shelf.ts';
import { problem } from './lists.ts';
import { managing, type Post, productRow, variationRow } from './rows.ts';

type Change = {
  readonly id?: number | string | bigint;
  readonly stock_quantity?: unknown;
  readonly manage_stock?: unknown;
  readonly status?: unknown;
  readonly type?: unknown;
  readonly regular_price?: unknown;
};

/** Writes one post and shows it, as PUT, PATCH and POST on an item all do. Every write moves the dates. */
export function write(shop: FakeShop, post: Post, change: Change): FakeResponse {
  const id = post.variation?.id ?? post.product.id;
  if (shop.temper.failItems.has(id)) return problem(400, 'plugin_refused', 'This product may not be changed.');
  if (change.stock_quantity !== undefined && wholeNumber(change.stock_quantity) === undefined) {
    return problem(400, 'rest_invalid_param', 'Invalid parameter(s): stock_quantity', {
      params: { stock_quantity: 'stock_quantity is not of type integer.' },
    });
  }
  if (change.regular_price !== undefined && typeof change.regular_price !== 'string') {
    return problem(400, 'rest_invalid_param', 'Invalid parameter(s): regular_price', { params: {} });
  }
  const carrier = post.variation ?? (post.product.kind === 'variable' ? undefined : post.product.variants[0]);
  takeSettings(shop, post, change);
  writeStock(shop, { post, carrier }, wholeNumber(change.stock_quantity));
  const shown =
    post.variation === undefined
      ? productRow(shop, post)
      : variationRow(shop, { product: post.product, variation: post.variation });
  return { status: 200, body: shown };
}

function takeSettings(shop: FakeShop, { product, variation }: Post, change: Change): void {
  const carrier = variation ?? product.variants[0];
  if (typeof change.manage_stock === 'boolean' && carrier !== undefined) carrier.tracked = change.manage_stock;
  // Commas and words vanish, and with them the price.
  if (typeof change.regular_price === 'string' && carrier !== undefined) {
    carrier.price = change.regular_price.replace(/[^\d.]/g, '');
  }
  // Its variations are deleted at once, and nobody is asked.
  if (change.type === 'simple' && product.kind === 'variable') shop.makeSimple(product.id);
  if (change.status === 'trash') shop.trash(product.id);
  else if (typeof change.status === 'string')
    shop.setStatus(product.id, change.status === 'publish' ? 'active' : change.status);
}

/** What is not counted here ignores the figure, and says 200. */
function writeStock(
  shop: FakeShop,
  place: { readonly post: Post; readonly carrier: FakeVariant | undefined },
  quantity: number | undefined,
): void {
  const { post, carrier } = place;
  const counted = managing(shop, post) === true;
  if (quantity !== undefined && counted) shop.writeQuantity(post.product, carrier, quantity);
  else if (post.variation === undefined) shop.edit(post.product.id, {});
  else shop.editVariant(post.variation.id, {});
}

function wholeNumber(value: unknown): number | undefined {
  if (value === null) return 0;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** A body whose large numbers keep all their digits, as in PHP. */
export function parseBody(body: string): Change & { update?: Change[]; create?: unknown[]; delete?: unknown[] } {
  if (!/\d{16}/.test(body)) return JSON.parse(body);
  return parseLossless(body, undefined, (digits) =>
    Number.isSafeInteger(Number(digits)) || !/^\d+$/.test(digits) ? Number(digits) : BigInt(digits),
  ) as ReturnType<typeof parseBody>;
}

export type BatchOrder = { readonly body: string; readonly productId?: string };

/** `products/batch` and `products/{id}/variations/batch`: status 200 whatever became of the items. */
export function writeBatch(shop: FakeShop, { body, productId }: BatchOrder): FakeResponse {
  let sent: { update?: Change[]; create?: unknown[]; delete?: unknown[] };
  try {
    sent = parseBody(body);
  } catch {
    return problem(400, 'rest_invalid_json', 'Invalid JSON body passed.');
  }
  const items = (sent.update ?? []).length + (sent.create ?? []).length + (sent.delete ?? []).length;
  if (items > 100) {
    const message = 'Unable to accept more than 100 items for this request.';
    return problem(413, 'woocommerce_rest_request_entity_too_large', message);
  }
  const update = (sent.update ?? []).map((change) => {
    const post = postFor(shop, String(change.id), productId);
    if (post === undefined) return failure(change.id, invalidId(400));
    const answer = write(shop, post, change);
    return answer.status === 200 ? answer.body : failure(change.id, answer);
  });
  return { status: 200, body: update.length === 0 ? {} : { update } };
}

export const invalidId = (status: number): FakeResponse =>
  problem(status, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');

const failure = (id: Change['id'], answer: FakeResponse) => ({ id, error: answer.body });

/** A batch does not check whose variation it is: it moves it under the product it was sent to. */
function postFor(shop: FakeShop, id: string, productId: string | undefined): Post | undefined {
  if (productId === undefined) {
    const product = shop.find(id);
    return product === undefined ? undefined : { product };
  }
  const holder = shop.shelf.find(({ kind, variants }) => kind === 'variable' && variants.some((one) => one.id === id));
  if (holder === undefined || shop.find(productId) === undefined) return undefined;
  if (holder.id !== productId) shop.moveVariant(id, productId);
  const { product, variant } = shop.place(id);
  return { product, variation: variant };
}
