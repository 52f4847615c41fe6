import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import type { FakeCredential } from '../shelf.ts';

/** The refresh token that an app got when the merchant installed it. */
export const firstRefreshToken = ({ secret }: Pick<FakeCredential, 'secret'>): string => `shprt_first${secret}`;

const hourMs = 3_600_000;
const ninetyDaysS = 7_776_000;

/** Expiring access tokens with refresh tokens that are replaced at every use, as they are since December 2025. */
export type RotatingTokens = {
  /** Whose access token it is, where it is one of these and good; from then on the refresh token before it is not. */
  readonly used: (shop: FakeShop, token: string) => FakeCredential | undefined;
  readonly refresh: (shop: FakeShop, app: FakeCredential, token: string) => FakeResponse;
};

type Given = { readonly app: FakeCredential; readonly until: number; readonly replaces: string };

export function makeRotatingTokens(): RotatingTokens {
  const given = new Map<string, Given>();
  const good = new Map<string, FakeCredential>();
  const spent = new Set<string>();
  let count = 0;
  return {
    used: (shop, token) => {
      const known = given.get(token);
      if (known === undefined || shop.now() >= known.until) return undefined;
      // Since August 2026 the one before stays good until its replacement is used: an answer may be lost.
      spent.add(known.replaces);
      return known.app;
    },
    refresh: (shop, app, token) => {
      const isFirst = token === firstRefreshToken(app);
      if (spent.has(token) || !(isFirst || good.get(token) === app)) {
        return { status: 400, body: { error: 'invalid_grant', error_description: 'The refresh token is invalid.' } };
      }
      count += 1;
      const number = String(count).padStart(24, '0');
      given.set(`shpat_hour${number}`, { app, until: shop.now() + hourMs, replaces: token });
      good.set(`shprt_next${number}`, app);
      return {
        status: 200,
        body: {
          access_token: `shpat_hour${number}`,
          expires_in: hourMs / 1000,
          refresh_token: `shprt_next${number}`,
          refresh_token_expires_in: ninetyDaysS,
          scope: '',
        },
      };
    },
  };
}
