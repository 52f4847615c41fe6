import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { instantOf } from '../../domain/ids.ts';
import type { RawRequest, ShopSignal, Subscription, WebhookDriver } from '../../ports/platform.ts';
import { flag, id, line, readRows } from '../decode.ts';
import { jsonInBody } from '../json/json-in-body.ts';
import { type BigCommerceApi, makeApi } from './api.ts';
import { isId } from './schema.ts';

/** Everything that the store tells and that leads to a product. */
const topics = [
  'store/product/created',
  'store/product/updated',
  'store/product/deleted',
  'store/product/inventory/updated',
  'store/product/inventory/order/updated',
  'store/sku/created',
  'store/sku/updated',
  'store/sku/deleted',
  'store/sku/inventory/updated',
  'store/sku/inventory/order/updated',
  'store/order/created',
] as const;

/** The header that a hook is asked to send along: the store signs nothing by itself. */
const header = 'x-bindeled-webhook';

const digest = (text: string): Buffer => createHmac('sha256', 'bindeled').update(text).digest();

/** Compared in constant time, whatever the length of what came. */
const verify = ({ headers }: RawRequest, secret: string): boolean =>
  secret !== '' && headers[header] !== undefined && timingSafeEqual(digest(headers[header]), digest(secret));

const about = z.object({ product_id: id.optional(), variant_id: id.optional() }).optional().catch(undefined);
const bodySchema = z.object({
  scope: z.string(),
  hash: line.optional(),
  created_at: z.number().optional().catch(undefined),
  data: z.object({ id: id.optional().catch(undefined), inventory: about, sku: about }),
});

function signals({ body }: RawRequest): readonly ShopSignal[] {
  const read = bodySchema.safeParse(jsonInBody(body));
  if (!read.success) return [];
  const { scope, hash, created_at: at, data } = read.data;
  const common = { deliveryId: hash, at: at === undefined || at > 8.64e12 ? undefined : instantOf(at * 1000) };
  if (scope.startsWith('store/order/')) return [{ kind: 'order', ...common }];
  const ofSku = scope.startsWith('store/sku/');
  if (!ofSku && !scope.startsWith('store/product/')) return [];
  // The id of a SKU is another number than that of the variant: the product it belongs to is what is asked for.
  const { product_id: owner, variant_id: shopVariantId } = data.inventory ?? data.sku ?? {};
  const shopProductId = owner ?? (ofSku ? undefined : data.id);
  if (shopProductId === undefined || !isId(shopProductId)) return [];
  return [{ kind: kindOf(scope), shopProductId, shopVariantId, ...common }];
}

function kindOf(scope: string): ShopSignal['kind'] {
  if (scope.includes('/inventory/')) return 'stock';
  // A variant that went changes its product, which is still there.
  return scope === 'store/product/deleted' ? 'deleted' : 'changed';
}

const hookSchema = z.object({ id, scope: line.optional(), destination: line.optional(), is_active: flag.optional() });

async function list(api: BigCommerceApi, signal: AbortSignal): Promise<readonly Subscription[]> {
  const query = { limit: '250' };
  const { rows } = await api.list({ path: 'v3/hooks', query, doing: 'reading webhooks' }, signal);
  return readRows(hookSchema, rows).rows.map((hook) => ({
    id: hook.id,
    topic: hook.scope ?? '',
    url: hook.destination ?? '',
    active: hook.is_active === true,
  }));
}

async function unsubscribe(api: BigCommerceApi, hookId: string, signal: AbortSignal): Promise<void> {
  const doing = 'removing a webhook';
  if (!isId(hookId)) throw api.trouble('not-found', { doing, found: 'there is no such webhook' });
  const answer = await api.ask({ method: 'DELETE', path: `v3/hooks/${hookId}`, doing }, signal);
  // Gone already is as good.
  if (!answer.ok && (answer.problem.status !== 404 || answer.problem.said === undefined)) throw answer.error;
}

async function subscribe(
  api: BigCommerceApi,
  { url, secret }: { readonly url: URL; readonly secret: string },
  signal: AbortSignal,
): Promise<readonly Subscription[]> {
  const doing = 'adding a webhook';
  if (url.protocol !== 'https:' || (url.port !== '' && url.port !== '443')) {
    throw api.trouble('refused', { doing, found: 'BigCommerce delivers over https on port 443 only' });
  }
  // What stands may bear an older secret: it is told the new one, and one that was switched off is switched on.
  const own = (await list(api, signal)).filter((hook) => hook.url === url.href);
  for (const scope of topics) {
    const json = { scope, destination: url.href, is_active: true, headers: { [header]: secret } };
    const standing = own.find((hook) => hook.topic === scope);
    const path = standing === undefined ? 'v3/hooks' : `v3/hooks/${standing.id}`;
    await api.must({ method: standing === undefined ? 'POST' : 'PUT', path, json, doing }, signal);
  }
  return (await list(api, signal)).filter((hook) => hook.url === url.href);
}

/** BigCommerce's webhooks, with a secret of ours in a header. */
export const webhooks: WebhookDriver = {
  verify,
  signals,
  connect: (input) => {
    const api = makeApi(input);
    return {
      list: (signal) => list(api, signal),
      subscribe: (url, secret, signal) => subscribe(api, { url, secret }, signal),
      unsubscribe: (hookId, signal) => unsubscribe(api, hookId, signal),
    };
  },
  silence: {
    da: 'BigCommerce slår en webhook fra, når levering er fejlet i 48 timer, eller den ikke er brugt i 90 dage.',
    en: 'BigCommerce switches a webhook off after 48 hours of failed deliveries, or 90 days without any.',
  },
};
