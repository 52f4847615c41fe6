import { afterEach, expect, test, vi } from 'vitest';
import type { Route } from '../../src/views/navigation/route.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

// The machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

const at = async (start?: Route): Promise<Person> => {
  person = await open((await nordlys()).services, start === undefined ? {} : { start });
  return person;
};

test.each([
  ['find SK6001', /2$|SK6001-43/m],
  ['find --shop-id dk-101', /linked .*Nordlys DK .*SK6001-42/],
  ['show SK6001-42', '2 of 3 shops'],
  ['why SK6001-42 --shop no', 'the shop says "draft"'],
  ['timeline SK6001-42', /fetched|linked/],
  ['compare SK6001-42', /12 . 2 = 10|10 available/],
  ['list no', 'Nordlys NO'],
  ['list --shop se --filter missing', 'Missing: nothing.'],
  ['report inactive-with-stock', /confirmed .*SK6001-42/],
  ['conflicts', 'No conflicts.'],
  ['push --dry-run --shop dk', 'The plan has 4 lines'],
  ['push --dry-run --product SK6001-43', 'The plan has 3 lines'],
  ['shops', 'Full sync'],
  ['shops add', 'Connect a shop'],
  ['shops show dk', 'API address'],
  ['sync dk', /Nordlys DK|dk: /],
  ['fetch SK6001-43 --shop dk', 'already linked'],
  ['log --errors', 'Trouble only'],
  ['messages', 'Nothing was said yet.'],
  ['help', 'Moving about'],
  ['lang da', 'Kræver handling'],
  ['rep', /confirmed .*SK6001-42/],
  ['Inactive with stock', /confirmed .*SK6001-42/],
  ['inac st', /confirmed .*SK6001-42/],
  ['Konflikter', 'No conflicts.'],
  ['cflct', 'No conflicts.'],
  ['Activity', 'Everything that happened'],
  ['reprot', 'There is no command "reprot". Did you mean "report"?'],
  ['sync dkk', 'There is no shop "dkk". Did you mean "dk"?'],
  ['doctor', 'bindeled doctor --help'],
])('":%s" does what the command line does', async (line, shown) => {
  const me = await at();
  await me.press(':', line, keys.enter);
  await me.sees(shown);
});

test('commands are offered while one types: Tab completes, arrows choose, with what each is for', async () => {
  const me = await at();
  await me.press(':', 's');
  await me.sees(/sync +read shops/);
  await me.press('y', keys.tab);
  await me.sees('sync ▏');
  await me.sees('sync dk');
  await me.press('n', keys.tab, keys.escape);
  await me.press(':', 'conf', keys.down, keys.enter);
  await me.sees('No conflicts.');
});

test(':quit asks when a sync is on its way', async () => {
  const me = await at();
  await me.press(':', ...'quit', keys.enter);
  expect(me.left()).toBe(true);
});

test('Esc returns to the same row, filter, order and tab', async () => {
  const me = await at({ screen: 'integrations' });
  await me.sees('BB2010-M');
  await me.press('s');
  await me.sees('Sort by');
  await me.press('2');
  await me.press('s', '2');
  await me.press('/', 'SK6', keys.enter, 'j');
  await me.sees(/▌ .*SK6001-42/);
  await me.press(keys.enter);
  await me.press('w', keys.escape);
  await me.sees(/Filter SK6/);
  await me.sees(/▌ .*SK6001-42/);
  await me.sees(/Item no\. ?↓|↓ ?Item no\./);
});

test('- goes where one was before the last jump, and there again', async () => {
  const me = await at({ screen: 'integrations' });
  await me.press('j');
  await me.sees(/▌ .*BB2010-M/);
  await me.press('7');
  await me.sees('Full sync');
  await me.press('-');
  await me.sees(/▌ .*BB2010-M/);
  await me.press('-');
  await me.sees('Full sync');
});

test('an unknown condition of a filter is told, with those there are', async () => {
  const me = await at({ screen: 'integrations' });
  await me.press('/', 'shopp:x');
  await me.sees('There is no condition called shopp here.');
  await me.sees('status: why: since: stock: shop-has: sku:');
});

test('marks survive a filter and an order, hidden ones are counted, and all that is marked gets a result', async () => {
  const me = await at({ screen: 'integrations' });
  await me.sees('BB2010-M');
  await me.press(' ', ' ');
  await me.sees('2 marked');
  await me.press('/', 'SK6', keys.enter);
  await me.sees('2 marked, 2 hidden');
  await me.press('b');
  await me.sees('2 products');
  await me.press('1');
  await me.sees('2 done, 0 failed');
});

test('Enter on the first page leads to what it tells of', async () => {
  const me = await at();
  await me.sees(/2 products with stock that some shop cannot sell/);
  await me.press('j', 'j');
  await me.sees(/▌ .*2 products with stock that some shop cannot sell/);
  await me.press(keys.enter);
  await me.sees(/confirmed .*SK6001-42/);
  await me.press(keys.escape);
  await me.sees('Needs attention');
});
