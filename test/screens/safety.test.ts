import { expect, test, vi } from 'vitest';
import { toPlanId, toShopId } from '../../src/domain/ids.ts';
import type { Services } from '../../src/services/services.ts';
import type { SyncRequest, SyncResult } from '../../src/services/sync/sync-service.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

// The machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const at = opener();
const linked = async (services: Services, sku: string): Promise<number> => {
  const [product] = await services.lookup.identify(sku);
  return (await services.lookup.product(product!.id))!.linked;
};

test('keys that come with the question, and a held key, answer nothing', async () => {
  const { services } = await nordlys();
  const me = await at(services);
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  await me.press('d');
  await me.hurry('O', 'O', keys.enter, 'd', 'd');
  await me.sees('Delete the product integration of');
  expect(await linked(services, 'SK6001-43')).toBe(3);
  await me.press('d', 'd', keys.enter);
  await me.seesNoMore('Delete the product integration of');
  expect(await linked(services, 'SK6001-43')).toBe(3);
});

test('for its first 150 ms a question hears nothing: what was meant for the list does not even cancel it', async () => {
  const { services } = await nordlys();
  const me = await at(services);
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  await me.press('d');
  await me.hurry(keys.enter, 'q');
  await me.sees('Delete the product integration of');
  await me.lapse(149);
  await me.hurry('q');
  await me.sees('Delete the product integration of');
  await me.lapse(1);
  await me.hurry('q');
  await me.seesNoMore('Delete the product integration of');
});

test('in a window too small to show it no question is answered, and no key reaches the screen', async () => {
  const { services } = await nordlys();
  const me = await at(services);
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  await me.press('d');
  await me.sees('Delete the product integration of');
  await me.resize(50, 12);
  await me.sees('this window is 50x12');
  await me.press('O', keys.enter, keys.escape, 'q', 'P', 'AE4410\r');
  expect(await linked(services, 'SK6001-43')).toBe(3);
  await me.resize(100, 30);
  await me.sees('Delete the product integration of');
  await me.press('O');
  await me.sees('2 of 3 shops');
});

test('letters that come with a question are not typed into it', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'push', shopIds: [toShopId('dk')] } });
  await me.press('p');
  await me.sees('The plan has 4 lines');
  await me.press('a');
  await me.hurry('7', '7');
  await me.lapse(150);
  await me.hurry('2');
  await me.sees(/2 simply go out\. Type 2: 2/);
});

test('a wrong number that was passed over by an arrow is come back to, and nothing is sent', async () => {
  const harness = await nordlys();
  const me = await at(harness.services, { start: { screen: 'push', shopIds: [toShopId('dk')] } });
  await me.press('p');
  await me.sees('The plan has 4 lines');
  await me.press('a');
  await me.sees('2 are sent for the first time');
  await me.press('9', keys.down, '2', keys.enter, '2', keys.enter);
  await me.sees(/2 simply go out\. Type 2: 9[^\n]*that is not it/);
});

test('the yes key deletes the link after its moment, and u brings it back', async () => {
  const { services } = await nordlys();
  const me = await at(services);
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  await me.press('d');
  await me.sees('u brings the link back');
  await me.press('O');
  await me.sees('2 of 3 shops');
  await me.press('u');
  await me.sees('Undo your last act?');
  await me.press('O');
  await me.sees('3 of 3 shops');
});

test('a push: a wrong number is told, an empty one keeps the rows here, the right one sends them', async () => {
  const harness = await nordlys();
  const me = await at(harness.services, { start: { screen: 'push', shopIds: [toShopId('dk')] } });
  await me.press('p');
  await me.sees('The plan has 4 lines');
  await me.press('a');
  await me.sees('2 go to zero. Type 2 to send them');
  await me.sees('2 are sent for the first time');
  await me.sees('cannot be undone');
  await me.press('9', keys.enter);
  await me.sees('that is not it');
  await me.press('\u007f', '2', keys.enter, keys.enter, '2', keys.enter);
  // Both figures stood there already: nothing was written.
  await me.sees('2 already right in the shop');
  const figures = harness.catalogue('dk').listings.map((listing) => [listing.sku, listing.stock.quantity]);
  expect(figures).toContainEqual(['SK6001-42', 10]);
});

test('what a push did to each row still stands there when one comes back', async () => {
  const harness = await nordlys();
  const plan = await harness.services.push.plan({ shopIds: [toShopId('dk')] });
  await harness.services.push.apply({ planId: plan.id, yes: { zeroes: 2 } }, new AbortController().signal);
  const me = await at(harness.services, { start: { screen: 'push' } });
  await me.sees('held back: goes to zero');
});

