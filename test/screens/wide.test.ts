import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

const at = opener();
const wide = { columns: 200, rows: 60 } as const;
const narrow = { columns: 80, rows: 24 } as const;

test('a card on a wide window tells beside each tab what the tab does not', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-42')).hits.flatMap((hit) => hit.product ?? []);
  const me = await at(services, { start: { screen: 'product', productId: product!.id }, ...wide });
  // Beside the shops: the sum and what happened; beneath them what customers read.
  await me.sees(/Shop has .*│ +\d+ {2}on hand/);
  await me.sees(/│ +Recent/);
  await me.sees(/^ +Content/m);
  await me.press(']');
  await me.sees(/│ +In the shops/);
  await me.press(']', ']', ']');
  await me.sees(/│ +In the shops/);
  expect(me.screen()).not.toMatch(/│ +Recent/);
});

test('why, in a tall window, tells beneath of the other shops too, what is wrong first', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-42')).hits.flatMap((hit) => hit.product ?? []);
  const start = { screen: 'product', productId: product!.id, tab: 'why', shopId: toShopId('se') } as const;
  const me = await at(services, { start, ...wide });
  await me.sees(/In the other shops *│/);
  const said = me.screen();
  expect(said.indexOf('Nordlys NO: It is not active')).toBeGreaterThan(said.indexOf('In the other shops'));
  expect(said.indexOf('Nordlys DK: Linked to')).toBeGreaterThan(said.indexOf('Nordlys NO: It is not active'));
});

test('a narrow card has its tab alone, and no line of its timeline repeats whose it is', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-42')).hits.flatMap((hit) => hit.product ?? []);
  const me = await at(services, { start: { screen: 'product', productId: product!.id, tab: 'timeline' }, ...narrow });
  await me.sees(/linked to/);
  const rows = me
    .screen()
    .split('\n')
    .filter((line) => /linked to/.test(line));
  expect(rows.join('\n')).not.toMatch('SK6001-42');
  expect(me.screen()).not.toMatch('│');
});

test('a narrow timeline tells the event under the cursor in full', async () => {
  const { services } = await nordlys();
  const [product] = (await services.lookup.search('SK6001-42')).hits.flatMap((hit) => hit.product ?? []);
  const start = { screen: 'product', productId: product!.id, tab: 'timeline' } as const;
  const me = await at(services, { start, ...narrow });
  await me.sees(/▌/);
  const [here = ''] = me
    .screen()
    .split('\n')
    .filter((line) => line.startsWith('▌'));
  const [event] = await services.history.list({ productId: product!.id, limit: 1 });
  expect(here).toContain(event?.type === 'stock-changed' ? 'stock 0 to 12' : event?.type);
  await me.sees('SK6001-42: stock 0 to 12 (2 reserved) (count)');
});

test('the list of shops and a shop say what happened last', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'shops' }, ...narrow });
  await me.sees(/Recent\n[^▌]*DK: Full sync/);
  await me.press(keys.enter);
  await me.sees('Links');
  await me.close();
  const other = await at(services, { start: { screen: 'shop', shopId: toShopId('no') }, ...wide });
  await other.sees(/Recent *\n[^▌]*Full sync/);
});
