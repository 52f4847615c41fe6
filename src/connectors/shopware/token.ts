import { z } from 'zod';
import { later } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { expiringToken } from '../driver-parts/expiring-token.ts';
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
  return expiringToken(clock, async (signal) => {
    const json = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const reply = await http.send({ method: 'POST', url: under(url, 'api/oauth/token'), json, doing }, signal);
    if (reply.status >= 400) throw errorOf(http, problemIn(reply), reply);
    const read = tokenSchema.safeParse(http.json(reply));
    if (!read.success) throw http.trouble('unintelligible', { doing, found: 'an answer without a token' });
    const { access_token: token, expires_in: seconds } = read.data;
    return { token, until: later(clock.now(), seconds * 1000 * trusted) };
  });
}
