import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

const at = opener();
/** Presses and lets go of the left button where a text stands on the screen. */
const clickOn = async (me: Person, text: string): Promise<void> => {
  const lines = me.screen().split('\n');
  const row = lines.findIndex((line) => line.includes(text));
  const column = lines[row]?.indexOf(text) ?? -1;
  expect(row).toBeGreaterThanOrEqual(0);
  await me.press(`\u001b[<0;${column + 1};${row + 1}M`, `\u001b[<0;${column + 1};${row + 1}m`);
};
const wheelDown = '\u001b[<65;10;10M';
const wheelUp = '\u001b[<64;10;10M';

test('a click goes to a row, a second one opens it, and a click on a tab shows it', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'integrations', shopId: toShopId('dk') } });
  await me.sees('BB2010-M');
  await clickOn(me, 'SK6001-43');
  await me.sees(/▌ .*SK6001-43/);
  await clickOn(me, 'SK6001-43');
  await me.sees('3 of 3 shops');
  await clickOn(me, 'Timeline');
  await me.sees('▌Timeline');
});

test('the wheel moves three rows, in a question one, and beneath a question nothing is clicked', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'integrations', shopId: toShopId('dk') } });
  await me.sees(/▌ .*AE4410/);
  await me.press(wheelDown);
  await me.sees(/▌ .*SK6001-43/);
  await me.press(wheelUp);
  await me.sees(/▌ .*AE4410/);
  await me.press('s');
  await me.sees(/▌ 1/);
  await me.press(wheelDown);
  await me.sees(/▌ 2/);
  await clickOn(me, 'SK6001-43');
  await me.sees(/▌ 2/);
  await me.press(keys.escape);
  await me.sees(/▌ .*AE4410/);
});

test('a wheel that turns over a question is no answer to it, and no fault', async () => {
  const me = await at((await nordlys()).services);
  await me.press('SK6001-43\r', 'p');
  await me.sees('Send 3 stock figures?');
  await me.press('x');
  await me.sees('x is no answer here: O yes');
  await me.press(wheelDown, wheelUp);
  expect(me.screen()).not.toMatch(/[↑↓] is no answer/);
});

test('a click in a menu chooses, a second one does it', async () => {
  const me = await at((await nordlys()).services);
  await me.press('L');
  await me.sees(/▌ 1 +Dansk/);
  await clickOn(me, 'English');
  await me.sees(/▌ 2 +English/);
  await clickOn(me, 'Dansk');
  await me.sees(/▌ 1 +Dansk/);
  await clickOn(me, 'Dansk');
  await me.sees('Kræver handling');
});

test('a click on the first page goes to its row, a second one opens it', async () => {
  const me = await at((await nordlys()).services);
  await me.sees('Needs attention');
  await clickOn(me, ' NO  ');
  await me.sees(/▌ .*NO /);
  await clickOn(me, ' NO  ');
  await me.sees('Nordlys NO');
});

test('the mouse presses nothing: neither a right click, a drag, nor what an old terminal sends', async () => {
  const { services } = await nordlys();
  const me = await at(services);
  await me.press('SK6001-43\r');
  await me.sees('3 of 3 shops');
  const before = me.screen();
  for (const bytes of ['\u001b[<2;10;8M', '\u001b[<32;10;9M', '\u001b[<0;10;9m', '\u001b[M dd', '\u001b[M!dO'])
    await me.press(bytes);
  expect(me.screen()).toBe(before);
});
