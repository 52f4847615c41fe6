import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

// Whole screens are drawn, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const at = opener();

test('the first page says what needs somebody, and how the shops are', async () => {
  const me = await at((await nordlys()).services);
  await me.sees('Needs attention');
  await me.sees(/NO +█{6}▊░{2} +3\/4/);
  await me.sees(/4 products/);
});

test('a row of the first page opens exactly what it tells of, and Esc leads back to it', async () => {
  const me = await at((await nordlys()).services);
  await me.sees(/▌ .*6 stock differences in 2 products/);
  await me.press(keys.enter);
  await me.sees(/BB2010-M .*DK◐ NO◐ SE◐/);
  await me.sees('AE4410');
  await me.seesNoMore('SK6001-43');
  await me.press('p');
  await me.sees(/BB2010-M .*DK/);
  await me.press(keys.escape, keys.escape);
  await me.press('j');
  await me.sees(/▌ .*pushes held/);
});

test.each([
  [80, 24],
  [120, 40],
  [200, 60],
])('the first page stands whole in %i by %i', async (columns, rows) => {
  const me = await at((await nordlys()).services, { columns, rows });
  await me.sees('Needs attention');
  await me.sees('Recent');
  await me.sees(/SE +█+ +4\/4/);
  expect(
    me
      .screen()
      .split('\n')
      .filter((line) => line.length > columns),
  ).toEqual([]);
});

test('a lookup says what matched, opens the card, and Esc returns to the same search and row', async () => {
  const me = await at((await nordlys()).services);
  await me.press('/', 'skovst', keys.enter);
  await me.sees(/SK6001-42 .*DK✓ NO– SE✓/);
  await me.press(keys.down);
  await me.sees(/▌ {2}SK6001-43/);
  await me.press(keys.enter);
  await me.sees(/SK6001-43 {2}Skovstøvle Grøn 43/);
  await me.press(keys.escape);
  await me.press('k', 'j');
  await me.sees(/▌ {2}SK6001-43/);
  await me.sees('Find skovst');
});

test('the card draws the missing line, and says why', async () => {
  const me = await at((await nordlys()).services);
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.sees(/Nordlys NO .*not active in the shop/);
  await me.press('w');
  await me.sees('the shop says "draft"');
});

test('why of a linked place says how it was linked, what was sent, what the shop has, and what mends a difference', async () => {
  const me = await at((await nordlys()).services);
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  await me.sees('c counts it: nothing of it was ever counted here.');
  await me.press('w');
  await me.sees('0 available');
  await me.sees('linked by a sync');
  await me.sees('never sent');
  await me.sees('shop has 10, just now');
  // To send a nought that nobody counted would sell the shop out.
  await me.sees('Nothing of it was ever counted here: count it first, with c.');
});

test('a scan on any screen looks the product up', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'conflicts' } });
  await me.sees('No conflicts.');
  await me.press('SK6001-43\r');
  await me.sees(/SK6001-43 {2}Skovstøvle Grøn 43/);
});

test('the links of a shop are filtered to the missing, and by a typed facet', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'integrations', shopId: toShopId('no') } });
  await me.sees('BB2010-M');
  await me.press('/', 'status:missing', keys.enter);
  await me.seesNoMore('BB2010-M');
  await me.sees('SK6001-42');
  await me.sees('1 of 4');
  await me.press(keys.escape);
  await me.sees('BB2010-M');
  // The store looks for a word: it finds no line, and yet there are links here.
  await me.press('/', 'zzz', keys.enter);
  await me.sees('0 of 4');
  await me.sees('Nothing fits the filter.');
});

test('found products are marked and fetched together, and another search takes the marks away', async () => {
  const me = await at((await nordlys()).services);
  await me.press('/', 'SK6001', keys.enter);
  await me.sees(/SK6001-42 .*DK✓ NO– SE✓/);
  await me.press('g', ' ', ' ');
  await me.sees('2 marked · 2');
  await me.press('b');
  await me.sees('2 products');
  await me.sees('Fetch them again');
  await me.press(keys.escape, '/', '\u0015', 'skovst', keys.enter);
  await me.sees('Find skovst');
  await me.seesNoMore('marked ·');
});

test('a Danish reader filters by what the column of states says', async () => {
  const me = await at((await nordlys()).services, {
    start: { screen: 'integrations', shopId: toShopId('no') },
    language: 'da',
  });
  await me.sees('BB2010-M');
  await me.press('/');
  await me.sees('tilstand: årsag: siden: lager:');
  await me.press('tilstand:mangler', keys.enter);
  await me.seesNoMore('BB2010-M');
  await me.sees(/– inaktiv .*SK6001-42/);
  await me.press('/', '\u0015', 'tilstand:afviger lager:0', keys.enter);
  await me.sees(/◐ afviger .*BB2010-M/);
  await me.seesNoMore('SK6001');
  await me.press('/', '\u0015', 'farve:rød', keys.enter);
  await me.sees('tilstand: årsag: siden: lager: shop-har: varenummer:');
});

