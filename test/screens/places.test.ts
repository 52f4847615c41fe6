import { afterEach, expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { manyGoods, nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

test.each(['2', '4', '5', '6', '7', '8'])('Esc leads from the screen of digit %s to the first page', async (digit) => {
  person = await open((await nordlys()).services);
  const me = person;
  await me.sees('Needs attention');
  await me.press(digit);
  await me.seesNoMore('Needs attention');
  await me.press(keys.escape);
  await me.sees('Needs attention');
  expect(me.left()).toBe(false);
});

test('q leads back as Esc does, and leaves the program on the first page alone', async () => {
  person = await open((await nordlys()).services);
  const me = person;
  await me.press('7', '4', 'q');
  await me.sees('Needs attention');
  expect(me.left()).toBe(false);
  await me.press('q');
  expect(me.left()).toBe(true);
});

test('a long list is found as it was left: its row, and its place on the screen, also far down', async () => {
  const { services } = await manyGoods(700);
  person = await open(services, { start: { screen: 'integrations', shopId: toShopId('dk') }, columns: 80, rows: 24 });
  const me = person;
  await me.sees('VA-101');
  await me.press('G');
  await me.sees(/▌.*VA-800/);
  await me.press('k', 'k', 'k');
  await me.sees(/▌.*VA-797/);
  const left = me.screen();
  await me.press(keys.enter);
  await me.sees('1 of 1 shop');
  await me.press(keys.escape);
  await me.sees(/▌.*VA-797/);
  const rows = (screen: string): readonly string[] => screen.split('\n').filter((line) => line.includes('VA-'));
  expect(rows(me.screen())).toEqual(rows(left));
});

test('going back leads to no old search', async () => {
  person = await open((await nordlys()).services);
  const me = person;
  await me.press('/', 'SK6001', keys.enter);
  await me.sees('SK6001-43');
  await me.press('8', keys.escape);
  await me.sees('Needs attention');
  await me.press('1');
  expect(me.screen()).not.toMatch('Find SK6001');
});

test('a fetch of many that ends on another screen opens nothing there: the message line names the keys', async () => {
  const { services } = await nordlys();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const slow: typeof services = {
    ...services,
    fetch: { ...services.fetch, run: (...asked) => gate.then(() => services.fetch.run(...asked)) },
  };
  const start = { screen: 'integrations', shopId: toShopId('dk') } as const;
  person = await open(slow, { start, columns: 120 });
  const me = person;
  await me.sees('SK6001-43');
  await me.press('*', 'b');
  await me.sees('Enter choose');
  me.begin(keys.enter);
  await me.shows('Esc stops');
  me.begin('8');
  await me.shows('Activity');
  letGo();
  await me.sees(/\d done, 0 failed.*! then Enter: each row/);
  expect(me.screen()).not.toMatch('Enter choose');
  await me.press('!', keys.enter);
  await me.sees(/1 {2}Close/);
  await me.sees(/SK6001-43 {2}DK: already linked/);
});

test('what is asked before a thing is done stands whole in a narrow window', async () => {
  person = await open((await nordlys()).services, { columns: 60, rows: 24, language: 'da' });
  const me = person;
  await me.press('SK6001-43\r', 'd');
  await me.sees('(Esc)');
  const shown = me.screen().slice(me.screen().lastIndexOf('─── '));
  expect(shown).not.toMatch('…');
});
