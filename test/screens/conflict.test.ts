import { afterEach, expect, test, vi } from 'vitest';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import { makeListing } from '../support/builders.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

test('in a conflict Enter on a choice asks and chooses, and on a contender opens it', async () => {
  const harness = await nordlys();
  const catalogue = harness.catalogue('dk');
  const [first] = catalogue.listings;
  catalogue.listings = [...catalogue.listings, makeListing({ ref: first!.ref, sku: toSku('COPY-42') })];
  await harness.services.sync.run({ shopIds: [toShopId('dk')], full: true }, new AbortController().signal);
  person = await open(harness.services, { start: { screen: 'conflicts' }, columns: 120, rows: 40 });
  const me = person;
  await me.press(keys.enter);
  await me.sees('the shop calls it');
  // It begins on the first choice: Enter asks, and moves to no contender.
  await me.sees(/▌ keep/);
  await me.press('g');
  await me.sees('▌ has the link');
  await me.press(keys.enter);
  await me.sees(/SK6001-42 +Skovstøvle Grøn 42/);
  await me.sees('of 3 shops');
  await me.press(keys.escape);
  await me.sees('the shop calls it');
  await me.press('G', keys.enter);
  await me.sees('Cancel');
  await me.press(keys.enter);
  await me.sees('the shop calls it');
  expect(await harness.services.conflicts.list()).toHaveLength(1);
});