test('Esc breaks off what is under way, and says what was done', async () => {
  const { services } = await nordlys();
  let asked: AbortSignal | undefined;
  const slow: Services = {
    ...services,
    fetch: {
      run: (request, signal) =>
        new Promise((resolve) => {
          asked = signal;
          signal.addEventListener('abort', () =>
            resolve(services.fetch.run({ ...request, shopIds: [toShopId('dk')] }, signal)),
          );
        }),
    },
  };
  const me = await at(slow);
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  me.begin('f');
  await me.shows('Esc stops');
  me.begin(keys.escape);
  await me.shows('Stop what is running?');
  expect(asked?.aborted).toBe(false);
  me.begin('O');
  await me.sees('interrupted');
  expect(asked?.aborted).toBe(true);
  await me.sees('3 of 3 shops');
});

test('q asks before it leaves while a shop is being asked, and leaves when that is over', async () => {
  const { services } = await nordlys();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const run: Services['fetch']['run'] = (...given) => gate.then(() => services.fetch.run(...given));
  const me = await at({ ...services, fetch: { ...services.fetch, run } });
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  me.begin('f');
  await me.shows('Fetching');
  me.begin('q');
  await me.shows('Needs attention');
  me.begin('q');
  await me.shows('O  Quit');
  await me.shows(/Quit while this runs: Fetching/);
  expect(me.left()).toBe(false);
  me.begin(keys.escape);
  await expect.poll(me.screen).not.toMatch('O  Quit');
  letGo();
  await me.sees('already linked');
  await me.press('q');
  expect(me.left()).toBe(true);
});

test('q asks before it leaves while a sync runs', async () => {
  const { services } = await nordlys();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const run: Services['sync']['run'] = (...given) => gate.then(() => services.sync.run(...given));
  const me = await at({ ...services, sync: { ...services.sync, run } });
  await me.sees('Needs attention');
  me.begin(':');
  await me.shows('▏');
  me.begin('sync');
  await me.shows('sync▏');
  me.begin(keys.enter);
  await expect.poll(me.screen).not.toMatch('sync▏');
  me.begin('q');
  await me.shows('O  Quit');
  expect(me.left()).toBe(false);
  me.begin('O');
  await expect.poll(me.left).toBe(true);
  letGo();
});

test('a push that was broken off is told of at the next start', async () => {
  const harness = await nordlys();
  const plan = await harness.services.push.plan({ shopIds: [toShopId('dk')] });
  const stop = new AbortController();
  stop.abort();
  await harness.services.push.apply({ planId: toPlanId(plan.id), yes: { firsts: 2, zeroes: 2 } }, stop.signal);
  const me = await at(harness.services);
  await me.sees('An unfinished push from');
  await me.press('6');
  await me.sees('was broken off on its way out');
  await me.press('p');
  await me.sees('The plan has 4 lines');
});

test('a shop is taken out only after its id was typed', async () => {
  const harness = await nordlys();
  const me = await at(harness.services, { start: { screen: 'shops' } });
  await me.sees('Nordlys DK');
  await me.press('d');
  await me.sees('Take Nordlys DK out of Bindeled?');
  await me.press('no', keys.enter);
  await me.sees('that is not it');
  await me.press('\u0015', 'dk', keys.enter);
  await me.sees('Nordlys DK was taken out');
  expect((await harness.services.shops.list()).map((one) => one.shop.id)).toEqual(['no', 'se']);
});

test('a sync goes on while one works elsewhere, is shown in the header, and Esc on the shops stops it after asking', async () => {
  const harness = await nordlys();
  let asked: AbortSignal | undefined;
  const slow: Services = {
    ...harness.services,
    sync: {
      run: (request, signal) =>
        new Promise((resolve) => {
          asked = signal;
          signal.addEventListener('abort', () => resolve(harness.services.sync.run(request, signal)));
        }),
    },
  };
  const me = await at(slow, { start: { screen: 'shops' } });
  await me.sees('Nordlys DK');
  await me.press('S');
  await me.sees('all 3 shops');
  me.begin('3');
  await me.shows('syncing');
  me.begin('5');
  await me.shows('No conflicts.');
  await me.shows('syncing');
  me.begin('7');
  await me.shows('Full sync');
  me.begin(keys.escape);
  await me.shows('A sync is on its way');
  me.begin('2');
  await me.seesNoMore('syncing');
  expect(asked?.aborted).toBe(true);
});

