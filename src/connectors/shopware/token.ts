import { z } from 'zod';
import { type Instant, later } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';
import { under } from '../urls.ts';
import { errorOf, problemIn } from './problem.ts';

export type TokenSource = {
  current(signal: AbortSignal): Promise<string>;
  /** Told that the shop no longer takes this token: the next one is a new one. */
  refused(token: string): void;
};

export type Integration = {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
};

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const doing = 'getting an access token';

/** A token is asked for anew when so much of its life is over. */
const trusted = 0.8;

/**
 * The token of an integration, which lasts ten minutes and has no refresh token. The endpoint is the only one that
 * Shopware limits (10 in 10 s), so however many calls need a token at once, it is asked for once.
 */
export function makeToken(http: Http, integration: Integration): TokenSource {
  const { url, clientId, clientSecret, clock } = integration;
  let kept: { readonly token: string; readonly until: Instant } | undefined;
  let underWay: Promise<string> | undefined;

  const ask = async (signal: AbortSignal): Promise<string> => {
    const json = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const reply = await http.send({ method: 'POST', url: under(url, 'api/oauth/token'), json, doing }, signal);
    if (reply.status >= 400) throw errorOf(http, problemIn(reply), reply);
    const read = tokenSchema.safeParse(http.json(reply));
    if (!read.success) throw http.trouble('unintelligible', { doing, said: 'an answer without a token' });
    const { access_token: token, expires_in: seconds } = read.data;
    kept = { token, until: later(clock.now(), seconds * 1000 * trusted) };
    return token;
  };

  const current = async (signal: AbortSignal): Promise<string> => {
    if (kept !== undefined && clock.now() < kept.until) return kept.token;
    underWay ??= ask(signal).finally(() => {
      underWay = undefined;
    });
    try {
      return await underWay;
    } catch (error) {
      // Somebody else's cancelling is not ours: ask again.
      if (error instanceof ShopError && error.kind === 'cancelled' && !signal.aborted) return current(signal);
      throw error;
    }
  };

  return {
    current,
    refused: (token) => {
      if (kept?.token === token) kept = undefined;
    },
  };
}
