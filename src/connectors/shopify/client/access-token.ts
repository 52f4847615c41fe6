import { z } from 'zod';
import { type Instant, later } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ShopError } from '../../../ports/shop-error.ts';
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
const expiryMarginMs = 5 * 60_000;

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
  let kept: { readonly token: string; readonly until: Instant } | undefined;
  let underWay: Promise<string> | undefined;

  const renew = async (signal: AbortSignal): Promise<string> => {
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
    if (!read.success) throw http.trouble('unintelligible', { doing, said: 'an answer without a token' });
    kept = {
      token: read.data.access_token,
      until: later(app.clock.now(), read.data.expires_in * 1000 - expiryMarginMs),
    };
    return kept.token;
  };

  const current = async (signal: AbortSignal): Promise<string> => {
    if (kept !== undefined && app.clock.now() < kept.until) return kept.token;
    underWay ??= renew(signal).finally(() => {
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
      return true;
    },
  };
}
