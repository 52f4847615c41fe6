import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RawRequest, ShopSignal, Subscription, WebhookDriver } from '../../../ports/platform.ts';
import { id, line, readRows, utcTimestamp } from '../../decode.ts';
import { jsonInBody } from '../../json/json-in-body.ts';
import { makeWooApi, type WooApi } from '../client/api.ts';

/** Everything that the shop tells and that leads to a product. */
const topics = [
  'product.created',
  'product.updated',
  'product.deleted',
  'product.restored',
  'order.created',
  'order.updated',
] as const;

const digest = (text: string): Buffer => createHmac('sha256', 'bindeled').update(text).digest();

/** A new hook is tried with a form that bears its number and no signature; it tells nothing and does nothing. */
const isPing = ({ headers, body }: RawRequest): boolean =>
  headers['x-wc-webhook-signature'] === undefined &&
  body.length < 40 &&
  /^webhook_id=\d+$/.test(Buffer.from(body).toString('latin1'));

/** `X-WC-Webhook-Signature`: HMAC-SHA256 over the raw body, in base64. */
function verify(request: RawRequest, secret: string): boolean {
  if (secret === '') return false;
  const given = request.headers['x-wc-webhook-signature'];
  if (given === undefined) return isPing(request);
  const right = createHmac('sha256', secret).update(request.body).digest('base64');
  return timingSafeEqual(digest(given.trim()), digest(right));
}

const productSchema = z.object({
  id,
  parent_id: z.unknown().optional(),
  date_modified_gmt: utcTimestamp.optional().catch(undefined),
});
const orderSchema = z.object({ line_items: z.array(z.unknown()).optional().catch(undefined) });
const soldSchema = z.object({ product_id: id });

function signals({ headers, body }: RawRequest): readonly ShopSignal[] {
  const topic = headers['x-wc-webhook-topic'] ?? '';
  const deliveryId = headers['x-wc-webhook-delivery-id'];
  const json = jsonInBody(body);
  if (topic.startsWith('order.')) {
    const order = orderSchema.safeParse(json);
    const sold = readRows(soldSchema, order.success ? (order.data.line_items ?? []) : []).rows;
    const ids = [...new Set(sold.map(({ product_id }) => product_id))];
    return ids.length === 0
      ? [{ kind: 'order', deliveryId }]
      : ids.map((shopProductId) => ({ kind: 'stock', shopProductId, deliveryId }));
  }
  const product = productSchema.safeParse(json);
  if (!topic.startsWith('product.') || !product.success || !/^\d+$/.test(product.data.id)) return [];
  // A variation tells of itself; the product it belongs to is what is asked for.
  const parent = id.safeParse(product.data.parent_id);
  const shopProductId = parent.success ? parent.data : product.data.id;
  const kind = topic === 'product.deleted' && !parent.success ? 'deleted' : 'changed';
  return [{ kind, shopProductId, deliveryId, at: product.data.date_modified_gmt }];
}

const hookSchema = z.object({ id, topic: line.optional(), delivery_url: line.optional(), status: line.optional() });
const perPage = 100;

async function list(api: WooApi, signal: AbortSignal): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for (let page = 1; ; page += 1) {
    const query = { per_page: String(perPage), page: String(page) };
    const { rows } = await api.list({ path: 'wc/v3/webhooks', query, doing: 'reading webhooks' }, signal);
    for (const hook of readRows(hookSchema, rows).rows) {
      const { topic = '', delivery_url: url = '', status } = hook;
      found.push({ id: hook.id, topic, url, active: status === 'active' });
    }
    if (rows.length < perPage) return found;
  }
}

async function unsubscribe(api: WooApi, hookId: string, signal: AbortSignal): Promise<void> {
  const doing = 'removing a webhook';
  if (!/^\d+$/.test(hookId)) throw api.trouble('not-found', { doing, found: 'there is no such webhook' });
  const query = { force: 'true' };
  const answer = await api.ask({ method: 'DELETE', path: `wc/v3/webhooks/${hookId}`, query, doing }, signal);
  // Gone already is as good.
  if (!answer.ok && answer.wooError.status !== 404) throw api.errorOf(answer.wooError, answer.reply);
}

type Order = { readonly url: URL; readonly secret: string };

/** What stands is told the secret again and switched on; what is missing is made. */
async function subscribe(api: WooApi, { url, secret }: Order, signal: AbortSignal): Promise<readonly Subscription[]> {
  const own = (await list(api, signal)).filter((hook) => hook.url === url.href);
  for (const topic of topics) {
    const standing = own.find((hook) => hook.topic === topic);
    const json = { name: `bindeled ${topic}`, topic, delivery_url: url.href, secret, status: 'active' };
    const path = standing === undefined ? 'wc/v3/webhooks' : `wc/v3/webhooks/${standing.id}`;
    const method = standing === undefined ? 'POST' : 'PUT';
    await api.must({ method, path, json, doing: 'adding a webhook' }, signal);
  }
  return (await list(api, signal)).filter((hook) => hook.url === url.href);
}

/** WooCommerce's webhooks, each signed with a secret of our own. */
export const webhooks: WebhookDriver = {
  verify,
  signals,
  connect: (input) => {
    const api = makeWooApi(input);
    return {
      list: (signal) => list(api, signal),
      subscribe: (url, secret, signal) => subscribe(api, { url, secret }, signal),
      unsubscribe: (hookId, signal) => unsubscribe(api, hookId, signal),
    };
  },
  silence: {
    da: 'WooCommerce slår en webhook fra efter fem fejl i træk, og sender kun når WP-Cron kører.',
    en: 'WooCommerce switches a webhook off after five failures in a row, and sends only while WP-Cron runs.',
  },
};
