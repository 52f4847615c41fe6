import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { storedShop } from '../support/stored-shop.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home = '';
let seen: Terminal | undefined;

beforeAll(async () => {
  home = await storedShop();
});
afterEach(() => seen?.kill());
afterAll(() => rm(home, { recursive: true, force: true }));

const at = (over: Partial<Parameters<typeof openInTerminal>[0]> = {}): Terminal => {
  seen = openInTerminal({ columns: 80, rows: 24, env: { BINDELED_HOME: home, BINDELED_LANG: 'da' }, ...over });
  return seen;
};

test('every screen opens by its digit, and q leaves the terminal as it was', async () => {
  const me = at();
  await me.sees('Kræver handling');
  expect(me.alternate()).toBe(true);
  for (const [digit, title] of [
    ['2', 'Lagertal afviger'],
    ['3', 'Hvem har et produkt id?'],
    ['4', 'på hylden'],
    ['5', 'Ingen konflikter'],
    ['6', 'ingen plan'],
    ['7', 'Nordlys DK'],
    ['8', 'Kun problemer'],
    ['?', 'Navigation'],
  ] as const) {
    me.type(digit);
    await me.sees(title);
    // The search for an id opens its field, where digits are text.
    if (digit === '3') me.type('\u001b');
    if (digit === '3') await me.seesNoMore('forlad feltet');
  }
  me.type('\u001b');
  await me.seesNoMore('Navigation');
  // From a screen the first page comes first.
  me.type('q');
  await me.sees('Kræver handling');
  me.type('q');
  expect(await me.ended).toBe(0);
  expect(me.alternate()).toBe(false);
});

test('a scan looks the product up on any screen, in one burst or a character at a time', async () => {
  const me = at();
  await me.sees('Kræver handling');
  me.type('5');
  await me.sees('Bindeled ›  Konflikter');
  // A scan that came at once after the digit would be one text with it.
  await me.quiet();
  me.type('SKO-017\r');
  await me.sees('Produktintegration  Hvorfor');
  await me.sees('Skovstøvle SKO-017');
  // What a code has behind its first field is no key: `f` would fetch, `S` ask for a sync.
  me.type('SKO-018\tf\tS\tstk\r');
  await me.sees('Skovstøvle SKO-018');
  await me.sees(/"stk" kom lige efter en kode/);
  expect(me.shown()).not.toMatch(/Synkronis|Henter/);
});

test('acceptance 11: a burst of five moves five lines, and Esc with a letter in one read is both', async () => {
  const me = at();
  await me.sees('Kræver handling');
  me.type('2');
  await me.sees('▌  ✓ koblet     SKO-001');
  me.type('jjjjj');
  await me.sees(/▌ {2}✓ koblet +SKO-006/);
  me.type('\r');
  await me.sees('Produktintegration  Hvorfor');
  me.type('\u001bj');
  await me.sees(/▌ {2}✓ koblet +SKO-007/);
});

test('the window may grow and shrink: 200x60, 80x24, 40x10 and back', async () => {
  const me = at({ columns: 200, rows: 60 });
  await me.sees('Kræver handling');
  me.type('2');
  await me.sees(/▌.*SKO-001/);
  await me.resize(80, 24);
  await me.sees(/^ Bindeled .*DK\n─{80}\n/);
  await me.sees(/▌.*SKO-001/);
  await me.resize(40, 10);
  await me.sees('60x15');
  await me.resize(200, 60);
  await me.sees(/^ Bindeled .*DK\n─{200}\n/);
  await me.sees(/▌.*SKO-001/);
});

test('NO_COLOR sends no colour, and the cursor is still to be seen', async () => {
  const me = at({ env: { BINDELED_HOME: home, BINDELED_LANG: 'da', NO_COLOR: '1' } });
  await me.sees('Kræver handling');
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
  // Back from the card, then out.
  me.type('0\r');
  await me.sees(/10 {2}Slut/);
  me.type('q\r');
  expect(await me.ended).toBe(0);
});
