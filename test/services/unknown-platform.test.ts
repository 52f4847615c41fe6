import { expect, test } from 'vitest';
import { toPlatformId, toShopId } from '../../src/domain/ids.ts';
import { makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness } from '../support/test-harness.ts';

const forever = new AbortController().signal;
const odd = makeShop({ id: toShopId('odd'), url: 'http://127.0.0.1:1/odd', platform: toPlatformId('of-tomorrow') });
const dk = makeShop({ id: toShopId('dk'), url: 'http://127.0.0.1:1/dk' });
const harnessOf = () =>
  makeTestHarness(
    [dk, odd],
    [dk, odd].map(({ id }) => makeCatalogue(id, [makeListing({ ref: refTo(id, '101') })])),
  );

test('a shop of a platform that this version does not know is passed over by a sync of all, and asked nothing', async () => {
  const harness = await harnessOf();
  const results = await harness.services.sync.run({ full: true }, forever);
  expect(results.map(({ shopId }) => shopId)).toEqual([dk.id]);
  expect(Object.values(harness.catalogue('odd').asked).every((times) => times === 0)).toBe(true);
  const shops = await harness.services.shops.list();
  expect(shops.find(({ shop }) => shop.id === odd.id)).toMatchObject({ shop: odd, health: 'unknown-platform' });
});

test('asked for by name it says that the platform is not known, and not that a key is missing', async () => {
  const { services } = await harnessOf();
  const refusal = { kind: 'unknown-platform', about: { shop: 'odd', platform: 'of-tomorrow' } };
  await expect(services.sync.run({ shopIds: [odd.id] }, forever)).rejects.toMatchObject(refusal);
  await expect(services.shops.test(odd.id, undefined, forever)).rejects.toMatchObject(refusal);
});
