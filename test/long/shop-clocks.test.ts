import { describe, expect, it, vi } from 'vitest';
import {
  allPlatforms,
  day,
  forever,
  openTestEnvironment,
  syncAll,
  type TestEnvironment,
} from '../services/test-environment.ts';

// It speaks HTTP with ten simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const years = 3 * 365 * day;

async function opened(platform: string): Promise<TestEnvironment> {
  const environment = await openTestEnvironment([platform]);
  for (let at = 0; at < 3; at += 1)
    environment.shop(platform).add({ sku: `AB-${at}`, title: `Vare ${at}`, quantity: 1 });
  await syncAll(environment);
  return environment;
}

it('PrestaShop writes local times: where its zone is set to another, what changed just before is not missed', async () => {
  const environment = await opened('prestashop');
  const { clock, services, store } = environment;
  const shop = environment.shop('prestashop');
  clock.advance(60_000);
  shop.passTime(60_000);
  const thing = shop.shelf[1]!;
  shop.edit(thing.id, { title: 'Written down in the old zone' });
  // What stands in the database stays: by the new zone it is hours older.
  thing.updatedAt -= 5 * 3_600_000;
  const before = shop.timeZone;
  Object.assign(shop, { timeZone: 'Asia/Dhaka' });
  clock.advance(60_000);
  const [result] = await services.sync.run({}, forever);
  expect([before, result?.trouble, result?.run?.kind]).toEqual(['Europe/Copenhagen', undefined, 'full']);
  expect((await store.productPage({ limit: 9 })).map(({ content }) => content.name)).toContain(
    'Written down in the old zone',
  );
});

/** Time goes on here and in the shop; something is renamed there, and an ordinary sync reads it. */
async function renamed(environment: TestEnvironment, platform: string, title: string) {
  environment.clock.advance(2 * 3_600_000);
  const shop = environment.shop(platform);
  shop.passTime(Math.max(0, Date.parse(environment.clock.now()) - (shop.now() - shop.temper.clockSkewMs)));
  shop.edit(shop.shelf[1]!.id, { title });
  const [result] = await environment.services.sync.run({}, forever);
  expect(result?.trouble).toBeUndefined();
  const names = (await environment.store.productPage({ limit: 9 })).map(({ content }) => content.name);
  expect(names).toContain(title);
}

const oddDates: readonly (readonly [string, string])[] = [
  ['of the year 9999', 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ['of 1970', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['that is no date', 'soon'],
  ['that is empty', ''],
];

describe.each(allPlatforms)('The clock of a %s shop', (platform) => {
  it.each(oddDates)('a Date header %s blinds no reading of changes, then or later', async (_, header) => {
    const environment = await opened(platform);
    environment.shop(platform).temper.dateHeader = header;
    await renamed(environment, platform, 'Under a wrong date');
    await renamed(environment, platform, 'Under a wrong date still');
    environment.shop(platform).temper.dateHeader = undefined;
    await renamed(environment, platform, 'Under a right date');
  });

  it.each([
    ['ahead', years],
    ['behind', -years],
  ])('years %s: nothing that changes is missed, neither while it is nor once it was set right', async (_, skew) => {
    const environment = await opened(platform);
    environment.shop(platform).temper.clockSkewMs = skew;
    await renamed(environment, platform, 'By the wrong clock');
    await renamed(environment, platform, 'By the wrong clock still');
    environment.shop(platform).temper.clockSkewMs = 0;
    await renamed(environment, platform, 'By the right clock');
  });

  it.each([
    ['back', -40],
    ['back by what is looked back over and a little', -17],
    ['on', 40],
  ])('set %s between two readings: what changes then is not missed', async (_, minutes) => {
    const environment = await opened(platform);
    const { clock, services, store } = environment;
    const shop = environment.shop(platform);
    for (const skew of [minutes, 0]) {
      shop.temper.clockSkewMs = skew * 60_000;
      const title = `Read by a clock ${skew} minutes off`;
      clock.advance(60_000);
      shop.passTime(Math.max(0, Date.parse(clock.now()) - (shop.now() - shop.temper.clockSkewMs)));
      shop.edit(shop.shelf[1]!.id, { title });
      clock.advance(60_000);
      const [result] = await services.sync.run({}, forever);
      expect(result?.trouble).toBeUndefined();
      expect((await store.productPage({ limit: 9 })).map(({ content }) => content.name)).toContain(title);
    }
  });

  it('a thing that says it changed in the future hides no other change', async () => {
    const environment = await opened(platform);
    const shop = environment.shop(platform);
    const [first] = shop.shelf;
    first!.updatedAt = Date.UTC(2099, 0, 1);
    for (const variant of first!.variants) variant.updatedAt = Date.UTC(2099, 0, 1);
    await renamed(environment, platform, 'Beside one of the future');
    await renamed(environment, platform, 'Beside one of the future still');
  });
});
