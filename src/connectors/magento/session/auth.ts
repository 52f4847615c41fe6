import { randomBytes } from 'node:crypto';
import { type Instant, later, millisecondsOf } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Secrets } from '../../../ports/platform.ts';
import type { ShopError } from '../../../ports/shop-error.ts';
import { singleFlight } from '../../driver-parts/single-flight.ts';
import type { Http } from '../../http.ts';
import type { HttpRequest } from '../../http-request.ts';
import type { HttpResponse } from '../../http-response.ts';
import { type OAuthKeys, oauthHeader } from './oauth.ts';

/** Lets requests in: each goes out with what the shop takes. */
export type Auth = {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Requests are signed, so that nothing strange may stand in a path. */
  signs(): boolean;
};

type Parts = { readonly http: Http; readonly secrets: Secrets; readonly clock: Clock; readonly loginUrl: URL };

const filled = (secrets: Secrets, ...names: readonly string[]): boolean =>
  names.every((name) => (secrets[name] ?? '') !== '');

/** By the first way that the secrets are enough for. */
export function makeAuth(parts: Parts): Auth {
  const { secrets } = parts;
  if (filled(secrets, 'consumer_key', 'consumer_secret', 'access_token', 'access_token_secret')) return signing(parts);
  return filled(secrets, 'access_token') ? bearing(parts) : loggingIn(parts);
}

const withHeader = (request: HttpRequest, authorization: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, authorization },
});

function bearing({ http, secrets }: Parts): Auth {
  const header = `Bearer ${secrets.access_token ?? ''}`;
  return { send: (request, signal) => http.send(withHeader(request, header), signal), signs: () => false };
}

/**
 * With all four values. Where the shop takes the access token alone, that is simpler; most do not (off since 2.4.4),
 * so it is tried once, and what let us in is remembered.
 */
function signing({ http, secrets, clock }: Parts): Auth {
  const keys: OAuthKeys = {
    consumerKey: secrets.consumer_key ?? '',
    consumerSecret: secrets.consumer_secret ?? '',
    token: secrets.access_token ?? '',
    tokenSecret: secrets.access_token_secret ?? '',
  };
  let way: 'unknown' | 'bearer' | 'oauth' = 'unknown';
  const signed = (request: HttpRequest): HttpRequest =>
    withHeader(
      request,
      oauthHeader({
        method: request.method ?? 'GET',
        url: request.url,
        keys,
        nonce: randomBytes(16).toString('hex'),
        timestamp: Math.floor(millisecondsOf(clock.now()) / 1000),
      }),
    );
  return {
    signs: () => way !== 'bearer',
    send: async (request, signal) => {
      if (way === 'oauth') return http.send(signed(request), signal);
      const reply = await http.send(withHeader(request, `Bearer ${keys.token}`), signal);
      if (reply.status !== 401) {
        if (reply.status < 300) way = 'bearer';
        return reply;
      }
      // A right that is missing is answered like a token that is not taken: then signing changes nothing.
      way = 'oauth';
      return http.send(signed(request), signal);
    },
  };
}

type Token = { readonly text: string; readonly renewAt: Instant };

/** With a user's name and password: a token for an hour at most, renewed before it ends and when it is refused. */
function loggingIn({ http, secrets, clock, loginUrl }: Parts): Auth {
  let token: Token | undefined;
  // Refused with a token of this very moment: a right is missing there, and another token would not help.
  const withoutRight = new Set<string>();

  /** One login at a time, whoever waits for it. */
  const fresh = singleFlight(async (signal) => {
    const json = { username: secrets.username ?? '', password: secrets.password ?? '' };
    const reply = await http.send({ method: 'POST', url: loginUrl, json, doing: 'logging in' }, signal);
    if (reply.status !== 200) throw loginError(http, reply);
    const text = http.json(reply);
    if (typeof text !== 'string' || text === '') {
      throw http.trouble('unintelligible', { doing: 'logging in', status: reply.status, found: 'no token' });
    }
    token = { text, renewAt: later(clock.now(), lifeOf(text) * 0.9) };
    return token;
  });
  return {
    signs: () => false,
    send: async (request, signal) => {
      const known = token !== undefined && clock.now() < token.renewAt ? token : undefined;
      const { text } = known ?? (await fresh(signal));
      const reply = await http.send(withHeader(request, `Bearer ${text}`), signal);
      const place = `${request.method ?? 'GET'} ${request.url.pathname}`;
      if (reply.status !== 401 || withoutRight.has(place)) return reply;
      const second = known === undefined ? reply : await renewedReply(request, text, signal);
      if (second.status === 401) withoutRight.add(place);
      return second;
    },
  };

  async function renewedReply(request: HttpRequest, refused: string, signal: AbortSignal): Promise<HttpResponse> {
    const now = token !== undefined && token.text !== refused ? token : await fresh(signal);
    return http.send(withHeader(request, `Bearer ${now.text}`), signal);
  }
}

function loginError(http: Http, reply: HttpResponse): ShopError {
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(reply.text)?.[1];
  if (reply.status === 404) return http.trouble('refused', { doing: 'logging in', status: 404, found: noApi });
  return http.troubleOf(reply, said);
}

export const noApi = 'there is no Magento REST API here';
const anHourMs = 3_600_000;

/** How long a token lives by its own word; an hour where it says nothing. */
function lifeOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const isClaims = typeof claims === 'object' && claims !== null && 'exp' in claims && 'iat' in claims;
    const life = isClaims ? (Number(claims.exp) - Number(claims.iat)) * 1000 : anHourMs;
    return life > 0 && life <= anHourMs * 24 ? life : anHourMs;
  } catch {
    // Tokens of older versions say nothing of themselves.
    return anHourMs;
  }
}
