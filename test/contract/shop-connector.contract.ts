import { describe, vi } from 'vitest';
import type { Contestant } from './connector-harness.ts';
import { identityCases } from './connector-identity.ts';
import { listingCases } from './connector-listing.ts';
import { pushCases } from './connector-push.ts';
import { transportCases } from './connector-transport.ts';

/**
 * What every connector promises, whatever the platform: the edge cases of the platform reference, by number,
 * against a fake shop over real HTTP. Where platforms differ, the case reads the connector's own `can`.
 */
export function describeConnector(name: string, contestant: Contestant): void {
  // Shops are served and asked over HTTP, and the machine may be busy.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
  describe(`the ${name} connector`, () => {
    describe('knows what is what', () => identityCases(contestant));
    describe('lists everything', () => listingCases(contestant));
    describe('writes stock and nothing else', () => pushCases(contestant));
    describe('survives bad days', () => transportCases(contestant));
  });
}
