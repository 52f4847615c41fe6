import { afterEach, expect, test, vi } from 'vitest';
import { pngOf } from '../../src/demo/simulators/pictures.ts';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import type { PictureReader } from '../../src/ports/picture-reader.ts';
import type { Services } from '../../src/services/services.ts';
import type { Route } from '../../src/views/navigation/route.ts';
import { makeContent, makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';
import { makeTestHarness } from '../support/test-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

test('what each shop says of a product stands beside ours, with what ours follows', async () => {
  person = await open((await nordlys()).services, { columns: 120, rows: 40 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  await me.press(']', ']', ']');
  await me.sees('Ours follows DK dk-103');
  await me.sees(/Ours .*Vindjakke Bølge blå M/);
  await me.sees(/DK .*Vindjakke Bølge blå M .*ours follows it/);
  await me.press('g');
  await me.sees(/▌ {2}Ours/);
  expect(me.screen().match(/Vindjakke Bølge blå M/g)?.length ?? 0).toBeGreaterThanOrEqual(4);
});

test('the tab of contents speaks Danish', async () => {
  person = await open((await nordlys()).services, { language: 'da', columns: 120 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('Indhold');
  await me.press(']', ']', ']');
  await me.sees('Vores følger DK dk-103');
  await me.press(keys.escape);
});

/** What the reader would say of an address; no two shops have the same one. */
const pictures: PictureReader = {
  read: async ({ url }) =>
    url.includes('gone')
      ? { kind: 'not-read', why: 'not-there' }
      : { kind: 'read', format: 'png', bytes: 10, hash: url.includes('blue') ? 'b' : 'a' },
};

const pictured = (shop: string, address: string) =>
  makeCatalogue(shop, [
    makeListing({
      ref: refTo(shop, `${shop}-1`),
      sku: toSku('CUP'),
      content: makeContent({ name: 'Cup', imageUrl: `http://${shop}.example/${address}.png` }),
    }),
  ]);

const cardOfCup = async (services: Services): Promise<Route> => {
  const [cup] = await services.lookup.identify('CUP');
  if (cup === undefined) throw new Error('no cup');
  return { screen: 'product', productId: cup.id };
};

test('pictures are compared by what they show, and an address alone is no difference', async () => {
  const files = { dk: 'cup', no: 'cup', se: 'cup-blue', de: 'gone' };
  const shops = Object.keys(files).map((id) => makeShop({ id: toShopId(id), url: `http://127.0.0.1:1/${id}` }));
  const { services } = await makeTestHarness(
    shops,
    Object.entries(files).map(([shop, file]) => pictured(shop, file)),
    { pictures },
  );
  await services.sync.run({ full: true }, new AbortController().signal);
  person = await open(services, { columns: 120, askOnOpen: true, start: await cardOfCup(services) });
  const me = person;
  await me.press(']', ']', ']');
  await me.sees(/DK .*the same file/);
  await me.sees(/NO .*same picture/);
  await me.sees(/SE .*another picture/);
  await me.sees(/DE .*not fetched: not there/);
  expect(me.screen()).not.toContain('its own file');
});

test('where cards ask nothing by themselves no picture is fetched', async () => {
  const asked = vi.fn(pictures.read);
  const shops = ['dk', 'no'].map((id) => makeShop({ id: toShopId(id), url: `http://127.0.0.1:1/${id}` }));
  const { services } = await makeTestHarness(shops, [pictured('dk', 'cup'), pictured('no', 'cup')], {
    pictures: { read: asked },
  });
  await services.sync.run({ full: true }, new AbortController().signal);
  person = await open(services, { columns: 120, start: await cardOfCup(services) });
  await person.press(']', ']', ']');
  await person.sees(/NO .*its own file/);
  expect(asked).not.toHaveBeenCalled();
});

const drawing = (asked: string[]): PictureReader => ({
  read: async ({ url, contentUpTo }) => {
    if (contentUpTo !== undefined) asked.push(url);
    const name = url.includes('blue') ? 'blue' : 'cup';
    return { kind: 'read', format: 'png', bytes: 10, hash: name, content: pngOf(name) };
  },
});

async function openDrawing(options: Parameters<typeof open>[1], asked: string[] = []) {
  const files = { dk: 'cup', no: 'cup', se: 'cup-blue' };
  const shops = Object.keys(files).map((id) => makeShop({ id: toShopId(id), url: `http://127.0.0.1:1/${id}` }));
  const catalogues = Object.entries(files).map(([shop, file]) => pictured(shop, file));
  const { services } = await makeTestHarness(shops, catalogues, { pictures: drawing(asked) });
  await services.sync.run({ full: true }, new AbortController().signal);
  return open(services, { columns: 120, rows: 40, askOnOpen: true, start: await cardOfCup(services), ...options });
}

test('the picture of the shop is drawn, ours beside it where it shows another one, and both go with the tab', async () => {
  const pictures: NonNullable<Parameters<typeof open>[1]>['pictures'] = { protocol: 'kitty', shown: [] };
  const asked: string[] = [];
  person = await openDrawing({ pictures }, asked);
  const me = person;
  const last = (): readonly string[] => pictures.shown.map(({ draw }) => draw);
  await me.press(']', ']', ']');
  await me.sees(/SE .*another picture/);
  await expect.poll(last).toHaveLength(1);
  expect(asked).toEqual(['http://dk.example/cup.png']);
  const [ours] = last();
  while (!/▌ {2}SE/.test(me.screen())) await me.press('j');
  await expect.poll(last).toHaveLength(2);
  expect(asked.slice(1)).toEqual(['http://se.example/cup-blue.png']);
  expect(new Set([...last(), ours]).size).toBe(3);
  // Blank cells lie under them, and a smaller window moves them.
  const [first] = pictures.shown;
  if (first === undefined) throw new Error('none is shown');
  const under = me
    .screen()
    .split('\n')
    .slice(first.box.row, first.box.row + first.box.rows);
  expect(under.map((line) => line.slice(first.box.column).trim()).join('')).toBe('');
  await me.resize(100, 34);
  await expect.poll(() => pictures.shown[0]?.box).not.toEqual(first.box);
  await me.resize(80, 15);
  await expect.poll(last).toEqual([]);
  await me.sees('a higher window shows the pictures');
  // Seven lines of shops would leave it four rows at 80 by 24; these three leave more.
  await me.resize(80, 20);
  await expect.poll(() => pictures.shown.map(({ box }) => box.rows)).toEqual([4]);
  await me.resize(120, 40);
  await expect.poll(last).toHaveLength(2);
  await me.press(']');
  await expect.poll(last).toEqual([]);
});

test('where the terminal draws none, or a card asks nothing by itself, no picture is fetched to look at', async () => {
  const asked: string[] = [];
  person = await openDrawing({}, asked);
  await person.press(']', ']', ']');
  await person.sees(/SE .*another picture/);
  person.close();
  person = await openDrawing({ pictures: { protocol: 'kitty', shown: [] }, askOnOpen: false }, asked);
  await person.press(']', ']', ']');
  await person.sees(/SE .*its own file/);
  expect(asked).toEqual([]);
});
