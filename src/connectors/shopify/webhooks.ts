import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RawRequest, ShopSignal, Subscription, WebhookDriver } from '../../ports/platform.ts';
import { id, line, readRows, timestamp } from '../decode.ts';
import { jsonInBody } from '../json/json-in-body.ts';
import { makeRowCounter } from '../reading/reading-bounds.ts';
import type { GraphqlClient } from './client/graphql-client.ts';
import { makeShopifyClient } from './connector.ts';
import type { Document } from './documents.ts';
import { parseShopifyId } from './ids.ts';

/** Everything that the shop tells and that leads to a product; a change of stock changes its product. */
const topics = ['PRODUCTS_CREATE', 'PRODUCTS_UPDATE', 'PRODUCTS_DELETE', 'ORDERS_CREATE'] as const;

const digest = (text: string): Buffer => createHmac('sha256', 'bindeled').update(text).digest();

/** `X-Shopify-Hmac-Sha256`: HMAC-SHA256 over the raw body with the app's secret, in base64. */
function verify({ headers, body }: RawRequest, secret: string): boolean {
  const given = headers['x-shopify-hmac-sha256'];
  if (secret === '' || given === undefined) return false;
  return timingSafeEqual(digest(given.trim()), digest(createHmac('sha256', secret).update(body).digest('base64')));
}

const productSchema = z.object({ id });
const orderSchema = z.object({ line_items: z.array(z.unknown()).optional().catch(undefined) });
const soldSchema = z.object({ product_id: id });

function signals({ headers, body }: RawRequest): readonly ShopSignal[] {
  const topic = headers['x-shopify-topic'] ?? '';
  const at = timestamp.safeParse(headers['x-shopify-triggered-at']);
  const common = { deliveryId: headers['x-shopify-webhook-id'], at: at.success ? at.data : undefined };
  const json = jsonInBody(body);
  if (topic.startsWith('orders/')) {
    const order = orderSchema.safeParse(json);
    const sold = readRows(soldSchema, order.success ? (order.data.line_items ?? []) : []).rows;
    const ids = [...new Set(sold.map(({ product_id }) => product_id))];
    if (ids.length === 0) return [{ kind: 'order', ...common }];
    return ids.map((shopProductId) => ({ kind: 'stock', shopProductId, ...common }));
  }
  const product = productSchema.safeParse(json);
  const shopProductId = product.success ? parseShopifyId('Product', product.data.id) : undefined;
  if (!topic.startsWith('products/') || shopProductId === undefined) return [];
  return [{ kind: topic === 'products/delete' ? 'deleted' : 'changed', shopProductId, ...common }];
}

const document = (name: string, text: string): Document => ({ name, text, optionalFields: [] });

const subscriptionsPage = document(
  'WebhooksPage',
  `query WebhooksPage($first: Int!, $after: String) {
  shop { id }
  webhookSubscriptions(first: $first, after: $after) { nodes { id topic uri } pageInfo { hasNextPage endCursor } }
}`,
);
const createSubscription = document(
  'WebhookCreate',
  `mutation WebhookCreate($topic: WebhookSubscriptionTopic!, $uri: String!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri }) { userErrors { message } }
}`,
);
const deleteSubscription = document(
  'WebhookDelete',
  'mutation WebhookDelete($id: ID!) { webhookSubscriptionDelete(id: $id) { userErrors { message } } }',
);

const hookSchema = z.object({ id, topic: line, uri: line });
const pageSchema = z.object({
  webhookSubscriptions: z.object({
    nodes: z.array(z.unknown()),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});
type WebhooksPage = z.infer<typeof pageSchema>;
const outcomeSchema = z.object({ userErrors: z.array(z.object({ message: line })) });

async function list(client: GraphqlClient, signal: AbortSignal): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  const count = makeRowCounter(1000);
  let after: string | undefined;
  do {
    const request = { document: subscriptionsPage, schema: pageSchema, rows: 100, doing: 'reading webhooks' };
    const page: WebhooksPage = (await client.ask({ ...request, variables: { after } }, signal)).data;
    const { nodes, pageInfo } = page.webhookSubscriptions;
    for (const { id: gid, topic = '', uri = '' } of readRows(hookSchema, nodes).rows) {
      found.push({ id: gid.split('/').at(-1) ?? gid, topic, url: uri, active: true });
    }
    const endless = count(nodes.length + 1);
    if (endless !== undefined) throw client.trouble('unintelligible', { doing: request.doing, ...endless });
    after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
  } while (after !== undefined);
  return found;
}

function refuseErrors(client: GraphqlClient, outcome: z.infer<typeof outcomeSchema>, doing: string): void {
  const [error] = outcome.userErrors;
  if (error !== undefined) throw client.trouble('refused', { doing, said: error.message });
}

async function unsubscribe(client: GraphqlClient, hookId: string, signal: AbortSignal): Promise<void> {
  const doing = 'removing a webhook';
  if (!/^\d+$/.test(hookId)) throw client.trouble('not-found', { doing, found: 'there is no such webhook' });
  const schema = z.object({ webhookSubscriptionDelete: outcomeSchema });
  const variables = { id: `gid://shopify/WebhookSubscription/${hookId}` };
  const { data } = await client.ask({ document: deleteSubscription, schema, variables, doing }, signal);
  refuseErrors(client, data.webhookSubscriptionDelete, doing);
}

async function subscribe(client: GraphqlClient, url: URL, signal: AbortSignal): Promise<readonly Subscription[]> {
  const doing = 'adding a webhook';
  const schema = z.object({ webhookSubscriptionCreate: outcomeSchema });
  const standing = new Set(
    (await list(client, signal)).filter((hook) => hook.url === url.href).map(({ topic }) => topic),
  );
  for (const topic of topics.filter((one) => !standing.has(one))) {
    const variables = { topic, uri: url.href };
    const { data } = await client.ask({ document: createSubscription, schema, variables, doing }, signal);
    refuseErrors(client, data.webhookSubscriptionCreate, doing);
  }
  return (await list(client, signal)).filter((hook) => hook.url === url.href);
}

/** Shopify's webhooks, signed with the app's own secret. */
export const webhooks: WebhookDriver = {
  verify,
  signals,
  connect: (input) => {
    const client = makeShopifyClient(input);
    return {
      list: (signal) => list(client, signal),
      subscribe: (url, _secret, signal) => subscribe(client, url, signal),
      unsubscribe: (hookId, signal) => unsubscribe(client, hookId, signal),
    };
  },
  signedWith: 'client_secret',
  silence: {
    da: 'Shopify sletter en webhook efter otte mislykkede leveringer i træk over fire timer.',
    en: 'Shopify removes a webhook after eight failed deliveries in a row over four hours.',
  },
};
