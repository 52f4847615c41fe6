import { afterEach, expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';
import type { TestHarness } from '../support/test-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

async function tickedOff(): Promise<TestHarness> {
  const harness = await nordlys();
  const found = await harness.services.lookup.search('SK6001', 10);
  await harness.services.marks.addAll(
    found.hits.flatMap(({ product }) =>
      product === undefined ? [] : [{ productId: product.id, shopId: toShopId('no'), kind: 'ticked' as const }],
    ),
  );
  return harness;
}

test('rows that were ticked off together are one line that opens, and one undo', async () => {
  const harness = await tickedOff();
  person = await open(harness.services, { start: { screen: 'activity' } });
  const me = person;
  await me.sees(/▌ .*2 products: /);
  await me.press(keys.enter);
  await me.sees(/SK6001-42: /);
  await me.sees(/SK6001-43: /);
  await me.press('u');
  await me.sees('Undo your last act?');
  await me.sees(/2 products: /);
  await me.press('O');
  await me.sees('Undone: 2 products');
  const [product] = await harness.services.lookup.identify('SK6001-42');
  const card = product && (await harness.services.lookup.product(product.id));
  expect(card?.marks).toEqual([]);
  await me.press('u');
  await me.sees('SK6001-43: stock 0 to 12');
});

test('the question of an undo does not take the place of another one', async () => {
  const { services } = await tickedOff();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const slow = {
    ...services,
    history: { ...services.history, acts: (limit: number) => gate.then(() => services.history.acts(limit)) },
  };
  person = await open(slow);
  const me = person;
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  me.begin('u');
  me.begin('c');
  await me.shows('Counted on the shelf');
  letGo();
  await me.sees('Counted on the shelf');
  expect(me.screen()).not.toMatch('Undo your last act?');
});

test('Activity opens at now, also when it was left further down, and stays there', async () => {
  const harness = await nordlys();
  person = await open(harness.services, { start: { screen: 'activity' } });
  const me = person;
  await me.sees(/▌ /);
  await me.press('j', 'j', '7', '8');
  const [product] = await harness.services.lookup.identify('BB2010-M');
  if (product === undefined) throw new Error('no product');
  harness.clock.advance(60_000);
  await harness.services.stock.set(product.id, 77);
  await me.sees(/▌ .*BB2010-M: stock 0 to 77/);
});

test('Shift-Tab turns the selection in Activity as Tab does', async () => {
  person = await open((await nordlys()).services, { start: { screen: 'activity' } });
  await person.press('\u001b[Z');
  await person.sees('▌Trouble only');
});

test('marks end when their act succeeded', async () => {
  const harness = await nordlys();
  for (const sku of ['SK6001-42', 'SK6001-43']) {
    const [product] = await harness.services.lookup.identify(sku);
    if (product !== undefined) await harness.services.stock.set(product.id, 12);
  }
  person = await open(harness.services, { start: { screen: 'integrations', shopId: toShopId('no') } });
  const me = person;
  await me.sees('BB2010-M');
  await me.press('*');
  await me.sees('4 marked');
  await me.press('b', '3');
  await me.sees('4 are not expected here any more');
  await me.seesNoMore('4 marked');
});

test('Esc asks before it ends a fetch', async () => {
  const { services } = await nordlys();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let stopped = false;
  const slow = {
    ...services,
    fetch: {
      ...services.fetch,
      run: (...[given, signal]: Parameters<typeof services.fetch.run>) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          letGo();
        });
        return gate.then(() => services.fetch.run(given, new AbortController().signal));
      },
    },
  };
  person = await open(slow);
  const me = person;
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  me.begin('f');
  await me.shows('Fetching');
  me.begin(keys.escape);
  await me.shows('Stop what is running?');
  expect(stopped).toBe(false);
  me.begin('O');
  await expect.poll(() => stopped).toBe(true);
});
