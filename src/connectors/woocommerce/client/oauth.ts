import { createHmac, randomBytes } from 'node:crypto';
import { type Instant, millisecondsOf } from '../../../domain/ids.ts';

export type SignedRequest = {
  readonly method: string;
  /** Without the query. Over http the site works out its own address from its settings. */
  readonly address: string;
  readonly query: Readonly<Record<string, string>>;
  readonly key: string;
  readonly secret: string;
  /** The shop's own time: a signature is good for 15 minutes. */
  readonly at: Instant;
};

/** RFC 3986: more is written in numbers than an address needs. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The query with an OAuth 1.0a signature (HMAC-SHA256, no token), as WooCommerce wants it where it believes that it
 * is called over http: there it looks at no other key. The secret itself does not travel.
 */
export function signedQuery(request: SignedRequest): Readonly<Record<string, string>> {
  const query: Record<string, string> = {
    ...request.query,
    oauth_consumer_key: request.key,
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(Math.floor(millisecondsOf(request.at) / 1000)),
  };
  const sum = Object.entries(query)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  const text = `${request.method}&${encode(request.address)}&${encode(sum)}`;
  return { ...query, oauth_signature: createHmac('sha256', `${request.secret}&`).update(text).digest('base64') };
}
