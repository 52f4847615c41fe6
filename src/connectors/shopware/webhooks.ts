import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { instantOf } from '../../domain/ids.ts';
import type { RawRequest, ShopSignal, Subscription, WebhookDriver } from '../../ports/platform.ts';
import { id, line, readRows } from '../decode.ts';
import { jsonInBody } from '../json/json-in-body.ts';
import { makeApi, type ShopwareApi } from './api.ts';
import { isId } from './schema.ts';

/** Everything that Shopware tells and that leads to a product. */
const topics = ['product.written', 'product.deleted', 'checkout.order.placed'] as const;

const hmac = (secret: string, body: Uint8Array | string): string =>
  createHmac('sha256', secret).update(body).digest('hex');

const equal = (given: string, right: string): boolean => {
  const bytes = Buffer.from(given, 'utf8');
  const wanted = Buffer.from(right, 'utf8');
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
};

/** The last part of the address that a hook without an app is sent to: nobody but the shop is told it. */
const addressKey = (secret: string): string => hmac(secret, 'bindeled webhook address');

/**
 * A hook that belongs to an app is signed: HMAC-SHA256 over the raw body, in hexadecimal. One without an app, as an
 * integration can make it, bears no signature, so its address holds what proves where it comes from.
 */
function verify(request: RawRequest, secret: string): boolean {
  if (secret === '') return false;
  const signature = request.headers['shopware-shop-signature'];
  if (signature !== undefined) return equal(signature.trim().toLowerCase(), hmac(secret, request.body));
  return equal(request.path.split('/').at(-1) ?? '', addressKey(secret));
}

const written = z.object({
  entity: line.optional(),
  operation: line.optional(),
  primaryKey: id,
  updatedFields: z.array(z.string()).optional().catch(undefined),
  versionId: line.optional(),
});

/** What is sold. Drafts and the copies that orders keep are versions of their own. */
const liveVersion = '0fa91ce3e96a4bc2be4bd9ce752c3425';
const isLive = ({ versionId }: z.infer<typeof written>): boolean => (versionId ?? liveVersion) === liveVersion;
const bodySchema = z.object({
  data: z.object({ event: line.optional(), payload: z.unknown() }),
  source: z.object({ eventId: line.optional() }).optional().catch(undefined),
  timestamp: z.number().optional().catch(undefined),
});

const stockFields = new Set(['stock', 'availableStock', 'available', 'sales', 'id', 'updatedAt', 'versionId']);

function signals(request: RawRequest): readonly ShopSignal[] {
  const read = bodySchema.safeParse(jsonInBody(request.body));
  if (!read.success) return [];
  const { data, source, timestamp } = read.data;
  const common = {
    deliveryId: source?.eventId,
    at: timestamp === undefined || timestamp > 8.64e12 ? undefined : instantOf(timestamp * 1000),
  };
  if (data.event === 'checkout.order.placed') return [{ kind: 'order', ...common }];
  if (data.event !== 'product.written' && data.event !== 'product.deleted') return [];
  const { rows } = readRows(written, Array.isArray(data.payload) ? data.payload : []);
  return rows
    .filter((row) => (row.entity ?? 'product') === 'product' && isId(row.primaryKey) && isLive(row))
    .map((row) => ({ kind: kindOf(data.event, row), shopProductId: row.primaryKey, ...common }));
}

function kindOf(event: string | undefined, row: z.infer<typeof written>): ShopSignal['kind'] {
  if (event === 'product.deleted' || row.operation === 'delete') return 'deleted';
  const fields = row.updatedFields ?? [];
  return fields.includes('stock') && fields.every((field) => stockFields.has(field)) ? 'stock' : 'changed';
}

const hookSchema = z.object({ id, eventName: line.optional(), url: line.optional(), active: z.boolean().catch(true) });

async function list(api: ShopwareApi, signal: AbortSignal): Promise<readonly Subscription[]> {
  const criteria = { limit: 500, includes: { webhook: ['id', 'eventName', 'url', 'active'] } };
  const { rows } = await api.search({ entity: 'webhook', criteria, doing: 'reading webhooks' }, signal);
  return readRows(hookSchema, rows).rows.map((hook) => ({
    id: hook.id,
    topic: hook.eventName ?? '',
    url: hook.url ?? '',
    active: hook.active,
  }));
}

async function unsubscribe(api: ShopwareApi, hookId: string, signal: AbortSignal): Promise<void> {
  const doing = 'removing a webhook';
  if (!isId(hookId)) throw api.trouble('not-found', { doing, found: 'there is no such webhook' });
  const answer = await api.ask({ method: 'DELETE', path: `webhook/${hookId}`, doing }, signal);
  // Gone already is as good.
  if (!answer.ok && answer.problem.code !== 'FRAMEWORK__RESOURCE_NOT_FOUND') {
    throw api.errorOf(answer.problem, answer.reply);
  }
}

async function subscribe(
  api: ShopwareApi,
  order: { readonly url: URL; readonly secret: string },
  signal: AbortSignal,
): Promise<readonly Subscription[]> {
  const url = `${order.url.href.replace(/\/+$/, '')}/${addressKey(order.secret)}`;
  const own = (await list(api, signal)).filter((hook) => hook.url === url);
  // One that the shop switched off stays off for ever: it is made anew.
  for (const hook of own) if (!hook.active) await unsubscribe(api, hook.id, signal);
  const standing = new Set(own.filter((hook) => hook.active).map((hook) => hook.topic));
  for (const eventName of topics.filter((topic) => !standing.has(topic))) {
    const json = {
      name: `bindeled ${eventName} ${addressKey(order.secret).slice(0, 8)}`,
      eventName,
      url,
      active: true,
    };
    await api.must({ method: 'POST', path: 'webhook', json, doing: 'adding a webhook' }, signal);
  }
  return (await list(api, signal)).filter((hook) => hook.url === url);
}

/** Shopware's webhooks, by its own entity: no app is needed. */
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
    da: 'Shopware slår en webhook fra efter ti fejl i træk, og ordrer flytter lagertal uden at melde det.',
    en: 'Shopware switches a webhook off after ten failures in a row, and orders move stock without telling.',
  },
};