test('who holds an id is told, and nobody is an answer', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'shop-id' } });
  await me.press('dk-101', keys.enter);
  await me.sees(/linked .*Nordlys DK .*SK6001-42/);
  await me.press('/', '\u0015', 'nowhere', keys.enter);
  await me.sees('No shop has product id nowhere');
});

test('goods that cannot be bought are listed, ticked off with an expiry, and leave the list', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'inactive' } });
  await me.sees(/confirmed .*SK6001-42/);
  await me.press('x', keys.enter);
  await me.press('seen', keys.enter);
  await me.seesNoMore(/\d confirmed/);
  await me.sees('3 ticked off, hidden');
});

test('burst and page keys move the cursor once for each key', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'integrations', shopId: toShopId('dk') } });
  await me.sees('BB2010-M');
  await me.press('jjj');
  await me.sees(/▌ .*SK6001-43/);
  await me.press('\u001bj');
});

test('removing a link asks with Cancel focused: Enter removes nothing, and the yes key is not the trigger', async () => {
  const harness = await nordlys();
  const me = await at(harness.services);
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.press('g', 'd');
  await me.sees('Delete the product integration of SK6001-42 in Nordlys DK?');
  await me.press(keys.enter);
  await me.press('d', 'd', 'd');
  await me.press(keys.escape);
  await me.seesNoMore('Delete the product integration of');
  await me.sees('2 of 3 shops');
});

test('what somebody else changes is marked until the next key: that cell, and no other', async () => {
  const harness = await nordlys();
  const me = await at(harness.services, { start: { screen: 'integrations', shopId: toShopId('dk') } });
  await me.sees(/differs .*BB2010-M/);
  const calm = me.screen();
  const [product] = await harness.services.lookup.identify('BB2010-M');
  await harness.services.stock.set(product!.id, 7, 0);
  await me.sees(/BB2010-M .* 7\* /);
  expect(me.screen()).toBe(calm.replace(/(BB2010-M .*dk-103 +)0 /, '$17*'));
  await me.press('G');
  expect(me.screen()).toContain('7 ');
  expect(me.screen()).not.toContain('*');
});

test('a change by somebody else appears by itself', async () => {
  const harness = await nordlys();
  const me = await at(harness.services);
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  const [product] = await harness.services.lookup.identify('SK6001-42');
  await harness.services.integrations.remove(product!.id, toShopId('dk'), 'by a colleague');
  await me.sees('1 of 3 shops');
});

test('read-only explains instead of doing', async () => {
  const me = await at((await nordlys({ readOnly: true })).services);
  await me.sees('READ-ONLY');
  await me.press('u');
  await me.sees('Bindeled is set to read-only');
});

test('help begins with the keys of the screen it was asked for on', async () => {
  const me = await at((await nordlys()).services);
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.press('?');
  await me.sees('Keys here: Product');
  const lines = me.screen().split('\n');
  const head = lines.findIndex((line) => line.includes('Keys here'));
  expect(head).toBeLessThan(4);
  expect(lines.slice(head).some((line) => /^ +w /.test(line))).toBe(true);
});

test('the language changes on the spot', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'help' } });
  await me.sees('Moving about');
  await me.press('L', keys.enter);
  await me.sees('Hjælp');
});

test('a command by its word goes where the command line would', async () => {
  const me = await at((await nordlys()).services);
  await me.press(':', 'list no', keys.enter);
  await me.sees('Nordlys NO');
  await me.press(':', 'nonsense', keys.enter);
  await me.sees('There is no command "nonsense"');
});

test('copying says honestly that it was sent to the terminal', async () => {
  const me = await at((await nordlys()).services);
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.press('g', 'y');
  await me.sees('cannot be confirmed');
  expect(me.copied.join('')).toContain(Buffer.from('dk-101').toString('base64'));
});

test('an export holds the rows that are shown, and its path is said', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'integrations', shopId: toShopId('no') } });
  await me.sees('BB2010-M');
  await me.press('e', keys.enter);
  await me.sees('4 lines written to');
  expect([...me.saved.values()].join()).toContain('Skovstøvle');
});

test('a window that is too small says so, and comes back', async () => {
  const me = await at((await nordlys()).services);
  await me.sees('Needs attention');
  await me.resize(48, 12);
  await me.sees('48x12');
  await me.resize(100, 30);
  await me.sees('Needs attention');
});

test.each([
  'lookup',
  'integrations',
  'shop-id',
  'inactive',
  'conflicts',
  'push',
  'shops',
  'activity',
  'help',
  'messages',
  'shop-form',
] as const)('no line of %s is wider than 80 cells, none is lost under 24 rows', async (screen) => {
  const me = await at((await nordlys()).services, { start: { screen }, columns: 80, rows: 24, language: 'da' });
  await me.sees('Bindeled');
  const lines = me.screen().split('\n');
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});
