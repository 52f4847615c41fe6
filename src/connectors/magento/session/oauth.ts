import { createHmac } from 'node:crypto';

/** The four values that Magento gives an integration. */
export type OAuthKeys = {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
};

/** RFC 3986: what `encodeURIComponent` leaves alone and a signature does not. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** A query as Magento reads it back to check a signature: it takes `+` for a plus, so blanks are `%20`. */
export const queryText = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`)
    .join('&');

export type Signing = {
  readonly method: string;
  readonly url: URL;
  readonly keys: OAuthKeys;
  readonly nonce: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
};

/**
 * The Authorization header of OAuth 1.0a, signed by HMAC-SHA256 (Magento refuses HMAC-SHA1 since 2.4). A JSON body is
 * no part of what is signed. An address whose path holds `%` breaks the signature in Magento itself.
 */
export function oauthHeader({ method, url, keys, nonce, timestamp }: Signing): string {
  const own: Readonly<Record<string, string>> = {
    oauth_consumer_key: keys.consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(timestamp),
    oauth_token: keys.token,
    oauth_version: '1.0',
  };
  const pairs = [...url.searchParams, ...Object.entries(own)]
    .map(([name, value]) => [percentEncoded(name), percentEncoded(value)] as const)
    .sort(([a, valueA], [b, valueB]) => (a === b ? order(valueA, valueB) : order(a, b)));
  const base = [
    method,
    percentEncoded(`${url.protocol}//${url.host}${url.pathname}`),
    percentEncoded(pairs.map(([name, value]) => `${name}=${value}`).join('&')),
  ].join('&');
  const key = `${percentEncoded(keys.consumerSecret)}&${percentEncoded(keys.tokenSecret)}`;
  const signature = createHmac('sha256', key).update(base).digest('base64');
  const fields = Object.entries({ ...own, oauth_signature: signature });
  return `OAuth ${fields.map(([name, value]) => `${name}="${percentEncoded(value)}"`).join(', ')}`;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
