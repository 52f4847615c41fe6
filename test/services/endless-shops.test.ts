import { describe, expect, it, vi } from 'vitest';
import { overRowLimit } from '../../src/connectors/reading/reading-bounds.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { endless, madnesses } from '../support/endless-shops.ts';
import { forever, openTestEnvironment, syncAll } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const said: Readonly<Record<string, RegExp>> = {
  products: /shows more than it has: page \d+ goes over 2120 rows/,
  variations: /shows more than it has/,
  orders: /shows more than it has: page \d+ goes over 2120 rows/,
  'two-pages': /repeats itself at page \d+/,
  shuffled: /shows more than it has/,
  unreadable: /repeats itself at page \d+/,
  'many-rows': /more than 20000 rows/,
  'long-text': /longer than 1048576 bytes/,
  deep: /nested deeper than 64/,
};

describe('A shop without end, or out of its mind', () => {
  it.each(
    madnesses,
  )('%s: the reading ends by itself as partial, says where, and takes no link away', async (madness) => {
    const { mind, around } = endless();
    const environment = await openTestEnvironment(['dk'], {}, undefined, around);
    for (let at = 0; at < 60; at += 1) environment.shop('dk').add({ sku: `A-${at}`, quantity: 1 });
    await syncAll(environment);
    const linked = await environment.store.integrationsOn(toShopId('dk'));
    expect(linked).toHaveLength(60);
    mind.madness = madness;
    const [result] = await environment.services.sync.run({ full: true }, forever);
    expect(result!.trouble).toMatchObject({
      kind: 'unintelligible',
      detail: { said: expect.stringMatching(said[madness]!) },
    });
    expect(['partial', 'refused']).toContain(result!.run!.outcome);
    const now = await environment.store.integrationsOn(toShopId('dk'));
    const kept = new Set(now.map(({ productId }) => productId));
    expect(linked.filter(({ productId }) => !kept.has(productId))).toEqual([]);
    // Sane again, it is whole after one ordinary sync: what was only shown became no product, and is not asked for by id.
    mind.madness = undefined;
    environment.shop('dk').memory.requests.length = 0;
    const [again] = await environment.services.sync.run({}, forever);
    expect([again?.trouble, again?.wouldRemove, again?.run?.status]).toEqual([undefined, undefined, 'finished']);
    expect((await environment.store.counts()).products).toBe(60);
    expect(await environment.store.integrationsOn(toShopId('dk'))).toHaveLength(60);
    expect(environment.shop('dk').memory.requests.length).toBeLessThan(40);
  });

  it('what is held against a shop that may have grown says how to go on', () => {
    const detail = { shop: 'dk', doing: 'reading products', ...overRowLimit(12, 10_003) };
    const { said, advice } = shopErrorLines({ kind: 'unintelligible', detail }, 'Nordlys', wordsOf('en'));
    expect(said).toContain('shows far more products than it had');
    expect(advice).toContain('bindeled sync dk --full --expect <number>');
  });
});
