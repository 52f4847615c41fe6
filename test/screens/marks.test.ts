import { expect, test, vi } from 'vitest';
import { type ProductId, toShopId } from '../../src/domain/ids.ts';
import type { Services } from '../../src/services/services.ts';
import { manyGoods, nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

const at = opener();
const dk = toShopId('dk');
const no = toShopId('no');

/** The services, and what each fetch was asked for. */
function watchFetches(services: Services): { services: Services; asked: (readonly ProductId[])[] } {
  const asked: (readonly ProductId[])[] = [];
  const run: Services['fetch']['run'] = (request, signal) => {
    asked.push(request.asked as readonly ProductId[]);
    return services.fetch.run(request, signal);
  };
  return { services: { ...services, fetch: { ...services.fetch, run } }, asked };
}

test('a fetch ends the marks when the shops answered; where one did not they stay, and only those are tried again', async () => {
  const { services, catalogue } = await nordlys();
  catalogue('no').unreadable = new Set(['no-102']);
  const watched = watchFetches(services);
  const me = await at(watched.services, { start: { screen: 'integrations', shopId: no }, columns: 120 });
  await me.sees('SK6001-43');
  await me.press('*');
  await me.sees('4 marked');
  await me.press('b', '1');
  await me.sees('3 done, 1 failed');
  await me.sees('4 marked');
  catalogue('no').unreadable = new Set();
  await me.press('1');
  await me.sees('1 done, 0 failed');
  await me.seesNoMore(/\d marked/);
  const [boots] = await services.lookup.identify('SK6001-43');
  expect(watched.asked.map((ids) => ids.length)).toEqual([4, 1]);
  expect(watched.asked[1]).toEqual([boots?.id]);
});

test('many that were fetched are no good news where one of them is still not linked', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'integrations', shopId: no }, columns: 160 });
  await me.sees('SK6001-43');
  await me.press('*', 'b', '1');
  await me.sees(/◐ 4 done, 0 failed: .*1 not active in the shop/);
});

test('a verification ends the marks when the shops answered; else only the rows that failed are asked again', async () => {
  const { services, catalogue } = await nordlys();
  const [boots] = await services.lookup.identify('SK6001-43');
  for (const shopId of [dk, no]) await services.integrations.remove(boots!.id, shopId, 'by mistake');
  const asked: (readonly string[])[] = [];
  const verify: Services['inactive']['verify'] = (rows, ...rest) => {
    asked.push(rows.map(({ shopId }) => shopId));
    return services.inactive.verify(rows, ...rest);
  };
  const watched = { ...services, inactive: { ...services.inactive, verify } };
  catalogue('no').trouble = 'unreachable';
  const me = await at(watched, { start: { screen: 'inactive' }, columns: 160 });
  await me.sees('SK6001-43');
  await me.press('*');
  await me.sees(/\d marked/);
  const [, marked = ''] = /(\d) marked/.exec(me.screen()) ?? [];
  await me.press('i');
  await me.sees(/[1-9] failed/);
  await me.sees(`${marked} marked`);
  expect(asked[0]).toContain(dk);
  catalogue('no').trouble = undefined;
  await me.press('1');
  await me.sees('0 failed');
  await me.seesNoMore(/\d marked/);
  expect(new Set(asked[1])).toEqual(new Set([no]));
});

test('rows that are ticked off together lose their marks, and are one act', async () => {
  const { services } = await nordlys();
  for (const sku of ['SK6001-42', 'SK6001-43']) {
    const [product] = await services.lookup.identify(sku);
    await services.integrations.remove(product!.id, dk, 'by mistake');
  }
  const me = await at(services, { start: { screen: 'inactive' }, columns: 120 });
  await me.sees('SK6001-43');
  await me.press('*');
  await me.sees(/\d marked/);
  await me.press('x', '1');
  await me.sees('note');
  await me.press(keys.enter);
  await me.sees('ticked off until');
  await me.seesNoMore(/\d marked/);
  await me.press('u');
  await me.sees('Undo your last act?');
  await me.sees(/\d products?: /);
  await me.press('O');
  await me.sees('SK6001-43');
  const marks = await Promise.all(
    ['SK6001-42', 'SK6001-43'].map(async (sku) => {
      const [product] = await services.lookup.identify(sku);
      return (await services.lookup.product(product!.id))?.marks;
    }),
  );
  expect(marks).toEqual([[], []]);
});

test.each([
  [49, false],
  [50, true],
])('of %i marked rows the number is asked for: %s', async (count, asks) => {
  const { services } = await manyGoods(count);
  const watched = watchFetches(services);
  const me = await at(watched.services, { start: { screen: 'integrations', shopId: dk }, columns: 120 });
  await me.sees('VA-101');
  await me.press('*');
  await me.sees(`${count} marked`);
  await me.press('b', '1');
  await me.sees(asks ? `Type ${count} and Enter` : `${count} done`);
  expect(watched.asked.length).toBe(asks ? 0 : 1);
  await me.press(keys.escape, 'b', '3');
  await me.sees(asks ? `Type ${count} and Enter` : 'not expected here');
});
