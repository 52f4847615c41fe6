import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { refTo } from '../support/builders.ts';
import {
  forever,
  linkedIn,
  openTestEnvironment,
  syncAll,
  type TestEnvironment,
  theProduct,
  topOf,
  whyIn,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const [dk, no] = [toShopId('dk'), toShopId('no')];
const read = (environment: TestEnvironment, ...shopIds: (typeof dk)[]) =>
  environment.services.sync.run({ shopIds, full: true }, forever);
const addressOf = async ({ services }: TestEnvironment, id: typeof dk): Promise<string> =>
  (await services.shops.all()).find((shop) => shop.id === id)!.url;

/** The shop `dk` is taken out, and one comes in under its id: at another address, and called so. */
async function replace(environment: TestEnvironment, { url, identity }: { url: string; identity: string }) {
  const { services, clock } = environment;
  await services.shops.remove(dk);
  clock.advance(60_000);
  Object.assign(environment.shop('no'), { identity });
  await services.shops.add({ id: 'dk', platform: 'woocommerce', url });
  clock.advance(60_000);
}

/** Two products of one number in `dk`, of which a person chose the second; and another shop whose ids are the same. */
async function opened(): Promise<TestEnvironment & { readonly url: string }> {
  const environment = await openTestEnvironment(['dk', 'no']);
  environment.shop('dk').add({ id: '77', sku: 'TEA', title: 'Tea' });
  environment.shop('dk').add({ id: '78', sku: 'TEA', title: 'Tea again' });
  environment.shop('dk').add({ id: '79', title: 'Without a number' });
  environment.shop('no').add({ id: '77', sku: 'BOLT', title: 'Bolt' });
  environment.shop('no').add({ id: '78', sku: 'NUT', title: 'Nut' });
  environment.shop('no').add({ id: '79', title: 'Another without a number' });
  const url = await addressOf(environment, no);
  await environment.services.shops.remove(no);
  await read(environment, dk);
  await environment.services.conflicts.resolve(refTo('dk', '78'), 'move-the-link');
  return { ...environment, url };
}

test('A7: ids of a shop that was removed say nothing of another shop under its id', async () => {
  const environment = await opened();
  const { services } = environment;
  const acts = (await services.history.undoable(9)).map(({ event }) => event.seq);
  await replace(environment, { url: environment.url, identity: 'https://bolts.example' });
  await read(environment, dk);
  // Each thing of the new shop is a product of its own, and the old ones are nowhere.
  expect(await linkedIn(environment, 'TEA')).toEqual([]);
  expect(await linkedIn(environment, 'BOLT')).toEqual(['dk']);
  expect(await linkedIn(environment, 'NUT')).toEqual(['dk']);
  const { rows } = await services.integrations.list(dk, { filter: 'linked', offset: 0, limit: 9 });
  expect(rows.map(({ product }) => product?.content.name).sort()).toEqual(['Another without a number', 'Bolt', 'Nut']);
  // What the old shop had is missing nowhere in the new one: no list, no count, no pattern and no report has it.
  expect(await services.integrations.list(dk, { filter: 'all', offset: 0, limit: 9 })).toMatchObject({
    total: 3,
    counts: { all: 3, linked: 3, missing: 0, conflict: 0 },
  });
  expect(await services.integrations.missing(dk)).toEqual([]);
  expect(await services.patterns.list(dk)).toEqual([]);
  // Neither a fetch of the old product nor the card, nor who holds the id, speaks of what lies there now.
  const [fetched] = await services.fetch.run({ asked: ['TEA'], shopIds: [dk] }, forever);
  expect(fetched).toMatchObject({ outcome: 'never-in-shop' });
  expect(topOf(await whyIn(environment, 'TEA', 'dk'))).toBe('never-in-this-shop: confirmed');
  expect(await services.lookup.holders('78', dk)).toMatchObject([{ holder: { sku: 'NUT' } }]);
  expect((await services.lookup.holders('78', dk))[0]).not.toHaveProperty('formerHolder');
  // What was done in the old shop can be undone in no other.
  expect(acts).toHaveLength(3);
  for (const seq of acts)
    await expect(services.history.undo(seq)).rejects.toMatchObject({ about: { why: 'shop-removed' } });
});

test('A7: while the shop is not there, what was done in it is not undone, and says why', async () => {
  const environment = await opened();
  const { services } = environment;
  const acts = (await services.history.undoable(9)).map(({ event }) => event.seq);
  await services.shops.remove(dk);
  for (const seq of acts)
    await expect(services.history.undo(seq)).rejects.toMatchObject({ about: { why: 'shop-removed' } });
});

test('the same shop that comes back, at another address, has its products and what people said of them again', async () => {
  const environment = await opened();
  const tea = await theProduct(environment, 'TEA');
  const [nameless] = await environment.services.lookup.identify('79');
  const url = await addressOf(environment, dk);
  const { identity } = environment.shop('dk');
  await replace(environment, { url: `${url}/`, identity });
  await read(environment, dk);
  expect(await linkedIn(environment, 'TEA')).toEqual(['dk']);
  expect((await theProduct(environment, 'TEA')).id).toBe(tea.id);
  expect(await environment.services.lookup.identify('79')).toMatchObject([{ id: nameless?.id }]);
});

test('A9: the key of a shop that is removed is forgotten with it', async () => {
  const environment = await opened();
  const forgotten: string[] = [];
  const { connectors } = environment.harness;
  const forgetCredentials = async ({ id }: { readonly id: string }) => void forgotten.push(id);
  await environment.as({ connectors: { ...connectors, forgetCredentials } }).shops.remove(dk);
  expect(forgotten).toEqual(['dk']);
});

test('A1: a product whose source was removed from here follows the next shop that shows it', async () => {
  const environment = await openTestEnvironment(['dk', 'no']);
  const [, ofNo] = ['dk', 'no'].map((id) => environment.shop(id).add({ sku: 'TEA', title: `Tea ${id}` }));
  await read(environment, dk);
  await read(environment, no);
  expect((await theProduct(environment, 'TEA')).content.name).toBe('Tea dk');
  await environment.services.shops.remove(dk);
  environment.shop('no').editVariant(ofNo!.id, { barcode: '5701234567899' });
  await syncAll(environment);
  expect(await theProduct(environment, 'TEA')).toMatchObject({ content: { name: 'Tea no' }, gtin: '05701234567899' });
});
