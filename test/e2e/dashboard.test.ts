import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import { jsonStore } from '../../src/stores/json.ts';
import { makeClock } from '../support/clock.ts';
import { makeIntegration, makeListing, makeProduct, makeShop, makeShopState, refTo } from '../support/make.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

let home = '';
let seen: Terminal | undefined;
const skus = Array.from({ length: 60 }, (_, index) => `SKO-${String(index + 1).padStart(3, '0')}`);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'bindeled-screen-'));
  const clock = makeClock();
  const store = await jsonStore({ folder: join(home, 'data', 'store'), clock });
  const shopId = toShopId('dk');
  await store.change(async () => ({
    put: {
      shops: [makeShop({ id: shopId })],
      shopStates: [makeShopState({ shopId })],
      products: skus.map((sku) =>
        makeProduct({ id: toProductId(sku), sku: toSku(sku), content: { name: `Skovstøvle ${sku}` } }),
      ),
      listings: skus.map((sku) => makeListing({ ref: refTo('dk', sku), sku: toSku(sku) })),
      integrations: skus.map((sku) => makeIntegration({ productId: toProductId(sku), ref: refTo('dk', sku) })),
    },
    drop: {},
    events: [],
  }));
  await store.close();
});
afterEach(() => seen?.kill());
afterAll(() => rm(home, { recursive: true, force: true }));

const at = (over: Partial<Parameters<typeof openInTerminal>[0]> = {}): Terminal => {
  seen = openInTerminal({ columns: 80, rows: 24, env: { BINDELED_HOME: home, BINDELED_LANG: 'da' }, ...over });
  return seen;
};

test('every screen opens by its digit, and q leaves the terminal as it was', async () => {
  const me = at();
  await me.sees('Kræver nogen');
  expect(me.alternate()).toBe(true);
  for (const [digit, title] of [
    ['2', 'Lagertal afviger'],
    ['4', 'på hylden'],
    ['5', 'Ingen konflikter'],
    ['6', 'ingen plan'],
    ['7', 'Nordlys DK'],
    ['8', 'Kun problemer'],
    ['?', 'Rundt'],
  ] as const) {
    me.type(digit);
    await me.sees(title);
  }
  me.type('\u001b');
  await me.seesNoMore('Rundt');
  me.type('q');
  expect(await me.ended).toBe(0);
  expect(me.alternate()).toBe(false);
});

test('a scan looks the product up on any screen, in one burst or a character at a time', async () => {
  const me = at();
  await me.sees('Kræver nogen');
  me.type('5');
  await me.sees('Ingen konflikter');
  me.type('SKO-017\r');
  await me.sees('Produktintegration  Hvorfor');
  await me.sees('Skovstøvle SKO-017');
});

test('a burst of five moves five lines, and Esc with a letter in one read is both', async () => {
  const me = at();
  await me.sees('Kræver nogen');
  me.type('2');
  await me.sees('▌  ● koblet     SKO-001');
  me.type('jjjjj');
  await me.sees(/▌ {2}● koblet +SKO-006/);
  me.type('\u001bj');
  await me.sees(/▌ {2}● koblet +SKO-007/);
});

test('the window may grow and shrink: 200x60, 80x24, 40x10 and back', async () => {
  const me = at({ columns: 200, rows: 60 });
  await me.sees('Kræver nogen');
  me.type('2');
  await me.sees(/▌.*SKO-001/);
  await me.resize(80, 24);
  await me.sees(/^ Bindeled .*dk\n─{80}\n/);
  await me.sees(/▌.*SKO-001/);
  await me.resize(40, 10);
  await me.sees('60x15');
  await me.resize(200, 60);
  await me.sees(/^ Bindeled .*dk\n─{200}\n/);
  await me.sees(/▌.*SKO-001/);
});

test('NO_COLOR sends no colour, and the cursor is still to be seen', async () => {
  const me = at({ env: { BINDELED_HOME: home, BINDELED_LANG: 'da', NO_COLOR: '1' } });
  await me.sees('Kræver nogen');
  me.type('2');
  await me.sees(/▌.*SKO-001/);
  expect(me.bytes()).not.toMatch(/\u001b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m/);
});

test('a dumb terminal gets a conversation in lines, without a cursor that moves', async () => {
  const me = at({ term: 'dumb' });
  await me.sees('Hvad nu?');
  me.type('SKO-003\r');
  await me.sees('Skovstøvle SKO-003');
  expect(me.bytes()).not.toContain('\u001b');
  me.type('q\r');
  expect(await me.ended).toBe(0);
});

test.each([['SIGHUP'], ['SIGTERM'], ['SIGINT']] as const)('%s gives the terminal back', async (signal) => {
  const me = at();
  await me.sees('Kræver nogen');
  me.kill(signal);
  await me.ended;
  expect(me.alternate()).toBe(false);
  expect(me.bytes()).toContain('\u001b[?2004l');
  expect(me.bytes().lastIndexOf('\u001b[?25h')).toBeGreaterThan(me.bytes().lastIndexOf('\u001b[?25l'));
});
