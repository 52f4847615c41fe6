import { createHmac } from 'node:crypto';
import type { FakeShop } from '../fake-shop.ts';
import type { FakeRequest } from '../server.ts';
import type { FakeCredential } from '../shelf.ts';

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Whose key signed a request, as WooCommerce works it out over plain http: HMAC over method, the site's own address
 * and all parameters but the signature. Nobody's where one of them is missing or wrong, or where the time is 15
 * minutes off.
 */
export function signerOf(request: FakeRequest, shop: FakeShop): FakeCredential | 'wrong-secret' | undefined {
  const { query, method, path, headers } = request;
  const known = shop.credentials.find((one) => one.key === query.get('oauth_consumer_key') && !one.revoked);
  const algorithm = /^HMAC-(SHA1|SHA256)$/.exec(query.get('oauth_signature_method') ?? '')?.[1];
  if (known === undefined || algorithm === undefined || query.get('oauth_nonce') === null) return undefined;
  if (Math.abs(Number(query.get('oauth_timestamp')) * 1000 - shop.now()) > 15 * 60_000) return 'wrong-secret';
  const parameters = [...query].filter(([name]) => name !== 'oauth_signature').sort(([a], [b]) => (a < b ? -1 : 1));
  // The path of a call to the front page is nothing, not a slash.
  const address = `http://${headers.host}${path === '/' ? '' : path}`;
  const sum = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const signed = `${method}&${encode(address)}&${encode(sum)}`;
  const right = createHmac(algorithm.toLowerCase(), `${known.secret}&`).update(signed).digest('base64');
  return query.get('oauth_signature') === right ? known : 'wrong-secret';
}
