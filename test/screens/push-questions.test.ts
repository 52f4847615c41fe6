import { expect, test, vi } from 'vitest';
import { toProductId, toShopId } from '../../src/domain/ids.ts';
import type { Services } from '../../src/services/services.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

// The machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const at = opener();

/** The services, and how often a plan was applied. */
function counted(services: Services): { readonly services: Services; readonly applied: () => number } {
  let applied = 0;
  const apply: Services['push']['apply'] = (...given) => {
    applied += 1;
    return services.push.apply(...given);
  };
  return { services: { ...services, push: { ...services.push, apply } }, applied: () => applied };
}

test('p on a card plans and asks at once; yes sends, and the state of each row says so', async () => {
  const { services } = await nordlys();
  const me = await at(services);
  await me.press('SK6001-43\r', 'p');
  await me.sees('Send 3 stock figures?');
  await me.press('O');
  // The shops had the figures already: nothing is left to send, and no row says that it will be.
  await me.sees('3 already right in the shop');
  await me.sees(/ 3 unchanged +3\n/);
  await me.sees(/▌ +✓ unchanged +SK6001-43 +DK/);
  await me.seesNoMore('not sent');
});

test('a plan of which every row asks, answered by nothing, is not applied', async () => {
  const { services } = await nordlys();
  const watched = counted(services);
  const me = await at(watched.services);
  await me.press('AE4410\r', 'p');
  await me.sees('3 go to zero. Type 3 to send them');
  await me.press(keys.enter, keys.enter, keys.enter);
  await me.sees('Nothing was sent: no line was answered with its number');
  expect(watched.applied()).toBe(0);
});

test('read-only shows the plan of one product, and asks nothing', async () => {
  const { services } = await nordlys({ readOnly: true });
  const me = await at(services);
  await me.press('AE4410\r', 'p');
  await me.sees('The plan has 3 lines');
  await me.seesNoMore(/Send 3 stock figures|Type 3/);
});

test('a plan that ran out and whose rows were dropped says nothing of what the shops know', async () => {
  const { services, clock } = await nordlys();
  const me = await at(services, { start: { screen: 'push' } });
  await me.press('p');
  await me.sees('The plan has');
  await me.press(keys.enter);
  await me.sees('on hand');
  clock.advance(40 * 60_000);
  await services.push.plan({});
  await me.press(keys.escape);
  await me.sees('too old');
  await me.sees('There is no push plan.');
  await me.seesNoMore('The shops know every figure already');
});

test('from 100 rows on the number is typed, also where no guard asks', async () => {
  const { services } = await nordlys();
  const watched = counted({
    ...services,
    push: {
      ...services.push,
      plan: async (request) => {
        const plan = await services.push.plan(request);
        const [row] = plan.rows.filter(({ guards }) => guards.length === 0);
        const rows = Array.from({ length: 100 }, (_, at) => ({ ...row!, productId: toProductId(`row-${at}`) }));
        return { ...plan, rows };
      },
    },
  });
  const me = await at(watched.services, { start: { screen: 'push', shopIds: [toShopId('dk')] } });
  await me.press('p');
  await me.sees('The plan has 100 lines');
  await me.press('a');
  await me.sees('Type 100 and Enter');
  await me.press(keys.enter);
  await me.sees('that is not it');
  expect(watched.applied()).toBe(0);
});

test('marks end when the push that they were made for went out whole, and stay while a row of it is left', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'integrations', shopId: toShopId('dk') } });
  await me.sees('SK6001-43');
  await me.press('*');
  await me.sees('4 marked');
  await me.press('b', '2');
  await me.sees('The plan has 4 lines');
  await me.press('a');
  await me.sees('2 simply go out. Type 2:');
  // The zeroes are left out: they are held back, and what was marked is not done.
  await me.press('2', keys.enter, keys.enter, '2', keys.enter);
  await me.sees(/2 held back|2 not sent/);
  await me.press(keys.escape);
  await me.sees('4 marked');
  await me.press('b', '2');
  await me.sees('The plan has 4 lines');
  await me.press('a');
  await me.sees('2 go to zero. Type 2');
  await me.press('2', keys.enter, '2', keys.enter);
  await me.sees('applied');
  await me.press(keys.escape);
  await me.sees('SK6001-43');
  await me.seesNoMore(/\d marked/);
});
