import { expect, test, vi } from 'vitest';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import { converseWith } from '../support/conversation.ts';
import { makeListing } from '../support/make.ts';
import { nordlys } from '../support/nordlys.ts';
import type { TestWorld } from '../support/world.ts';

// The machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const linksOf = async ({ services }: TestWorld, sku: string): Promise<readonly string[]> => {
  const [product] = await services.identify(sku);
  const card = await services.product(product!.id);
  return card!.places.filter((place) => place.integration !== undefined).map((place) => place.shop.id);
};

test('a scan says the card, and why the missing link is missing', async () => {
  const said = await converseWith((await nordlys()).services, ['SK6001-42', '0']);
  expect(said).toContain('2 of 3 shops');
  expect(said).toMatch(/Nordlys NO, .*not active in the shop/);
  expect(said).toContain('the shop says "draft"');
});

test('a product that is on sale again is fetched, and its link is there', async () => {
  const world = await nordlys();
  const shelf = world.shelf('no');
  shelf.listings = shelf.listings.map((listing) => ({ ...listing, activity: 'active', shopSays: 'publish' }));
  const said = await converseWith(world.services, ['why SK6001-42', '1', '0']);
  expect(said).toMatch(/Nordlys NO: .*linked/);
  expect(await linksOf(world, 'SK6001-42')).toEqual(['dk', 'no', 'se']);
});

test('a conflict is settled by number, and only after the shop was typed', async () => {
  const world = await nordlys();
  const shelf = world.shelf('dk');
  const [first] = shelf.listings;
  shelf.listings = [...shelf.listings, makeListing({ ref: first!.ref, sku: toSku('COPY-42') })];
  await world.services.sync({ shopIds: [toShopId('dk')], full: true }, new AbortController().signal);
  expect(await world.services.conflicts()).toHaveLength(1);
  const refused = await converseWith(world.services, ['conflicts', '1', '1', 'no']);
  expect(refused).toContain('Nothing was done.');
  expect(await world.services.conflicts()).toHaveLength(1);
  const said = await converseWith(world.services, ['4', '1', '1', 'dk']);
  expect(said).toContain('Settled: ');
  expect(await world.services.conflicts()).toHaveLength(0);
});

test('a push sends what was answered with its number, and nothing else', async () => {
  const world = await nordlys();
  const [boots] = await world.services.identify('SK6001-43');
  if (boots === undefined) throw new Error('the boots are there');
  await world.services.setStock(boots.id, 14);
  const held = await converseWith(world.services, ['push --product SK6001-43 --shop dk', '', '1']);
  expect(held).toContain('0 sent, 0 refused, 0 read again and not sent, 1 held back by a guard.');
  const refused = await converseWith(world.services, ['push --product SK6001-43 --shop dk', '7']);
  expect(refused).toContain('Nothing was done.');
  const sent = await converseWith(world.services, ['push --product SK6001-43 --shop dk', '1', '1']);
  expect(sent).toContain('1 sent, 0 refused');
  expect(world.shelf('dk').listings.find((listing) => listing.sku === 'SK6001-43')?.stock.quantity).toBe(12);
});

test('who holds an id, what was done and what is none of the choices are answered', async () => {
  const world = await nordlys();
  const said = await converseWith(world.services, [
    'find --shop-id nowhere',
    'SK6001',
    '9',
    '0',
    'store',
    '8',
    '0',
    '9',
  ]);
  expect(said).toContain('Nobody holds nowhere');
  expect(said).toContain('"9" is none of the choices.');
  expect(said).toContain('no place in the plain mode');
});

test('a link is deleted only after the shop was typed, and undone again', async () => {
  const world = await nordlys();
  await converseWith(world.services, ['SK6001-43', '7', '1', '', '0']);
  expect(await linksOf(world, 'SK6001-43')).toHaveLength(3);
  await converseWith(world.services, ['SK6001-43', '7', '1', 'dk', '0']);
  expect(await linksOf(world, 'SK6001-43')).toHaveLength(2);
  await converseWith(world.services, ['undo', '1']);
  expect(await linksOf(world, 'SK6001-43')).toHaveLength(3);
});

test('trouble is told in words, and the conversation goes on', async () => {
  const world = await nordlys();
  world.shelf('dk').trouble = 'unauthorized';
  const said = await converseWith(world.services, ['sync dk', 'sync xx', 'SK6001-42', '0']);
  expect(said).toContain('does not know the key');
  expect(said).toContain('There is no shop "xx"');
  expect(said).toContain('2 of 3 shops');
});