test('Enter on empty answers sends nothing', async () => {
  const harness = await nordlys();
  const me = await at(harness.services, { start: { screen: 'push', shopIds: [toShopId('no')] } });
  await me.press('p');
  await me.sees('The plan has');
  await me.press('a', keys.enter, keys.enter, keys.enter, keys.enter);
  await me.press(keys.escape);
  const sent = (await harness.services.history.list({ limit: 500 })).filter(({ type }) => type === 'stock-pushed');
  expect(sent).toEqual([]);
});

test('read-only allows the preview of a push', async () => {
  const { services } = await nordlys({ readOnly: true });
  const me = await at(services, { start: { screen: 'push', shopIds: [toShopId('dk')] } });
  await me.press('p');
  await me.sees('The plan has 4 lines');
  await me.press('a');
  await me.sees('set to read-only');
});

test('a message opens in full', async () => {
  const harness = await nordlys();
  const me = await at(harness.services, { columns: 80, rows: 24 });
  await me.press('SK6001-42\r', 'f');
  await me.press('!');
  await me.sees('What was said since');
  await me.press(keys.enter);
  await me.sees(/─── the message \d\d:\d\d/);
});

test('the counts of a plan add up, and at 80 columns the sum of each row stays before its name', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'push' }, columns: 80, rows: 24 });
  await me.press('p');
  await me.sees(/\d+ - \d+ = -?\d+/);
  const rows = me
    .screen()
    .split('\n')
    .filter((line) => /\d+ - \d+ = -?\d+/.test(line));
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.join('\n')).not.toMatch('Skovstøvle');
  const head =
    me
      .screen()
      .split('\n')
      .find((line) => / asks /.test(line)) ?? '';
  const [total = 0, ...parts] = [...head.replace(/goes to zero: \d+/, '').matchAll(/\d+/g)].map(Number).toReversed();
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
  expect(total).toBeGreaterThan(3);
});

test('a question whose title is longer than the window is wide draws all of it', async () => {
  const { services } = await nordlys();
  const me = await at(services, { columns: 60, rows: 24 });
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  await me.press('d');
  await me.sees('Delete the product integration of');
  const asked = wordsOf('en').screen.removeTitle('SK6001-43', 'Nordlys DK');
  expect(asked.length).toBeGreaterThan(60 - 8);
  expect(me.screen().replace(/[─\s]+/g, ' ')).toContain(asked);
});

test('a shop that calls itself otherwise is accepted by exactly that name, after a question, and read', async () => {
  const harness = await nordlys();
  harness.catalogue('dk').identity = 'https://moved.example';
  const me = await at(harness.services, { start: { screen: 'shop', shopId: toShopId('dk') } });
  await me.press('S', '1');
  await me.sees('The address of dk now answers as another shop');
  await me.press('S');
  await me.sees('1  DK answers as another shop');
  await me.press('1', ...'https://other.example', keys.enter);
  await me.sees('Is "https://other.example" DK, moved or renamed?');
  // Enter under Cancel accepts nothing.
  await me.press(keys.enter);
  const identityNow = async () => (await harness.store.shops()).find(({ id }) => id === 'dk')?.identity;
  expect(await identityNow()).toBe('https://dk.example');
  await me.press('S', '1', ...'https://other.example', keys.enter, 'O');
  await expect.poll(identityNow).toBe('https://other.example');
  await me.sees('The address of dk now answers as another shop');
  await me.press('S', '1', ...'https://moved.example', keys.enter, 'O');
  await me.sees(/DK: \d+ read/);
  expect(await identityNow()).toBe('https://moved.example');
});

test('a shop that has grown is read once a person says how many it has; what is no number reads nothing', async () => {
  const harness = await nordlys();
  const asked: SyncRequest[] = [];
  const detail = { shop: 'dk', doing: 'reading', rowLimit: 900 };
  const run = async (request: SyncRequest): Promise<readonly SyncResult[]> => {
    asked.push(request);
    return [{ shopId: toShopId('dk'), trouble: { kind: 'unintelligible', detail }, cancelled: false }];
  };
  const services = { ...harness.services, sync: { ...harness.services.sync, run } };
  const me = await at(services, { start: { screen: 'shop', shopId: toShopId('dk') } });
  await me.press('S', '1');
  await me.sees('dk shows far more products than it had');
  await me.press('S', '1', 'many', keys.enter);
  await me.sees('"many"');
  expect(asked).toHaveLength(1);
  await me.press('S', '1', '2500', keys.enter);
  await expect.poll(() => asked.at(-1)).toMatchObject({ shopIds: ['dk'], full: true, expected: 2500 });
});
