import { afterEach, expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';
import type { TestHarness } from '../support/test-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

/** Three shops that were read five hours ago; since then Denmark sold down to 3, and Sweden ended the product. */
async function fiveHoursLater(): Promise<TestHarness> {
  const harness = await nordlys();
  harness.clock.advance(5 * 3_600_000);
  const dk = harness.catalogue('dk');
  dk.listings = dk.listings.map((one) =>
    one.sku === 'BB2010-M' ? { ...one, stock: { ...one.stock, quantity: 3 } } : one,
  );
  const se = harness.catalogue('se');
  se.listings = se.listings.map((one) =>
    one.sku === 'BB2010-M' ? { ...one, activity: 'draft' as const, shopSays: 'draft' } : one,
  );
  return harness;
}
const asked = (harness: TestHarness, shop: string): number =>
  harness.catalogue(shop).asked.products + harness.catalogue(shop).asked.skus;
const at = async (harness: TestHarness, askOnOpen = true): Promise<Person> => {
  person = await open(harness.services, { askOnOpen });
  return person;
};

test('opening a card asks its shops: figures and ages are those of now, and no link and no record changes', async () => {
  const harness = await fiveHoursLater();
  const before = await harness.services.counts();
  const events = (await harness.services.history.list({ limit: 500 })).length;
  const me = await at(harness);
  await me.press('BB2010-M\r');
  await me.sees(/Nordlys DK .*\b3\b.*now/);
  await me.seesNoMore('asking the shops now');
  await me.sees('3 of 3 shops');
  expect(await harness.services.counts()).toEqual(before);
  expect((await harness.services.history.list({ limit: 500 })).length).toBe(events);
});

test('what was asked a moment ago is not asked again, and a paused shop not at all', async () => {
  const harness = await fiveHoursLater();
  await harness.services.shops.change(toShopId('no'), { paused: true });
  const was = [asked(harness, 'dk'), asked(harness, 'no')];
  const me = await at(harness);
  await me.press('BB2010-M\r');
  await me.sees(/Nordlys DK .*\b3\b.*now/);
  await me.seesNoMore('asking the shops now');
  const once = asked(harness, 'dk');
  expect(once).toBeGreaterThan(was[0] ?? 0);
  await me.press(keys.escape, 'BB2010-M\r');
  await me.sees(/Nordlys DK .*\b3\b.*now/);
  expect([asked(harness, 'dk'), asked(harness, 'no')]).toEqual([once, was[1]]);
});

test('what is fetched after the asking is newer than what was asked', async () => {
  const harness = await fiveHoursLater();
  const me = await at(harness);
  await me.press('BB2010-M\r');
  await me.sees(/Nordlys DK .*\b3\b.*now/);
  const dk = harness.catalogue('dk');
  dk.listings = dk.listings.map((one) => ({ ...one, stock: { ...one.stock, quantity: 8 } }));
  await me.press('f');
  await me.sees(/Nordlys DK .*\b8\b.*now/);
});

test('off by its setting, nothing is asked', async () => {
  const harness = await fiveHoursLater();
  const was = asked(harness, 'dk');
  const me = await at(harness, false);
  await me.press('BB2010-M\r');
  await me.sees(/Nordlys DK .*5 h/);
  expect(asked(harness, 'dk')).toBe(was);
});

test('a push from a card that asked its shops plans on what they said, says so, and goes out', async () => {
  const harness = await fiveHoursLater();
  const me = await at(harness);
  await me.press('BB2010-M\r');
  await me.sees(/Nordlys DK .*\b3\b.*now/);
  await me.seesNoMore('asking the shops now');
  await me.press('p');
  await me.sees(/DK .*3 \(now\)/);
});
