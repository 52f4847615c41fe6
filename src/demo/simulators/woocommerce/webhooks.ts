import { createHmac } from 'node:crypto';
import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import { problem } from './lists.ts';
import { productRow } from './rows.ts';

/** A webhook as WooCommerce keeps it. Its secret goes in and is never shown again. */
export type FakeHook = {
  readonly id: number;
  name: string;
  topic: string;
  delivery_url: string;
  status: 'active' | 'paused' | 'disabled';
  secret: string;
  failures: number;
};

const hooks = new WeakMap<FakeShop, FakeHook[]>();
const hooksOf = (shop: FakeShop): FakeHook[] => {
  const own = hooks.get(shop) ?? [];
  hooks.set(shop, own);
  return own;
};

const shown = ({ secret, failures, ...hook }: FakeHook) => ({ ...hook, date_created: '2026-11-01T08:00:00' });

export const hookAt = (shop: FakeShop, id: string | undefined): FakeHook | undefined =>
  hooksOf(shop).find((hook) => String(hook.id) === id);

/** Newest first, a page at a time. */
export function listHooks(shop: FakeShop, query: URLSearchParams): FakeResponse {
  const size = Math.min(100, Number(query.get('per_page') ?? 10));
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  const rows = hooksOf(shop).toReversed();
  return { status: 200, body: rows.slice(from, from + size).map(shown) };
}

const topics = /^(product|order|customer|coupon)\.(created|updated|deleted|restored)$|^action\.\w+$/;

export function addHook(shop: FakeShop, body: string): FakeResponse {
  const given = JSON.parse(body) as Partial<FakeHook>;
  if (!topics.test(given.topic ?? '')) {
    return problem(400, 'woocommerce_rest_invalid_webhook_topic', 'Webhook topic is required and must be valid.');
  }
  if (!/^https?:\/\//.test(given.delivery_url ?? '')) {
    const message = 'Webhook delivery URL must be a valid URL starting with http:// or https://.';
    return problem(400, 'woocommerce_rest_invalid_webhook_delivery_url', message);
  }
  const hook: FakeHook = {
    id: hooksOf(shop).reduce((last, { id }) => Math.max(last, id), 0) + 1,
    name: given.name ?? '',
    topic: given.topic ?? '',
    delivery_url: given.delivery_url ?? '',
    status: given.status ?? 'active',
    secret: given.secret ?? '',
    failures: 0,
  };
  hooksOf(shop).push(hook);
  return { status: 201, body: shown(hook) };
}

export function changeHook(shop: FakeShop, id: string | undefined, body: string): FakeResponse {
  const hook = hookAt(shop, id);
  if (hook === undefined) return problem(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
  const { name, topic, delivery_url, status, secret } = JSON.parse(body) as Partial<FakeHook>;
  const given = Object.entries({ name, topic, delivery_url, status, secret }).filter(
    ([, value]) => value !== undefined,
  );
  Object.assign(hook, Object.fromEntries(given), status === 'active' ? { failures: 0 } : {});
  return { status: 200, body: shown(hook) };
}

/** Webhooks have no trash: without `force` nothing is removed. */
export function removeHook(shop: FakeShop, id: string | undefined, force: boolean): FakeResponse {
  const hook = hookAt(shop, id);
  if (hook === undefined) return problem(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
  if (!force) return problem(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');
  hooks.set(
    shop,
    hooksOf(shop).filter((one) => one !== hook),
  );
  return { status: 200, body: shown(hook) };
}

let deliveries = 0;

/**
 * Delivers what happened to a product, as WP-Cron does, to every active hook of the topic; answers with the statuses.
 * After five failures in a row a hook is disabled.
 */
export async function deliverHooks(shop: FakeShop, topic: string, productId: string): Promise<readonly number[]> {
  const product = shop.find(productId);
  const body = JSON.stringify(product === undefined ? { id: Number(productId) } : productRow(shop, { product }));
  const statuses: number[] = [];
  for (const hook of hooksOf(shop).filter((one) => one.topic === topic && one.status === 'active')) {
    deliveries += 1;
    const status = await post(hook, topic, body);
    statuses.push(status);
    hook.failures = status >= 200 && status < 400 ? 0 : hook.failures + 1;
    if (hook.failures >= 5) hook.status = 'disabled';
  }
  return statuses;
}

async function post(hook: FakeHook, topic: string, body: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': topic.split('.')[0] ?? '',
    'x-wc-webhook-event': topic.split('.')[1] ?? '',
    'x-wc-webhook-signature': createHmac('sha256', hook.secret).update(body, 'utf8').digest('base64'),
    'x-wc-webhook-id': String(hook.id),
    'x-wc-webhook-delivery-id': `delivery-${deliveries}`,
  };
  try {
    return (await fetch(hook.delivery_url, { method: 'POST', headers, body })).status;
  } catch {
    return 0;
  }
}
