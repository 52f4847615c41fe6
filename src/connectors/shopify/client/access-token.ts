import { z } from 'zod';
import { later } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import { expiringToken } from '../../driver-parts/expiring-token.ts';
import type { Http } from '../../http.ts';
import { under } from '../../urls.ts';

/** The access token, however it is come by. */
export type TokenSource = {
  current(signal: AbortSignal): Promise<string>;
  /** Told that the shop refused a token; answers whether another one can be had. */
  refused(token: string): boolean;
};

/** A token made in the shop's admin, good until somebody takes it away. */
export const fixedToken = (token: string): TokenSource => ({
  current: async () => token,
  refused: () => false,
});

const wireToken = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** Milliseconds before its end from which a token is no longer trusted to last a call. */
export const expiryMarginMs = 5 * 60_000;

export type ClientCredentials = {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
};

/**
 * A token that lasts a day, got with an app's id and secret (only in shops of the app's own organisation).
 * However many calls need a new one at once, it is asked for once.
 */
export function clientCredentialsToken(http: Http, app: ClientCredentials): TokenSource {
  const source = expiringToken(app.clock, async (signal) => {
    const doing = 'getting an access token';
    const reply = await http.send(
      {
        method: 'POST',
        url: under(app.url, 'admin/oauth/access_token'),
        json: { grant_type: 'client_credentials', client_id: app.clientId, client_secret: app.clientSecret },
        doing,
      },
      signal,
    );
    // 400 is what Shopify says to a wrong id or secret.
    if (reply.status === 400) throw http.trouble('unauthorized', { doing, status: 400 });
    if (reply.status !== 200) throw http.troubleOf(reply);
    const read = wireToken.safeParse(http.json(reply));
    if (!read.success) throw http.trouble('unintelligible', { doing, found: 'an answer without a token' });
    return {
      token: read.data.access_token,
      until: later(app.clock.now(), read.data.expires_in * 1000 - expiryMarginMs),
    };
  });
  return {
    current: source.current,
    refused: (token) => {
      source.refused(token);
      return true;
    },
  };
}
