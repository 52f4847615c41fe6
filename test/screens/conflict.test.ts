import { afterEach, expect, test, vi } from 'vitest';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import { makeListing } from '../support/builders.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';
import type { TestHarness } from '../support/test-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

async function conflicting(): Promise<TestHarness> {
  const harness = await nordlys();
  const catalogue = harness.catalogue('dk');
  const [first] = catalogue.listings;
  catalogue.listings = [...catalogue.listings, makeListing({ ref: first!.ref, sku: toSku('COPY-42') })];
  await harness.services.sync.run({ shopIds: [toShopId('dk')], full: true }, new AbortController().signal);
  return harness;
}

test('in a conflict Enter on a choice asks and chooses, and on a contender opens it', async () => {
  const harness = await conflicting();
  person = await open(harness.services, { start: { screen: 'conflicts' }, columns: 120, rows: 40 });
  const me = person;
  await me.press(keys.enter);
  await me.sees(/SK6001-42 {2}Skovstøvle Grøn 42 +│ COPY-42 {2}Æblegrød på glas/);
  // The name is what the shop calls it: that is not said twice.
  expect(me.screen()).not.toContain('the shop calls it');
  // It begins on the first choice: Enter asks, and moves to no contender.
  await me.sees(/▌ keep/);
  await me.sees(/Enter choose/);
  await me.press('g');
  await me.sees('▌ has the link');
  await me.sees(/Enter open/);
  await me.press(keys.enter);
  await me.sees(/SK6001-42 +Skovstøvle Grøn 42/);
  await me.sees('of 3 shops');
  await me.press(keys.escape);
  await me.sees('COPY-42  Æblegrød på glas');
  await me.press('G', keys.enter);
  await me.sees('Cancel');
  await me.press(keys.enter);
  await me.sees('COPY-42  Æblegrød på glas');
  expect(await harness.services.conflicts.list()).toHaveLength(1);
});

test('in a low window no line of a conflict is drawn over another, and the cursor begins on a choice', async () => {
  person = await open((await conflicting()).services, { start: { screen: 'conflicts' }, columns: 80, rows: 18 });
  const me = person;
  await me.press(keys.enter);
  await me.sees(/What can be done \(Enter carries it out\)\n +▌ keep/);
  await me.sees(/\n +Nordlys DK {2}[^\n]* (ago|now)\n/);
  await me.sees(/not the same +\S[^\n]*\n(?: {10,}\S[^\n]*\n)?─/);
});

test('before an id is typed those that two want stand there, with who holds each and who wants it', async () => {
  const { services } = await conflicting();
  person = await open(services, { start: { screen: 'shop-id' }, columns: 120, rows: 40 });
  await person.sees(/Not settled yet.*\n +Conflict +Shop +Product id +Holds it +Wants it.*\n.*SK6001-42/);
});
