import { z } from 'zod';
import { type Instant, later, parseInstant } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { SecretKeeping, Secrets } from '../../../ports/platform.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { type ExpiringToken, expiringToken } from '../../driver-parts/expiring-token.ts';
import type { Http } from '../../http.ts';
import { under } from '../../urls.ts';
import { expiryMarginMs, type TokenSource } from './access-token.ts';

/** What is kept beside the refresh token: the access token that came with it, and until when it is trusted. */
const accessName = 'access_token';
const untilName = 'access_token_until';
export const refreshName = 'refresh_token';

const wireTokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
});

export type RotatingApp = {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What was kept when the line was made. */
  readonly secrets: Secrets;
  readonly keeping: SecretKeeping | undefined;
  readonly clock: Clock;
};

const doing = 'getting an access token';

/**
 * A token that lasts an hour, of an app that a merchant installed. Each refresh gives a new refresh token, and the old
 * one is worth nothing once the new access token is used: so both are kept before either is used, and only one program
 * at a time refreshes.
 */
export function rotatingToken(http: Http, app: RotatingApp): TokenSource {
  let refusedToken: string | undefined;

  const request = async (kept: Secrets, signal: AbortSignal): Promise<Secrets> => {
    const { clientId: client_id, clientSecret: client_secret } = app;
    const json = { grant_type: 'refresh_token', client_id, client_secret, refresh_token: kept[refreshName] };
    const url = under(app.url, 'admin/oauth/access_token');
    const reply = await http.send({ method: 'POST', url, json, doing }, signal);
    // 400 is what Shopify says to a refresh token that was used, has ended, or is another app's.
    if (reply.status === 400 || reply.status === 401) {
      const found = 'the refresh token is no longer good: install the app anew, and type the new one';
      throw http.trouble('unauthorized', { doing, status: reply.status, found });
    }
    if (reply.status !== 200) throw http.troubleOf(reply);
    const read = wireTokens.safeParse(http.json(reply));
    if (!read.success) throw http.trouble('unintelligible', { doing, found: 'an answer without both tokens' });
    const { access_token, expires_in, refresh_token } = read.data;
    const until = later(app.clock.now(), expires_in * 1000 - expiryMarginMs);
    return { ...kept, [refreshName]: refresh_token, [accessName]: access_token, [untilName]: until };
  };

  const source = expiringToken(
    app.clock,
    async (signal) => {
      const renewed = await renewedSecrets(signal);
      const token = tokenIn(renewed);
      if (token === undefined) throw http.trouble('unintelligible', { doing, found: 'no token was kept' });
      return token;
    },
    tokenIn(app.secrets),
  );

  async function renewedSecrets(signal: AbortSignal): Promise<Secrets> {
    if (app.keeping === undefined) {
      const found =
        'the refresh token comes from the environment, where the one that replaces it cannot be kept: put it into credentials.json';
      throw http.trouble('refused', { doing, found });
    }
    try {
      return await app.keeping.renew(async (kept) => {
        const known = tokenIn(kept);
        // Another program was here first.
        const isGood = known !== undefined && app.clock.now() < known.until && known.token !== refusedToken;
        return isGood ? kept : request(kept, signal);
      });
    } catch (error) {
      if (error instanceof ShopError) throw error;
      const found = `the new refresh token cannot be kept: ${error instanceof Error ? error.message : 'no reason is known'}`;
      throw http.trouble('refused', { doing: 'keeping the new token', found }, error);
    }
  }

  return {
    current: source.current,
    refused: (token) => {
      refusedToken = token;
      source.refused(token);
      return true;
    },
  };
}

function tokenIn(secrets: Secrets): ExpiringToken | undefined {
  const token = secrets[accessName] ?? '';
  const until: Instant | undefined = parseInstant(secrets[untilName] ?? '');
  return token === '' || until === undefined ? undefined : { token, until };
}
