import { createHmac } from 'node:crypto';
import { hookSecret } from './open-test-server.ts';

type Sent = { readonly secret?: string; readonly delivery?: string; readonly topic?: string; readonly type?: string };

/** Posts what WooCommerce posts, signed as it signs. */
export const deliver = (url: string, body: unknown, sent: Sent = {}): Promise<Response> => {
  const text = JSON.stringify(body);
  return fetch(`${url}/hooks/dk`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': sent.type ?? 'application/json',
      'x-wc-webhook-topic': sent.topic ?? 'product.updated',
      'x-wc-webhook-delivery-id': sent.delivery ?? 'd1',
      'x-wc-webhook-signature': createHmac('sha256', sent.secret ?? hookSecret)
        .update(text)
        .digest('base64'),
    },
  });
};
