import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

const at = opener();
const middle = { columns: 120, rows: 40 } as const;
const wide = { columns: 200, rows: 60 } as const;

test('a shop says how many links it lacks before anything else, and beneath which and why', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'shop', shopId: toShopId('no') }, ...middle });
  await me.sees(/◐ answers {2}Nordlys NO\n\n +Links +3 of 4\n +Missing +1\n/);
  await me.sees(/Missing 1\n +SK6001-42 .*not active in the shop/);
  await me.sees('Recent');
});

test.each([
  [80, 20],
  [60, 15],
])('a shop is read to its last line at %i by %i', async (columns, rows) => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'shop', shopId: toShopId('no') }, columns, rows });
  await me.sees('Missing ');
  await me.sees('PgDn: ');
  const seen: string[] = [];
  for (let page = 0; page < 9; page += 1) {
    seen.push(me.screen());
    await me.press('\u001b[6~');
  }
  expect(seen.join('\n').replace(/\s+/g, ' ')).toContain('only a full sync finds them.');
  await me.press('g');
  await me.sees('Nordlys NO\n');
});

test('the list of shops has links of how many, and what differs', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'shops' }, ...wide });
  await me.sees(/Nordlys NO .* 3\/4 /);
  await me.sees(/Nordlys DK .* 4 +2 /);
});

test('what a key that does nothing is for stands until the next key, and in no list of messages', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'shops' }, ...middle });
  await me.sees('Nordlys DK');
  await me.press('x');
  await me.sees(/x: /);
  await me.press('5');
  await me.sees('Conflicts');
  expect(me.screen()).not.toMatch(/ x: /);
  await me.press('!');
  await me.sees('Nothing was said yet.');
  // With nothing to tell of there is no pane for it.
  expect(me.screen()).not.toContain('│');
});

test('what several shops have in common is said once', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-43')).hits.flatMap((hit) => hit.product ?? []);
  for (const shopId of ['dk', 'no', 'se'].map(toShopId)) {
    const plan = await services.push.plan({ productIds: [product!.id], shopIds: [shopId] });
    await services.push.apply({ planId: plan.id }, new AbortController().signal);
  }
  const me = await at(services, { start: { screen: 'product', productId: product!.id }, ...middle });
  await me.sees(/SE, NO, DK: the shop already had 10/);
});

test('the stock tab tells beneath how the figure came to be, and beside it what else happened', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-43')).hits.flatMap((hit) => hit.product ?? []);
  const me = await at(services, { start: { screen: 'product', productId: product!.id, tab: 'stock' }, ...middle });
  await me.sees(/Recent stock figures\n.*stock 0 to 12/);
  me.close();
  const wide = await at(services, {
    start: { screen: 'product', productId: product!.id, tab: 'stock' },
    columns: 200,
    rows: 60,
  });
  await wide.sees(/Recent stock figures\b.*│/);
  await wide.sees(/│ .*linked to SE/);
  await wide.sees(/stock 0 to 12 .*│/);
  expect(wide.screen().split('stock 0 to 12')).toHaveLength(2);
});

test('an age behind a long line of a menu is whole', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-43')).hits.flatMap((hit) => hit.product ?? []);
  await services.marks.add({ productId: product!.id, kind: 'note', text: 'a pallet '.repeat(20) });
  const me = await at(services, { language: 'da', start: { screen: 'shops' }, columns: 80, rows: 24 });
  await me.press('U');
  await me.sees('Fortryd hvad?');
  expect(me.screen()).toMatch(/1 {2}SK6001-43: note: a pallet.*… +(lige nu|for .* siden)\n/);
});

test('a description is shown of every shop where there is room', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-43')).hits.flatMap((hit) => hit.product ?? []);
  const start = { screen: 'product', productId: product!.id, tab: 'content' } as const;
  const me = await at(services, { start, ...wide });
  await me.sees('Ours follows');
  await me.press(keys.down);
  await me.sees(/Description in the other shops/);
});
