import { describe, expect, test, vi } from 'vitest';
import { later } from '../../src/domain/ids.ts';
import type { InactiveRow } from '../../src/domain/inactive/inactive-row.ts';
import {
  day,
  idIn,
  openTestEnvironment,
  pushEverything,
  stockUp,
  syncAll,
  type TestEnvironment,
  theProduct,
  topOf,
  whyIn,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const shown = (rows: readonly InactiveRow[]) =>
  rows.map(({ shopId, rung, signals }) => {
    const [first] = signals;
    return [shopId, rung, first.kind, first.kind === 'not-visible' ? first.shopSays : ''];
  });
const report = async (environment: TestEnvironment) => shown((await environment.services.inactive.list({})).rows);

describe('active, and not where customers see it', () => {
  test("is on the report with the shop's own word, never as inactive; the link stays", async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    stockUp(environment, ['dk', 'de'], 'A-1');
    stockUp(environment, ['dk', 'de'], 'A-2');
    await syncAll(environment);
    await environment.services.stock.set((await theProduct(environment, 'A-1')).id, 6);
    await environment.services.stock.set((await theProduct(environment, 'A-2')).id, 6);
    environment.shop('dk').edit(idIn(environment, 'dk', 'A-1'), { hidden: true });
    environment.shop('de').setStatus(idIn(environment, 'de', 'A-2'), 'unlisted');
    await syncAll(environment);
    expect(await report(environment)).toEqual([
      ['dk', 'unsure', 'not-visible', 'hidden'],
      ['de', 'unsure', 'not-visible', 'UNLISTED, not in online store'],
    ]);
    expect((await whyIn(environment, 'A-1', 'dk')).verdict).toBe('integrated');
  });

  test('is inactive where a shop has no other word for that, and is told so', async () => {
    const environment = await openTestEnvironment(['dandomain-classic']);
    stockUp(environment, ['dandomain-classic'], 'A-1');
    await syncAll(environment);
    await environment.services.stock.set((await theProduct(environment, 'A-1')).id, 6);
    environment.shop('dandomain-classic').edit(idIn(environment, 'dandomain-classic', 'A-1'), { hidden: true });
    environment.clock.advance(60_000);
    await syncAll(environment);
    const { rows } = await environment.services.inactive.list({});
    expect(rows.map(({ shopId, rung, signals }) => [shopId, rung, signals[0].kind])).toEqual([
      ['dandomain-classic', 'confirmed', 'shop-says'],
    ]);
    expect(topOf(await whyIn(environment, 'A-1', 'dandomain-classic'))).toBe('inactive-in-shop: confirmed');
  });

  test('says nothing where it is how the whole shop is run', async () => {
    const environment = await openTestEnvironment(['dk']);
    const skus = Array.from({ length: 30 }, (_, at) => `A-${at}`);
    for (const sku of skus) stockUp(environment, ['dk'], sku);
    for (const sku of skus.slice(0, 25)) environment.shop('dk').edit(idIn(environment, 'dk', sku), { hidden: true });
    await syncAll(environment);
    await environment.services.stock.import(
      skus.map((sku) => ({ sku, onHand: 2 })),
      { create: false, dryRun: false },
    );
    expect(await report(environment)).toEqual([]);
  });
});

describe('a nought that hides its goods', () => {
  const deadlock = async (hours: number) => {
    const environment = await openTestEnvironment(['dk']);
    stockUp(environment, ['dk'], 'A-1');
    await syncAll(environment);
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.stock.set(id, 0);
    await pushEverything(environment);
    environment.clock.advance(hours * 3_600_000);
    environment.shop('dk').setStatus(idIn(environment, 'dk', 'A-1'), 'draft');
    await syncAll(environment);
    await environment.services.stock.set(id, 12);
    return environment;
  };
  const signalled = async (environment: TestEnvironment) => {
    const why = await whyIn(environment, 'A-1', 'dk');
    const evidence = why.verdict === 'integrated' ? [] : why.findings[0].evidence.map(({ kind }) => kind);
    const [row] = (await environment.services.inactive.list({})).rows;
    const signals = row!.signals.flatMap((one) => (one.kind === 'shop-says' ? [one.evidence.kind] : []));
    return { evidence, signals };
  };

  test('is told beside the cause and in the report, when the shop went inactive soon after', async () => {
    const { evidence, signals } = await signalled(await deadlock(2));
    expect(evidence).toContain('hidden-after-zero');
    expect(signals).toEqual(['shop-says', 'hidden-after-zero']);
  });

  test('is not guessed of what went inactive long after', async () => {
    const { evidence, signals } = await signalled(await deadlock(24 * 5));
    expect(evidence).not.toContain('hidden-after-zero');
    expect(signals).toEqual(['shop-says']);
  });
});

describe('a mark with an end', () => {
  test.each(['ticked', 'note', 'not-for-this-shop'] as const)('%s: counts until then, and no longer', async (kind) => {
    const environment = await openTestEnvironment(['dk', 'no']);
    stockUp(environment, ['dk'], 'A-1');
    await syncAll(environment);
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.stock.set(id, 3);
    environment.shop('dk').setStatus(idIn(environment, 'dk', 'A-1'), 'draft');
    await syncAll(environment);
    const until = later(environment.clock.now(), 5 * day);
    await environment.services.marks.add({ productId: id, kind, text: 'set efter', until });
    const marks = async () => (await environment.services.lookup.product(id))!.marks.map((mark) => mark.kind);
    expect(await marks()).toEqual([kind]);
    environment.clock.advance(5 * day);
    expect(await marks()).toEqual([]);
    const { ticked, rows } = await environment.services.inactive.list({});
    expect([ticked, rows.length > 0]).toEqual([0, true]);
  });
});
