import { createHmac } from 'node:crypto';
import type { FakeShop } from '../fake-shop.ts';
import type { FakeRequest, FakeResponse } from '../server.ts';
import type { FakeCredential } from '../shelf.ts';
import { problem } from './search.ts';

/** The parts of a credential as Magento names them: two are made of the other two. */
export const integrationOf = ({ key, secret }: Pick<FakeCredential, 'key' | 'secret'>) => ({
  consumer_key: `${key}-consumer`,
  consumer_secret: `${secret}-consumer`,
  access_token: secret,
  access_token_secret: `${secret}-token`,
});

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const hourMs = 3_600_000;

/** What came, and whose it is; nothing where nobody can be told by it. */
export function whoAsks(
  shop: FakeShop,
  request: FakeRequest,
  options: { readonly bearer: boolean },
): FakeCredential | FakeResponse | undefined {
  const header = request.headers.authorization ?? '';
  const living = shop.credentials.filter(({ revoked }) => !revoked);
  const token = /^Bearer (.+)$/.exec(header)?.[1];
  if (token !== undefined) {
    const admin = living.find(({ key }) => isAdminToken(shop, token, key));
    return admin ?? (options.bearer ? living.find(({ secret }) => secret === token) : undefined);
  }
  if (!header.startsWith('OAuth ')) return undefined;
  const given = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]),
  );
  if (given.oauth_signature_method !== 'HMAC-SHA256') {
    return problem(400, 'Signature method %1 is not supported', [given.oauth_signature_method]);
  }
  const known = living.find((one) => integrationOf(one).consumer_key === given.oauth_consumer_key);
  if (known === undefined) return problem(401, 'A consumer with key %1 does not exist', [given.oauth_consumer_key]);
  const isSame = signatureOf(request, given, known) === given.oauth_signature;
  // What must be written with a percent sign in a path is signed otherwise than it is checked.
  return isSame && !request.path.includes('%') ? known : problem(401, 'The signature is invalid.');
}

function signatureOf(request: FakeRequest, given: Record<string, string>, known: FakeCredential): string {
  const { consumer_secret: secret, access_token_secret: tokenSecret } = integrationOf(known);
  const own = Object.entries(given).filter(([name]) => name !== 'oauth_signature');
  const pairs = [...request.query, ...own]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort((a, b) => (a.replace('=', '\0') < b.replace('=', '\0') ? -1 : 1));
  const url = `http://${request.headers.host}${request.path}`;
  const base = [request.method, encoded(url), encoded(pairs.join('&'))].join('&');
  return createHmac('sha256', `${encoded(secret)}&${encoded(tokenSecret)}`)
    .update(base)
    .digest('base64');
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `POST integration/admin/token`: a token that says itself how long it lives, an hour. */
export function adminToken(shop: FakeShop, body: string): FakeResponse {
  const sent: { readonly username?: string; readonly password?: string } = JSON.parse(body);
  const known = shop.credentials.find(({ key, secret, revoked }) => {
    return !revoked && key === sent.username && secret === sent.password;
  });
  if (known === undefined) {
    return problem(401, 'The account sign-in was incorrect or your account is disabled temporarily.');
  }
  const iat = Math.floor(shop.now() / 1000);
  return { status: 200, body: JSON.stringify(tokenFor(known.key, iat)) };
}

const tokenFor = (key: string, iat: number): string =>
  `${part({ alg: 'HS256' })}.${part({ uid: 1, iat, exp: iat + hourMs / 1000 })}.${part(`signed for ${key}`)}`;

function isAdminToken(shop: FakeShop, token: string, key: string): boolean {
  try {
    const { iat } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const isOurs = typeof iat === 'number' && token === tokenFor(key, iat);
    return isOurs && shop.now() < iat * 1000 + hourMs;
  } catch {
    // Another kind of token.
    return false;
  }
}
