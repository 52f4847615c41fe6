import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { makeIntegration, makeListing, makeProduct, makeShop, makeShopState, refTo } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
const budget = 700;
const keys = 12;
const things = ['Vandrestøvle, sort', 'Termokande 1 l', 'Familietelt Svane, 6 personer', 'Fangstnet', 'Uldplaid, grå'];
const skus = Array.from({ length: 60 }, (_, index) => `VN-${String(index + 1).padStart(3, '0')}`);

// A busy machine starts the program slowly; what is counted here is bytes.
vi.setConfig({ testTimeout: 60_000 });

let home = '';
let seen: Terminal | undefined;

// Neighbours have as little in common as on a real shelf, so that the pane beside the list changes with every key.
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'bindeled-bytes-'));
  const store = await jsonStore({ folder: join(home, 'data', 'store'), clock: makeClock() });
  const shopIds = ['dk', 'se', 'no', 'de', 'eu'].map(toShopId);
  const products = skus.map((sku, index) =>
    makeProduct({
      id: toProductId(sku),
      sku: toSku(sku),
      content: { name: things[index % things.length] ?? '', price: { minor: 12_300 + index * 777, currency: 'DKK' } },
      stock: { onHand: index * 7, reserved: index % 4 },
    }),
  );
  await store.change(async () => ({
    put: {
      shops: shopIds.map((id) => makeShop({ id })),
      shopStates: shopIds.map((shopId) => makeShopState({ shopId })),
      products,
      listings: shopIds.flatMap((shopId) =>
        skus.map((sku, index) =>
          makeListing({
            ref: refTo(shopId, `${10_400 + index * 37}`),
            sku: toSku(sku),
            stock: { tracked: true, quantity: index * 5 },
          }),
        ),
      ),
      integrations: shopIds.flatMap((shopId) =>
        skus
          .map((sku, index) =>
            makeIntegration({ productId: toProductId(sku), ref: refTo(shopId, `${10_400 + index * 37}`) }),
          )
          .filter((_, index) => index % 3 > 0),
      ),
    },
    drop: {},
    events: [],
  }));
  await store.close();
});
afterEach(() => seen?.kill());
afterAll(() => rm(home, { recursive: true, force: true }));

const open = async (columns: number, rows: number): Promise<Terminal> => {
  const me = openInTerminal({ columns, rows, env: { BINDELED_HOME: home, BINDELED_LANG: 'da' } });
  seen = me;
  await me.sees('Kræver handling');
  me.type('2');
  await me.sees(/▌.*VN-001/);
  return me;
};

test.each([
  [200, 60],
  [80, 24],
])(`every cursor key costs less than ${budget} bytes at %ix%i`, async (columns, rows) => {
  const me = await open(columns, rows);
  // Wide windows show the product over all shops, once the cursor rests.
  if (columns >= 120) await me.sees('I shoppene');
  await me.quiet();
  const before = me.bytes().length;
  for (const sku of skus.slice(1, 1 + keys)) {
    me.type('j');
    await me.sees(new RegExp(`▌.*${sku}`));
  }
  await me.quiet();
  // On a busy machine what a key draws late comes with the next one: each frame is counted, and the sum of all keys.
  const frames = me
    .bytes()
    .slice(before)
    .split(begin)
    .slice(1)
    .map((frame) => Buffer.byteLength(begin + frame));
  const sum = frames.reduce((all, frame) => all + frame, 0);
  console.log(`${columns}x${rows}: ${frames.join(' ')}; ${Math.round(sum / keys)} bytes a key`);
  expect(Math.max(...frames)).toBeLessThan(budget);
  expect(sum / keys).toBeLessThan(budget);
});

test.each([
  [120, 44],
  [200, 60],
])(`a hand that comes back to where the cursor stood costs no more at %ix%i`, async (columns, rows) => {
  const me = await open(columns, rows);
  await me.sees('I shoppene');
  const before = me.bytes().length;
  for (let round = 0; round < 3; round += 1) {
    me.type('j');
    await me.sees(/▌.*VN-002/);
    me.type('k');
    await me.sees(/▌.*VN-001/);
  }
  await me.sees('I shoppene');
  const frames = me
    .bytes()
    .slice(before)
    .split(begin)
    .map((frame) => Buffer.byteLength(frame));
  console.log(`${columns}x${rows}, back and forth: ${frames.join(' ')} bytes a frame`);
  expect(Math.max(...frames)).toBeLessThan(budget);
});

test('every frame stands inside synchronized output, and nothing is drawn between two frames', async () => {
  const me = await open(120, 36);
  await me.sees('I shoppene');
  me.type('G');
  await me.sees(/▌.*VN-060/);
  me.type('7');
  await me.sees('Nordlys DK');
  const drawn = me.bytes().slice(me.bytes().indexOf(begin));
  const between = drawn.split(begin).map((frame) => frame.slice(frame.indexOf(end) + end.length));
  expect(between.slice(1).filter((text) => !/^(?:\u001b\[\?\d+[hl])*$/.test(text))).toEqual([]);
});

test('a person who does nothing is sent nothing', async () => {
  // No pane stands beside the list that would be drawn later than its row.
  const me = await open(80, 24);
  me.type('j');
  await me.sees(/▌.*VN-002/);
  me.type('k');
  await me.sees(/▌.*VN-001/);
  await me.quiet();
  const quiet = me.bytes();
  // A key that does nothing here comes back to the same frame, so what was sent in between was for nothing.
  me.type('k');
  me.type('j');
  await me.sees(/▌.*VN-002/);
  expect(me.bytes().slice(quiet.length).split(begin).length - 1).toBe(1);
});
