import { afterEach, expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Route } from '../../src/views/navigation/route.ts';
import { makeContent, makeProduct } from '../support/builders.ts';
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
const boots = /SK6001-43 {2}Skovstøvle Grøn 43/;
/** Its item number could be a count. */
const socks = makeProduct({
  id: toProductId('p471'),
  sku: toSku('0471'),
  gtin: undefined,
  content: makeContent({ name: 'Uldsok' }),
});

test.each<Route>([
  { screen: 'lookup' },
  { screen: 'integrations' },
  { screen: 'shop-id' },
  { screen: 'inactive' },
  { screen: 'conflicts' },
  { screen: 'push' },
  { screen: 'shops' },
  { screen: 'activity' },
  { screen: 'messages' },
  { screen: 'help' },
])('a scan on $screen looks the product up, but in a search for an id it is the id', async (start) => {
  const me = await at(start);
  await me.press('SK6001-43\t');
  await me.sees(start.screen === 'shop-id' ? 'No shop has product id SK6001-43' : boots);
});

test('a scan while a question is open answers nothing: it cancels, and the product is looked up', async () => {
  const me = await at();
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.press('g', 'd');
  await me.sees('Delete the product integration of');
  await me.press('SK6001-43\r');
  await me.sees(boots);
  await me.seesNoMore('Delete the product integration of');
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
});

test('a scan where a count is asked for counts nothing', async () => {
  const harness = await nordlys();
  person = await open(harness.services);
  const me = person;
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.press('c');
  await me.sees('Counted on the shelf');
  await me.press('SK6001-43\r');
  await me.sees(boots);
  const [product] = await harness.services.lookup.identify('SK6001-42');
  expect(product?.stock.onHand).toBe(12);
});

test('a scan in a note is a part of the note', async () => {
  const me = await at();
  await me.press('SK6001-42\r');
  await me.press('n', ...'see ', '5701234567890\r');
  await me.sees('see 5701234567890');
  await me.press(keys.enter);
  await me.sees('For how long does the note stand?');
});

test('the Enter of a scan that comes letter by letter answers neither a note nor a count', async () => {
  const harness = await nordlys();
  const me = await open(harness.services);
  person = me;
  await me.press('SK6001-42\r', 'n');
  await me.lapse(1_000);
  await me.hurry(...'LB7 P200', keys.enter);
  await me.sees('Enter came right after another key');
  await me.sees('LB7 P200');
  await me.press(keys.enter);
  await me.sees('For how long does the note stand?');
  await me.press(keys.escape, 'c');
  await me.lapse(1_000);
  // Behind the 12 that stands there, 4711 would be a count of six digits.
  await me.hurry(...'4711', keys.enter);
  await me.sees('No product has item number, EAN, id or name "4711"');
  const [product] = await harness.services.lookup.identify('SK6001-42');
  expect(product?.stock.onHand).toBe(12);
});

test('words typed as fast as hands can answer a note and a count, whole', async () => {
  const me = await at();
  await me.press('SK6001-42\r', 'n');
  await me.lapse(1_000);
  await me.hurry(...'ring til kunden', keys.enter);
  await me.sees('For how long does the note stand?');
  await me.press(keys.enter);
  await me.sees('ring til kunden');
  await me.press('n');
  await me.lapse(1_000);
  await me.hurry(...'ringet', keys.enter);
  await me.sees('For how long does the note stand?');
  await me.press(keys.escape, 'c');
  await me.lapse(1_000);
  await me.hurry(...'mange', keys.enter);
  await me.sees('"mange" is not a whole number');
});

test('a scan in a form goes into its line, and its Enter to the next one', async () => {
  const me = await at({ screen: 'shop-form' });
  await me.press('127.0.0.1:9\r');
  await me.sees(/Address +127\.0\.0\.1:9/);
  await me.sees(/▌ Platform/);
  await me.sees('No platform was recognised at 127.0.0.1:9');
  await me.press('5701234567890\r');
  await me.sees(/Platform +found by the address/);
});

test('Enter goes to the line that has to be filled yet, stays where one is empty, and comes to the buttons last', async () => {
  const me = await at({ screen: 'shop-form' });
  await me.press(keys.enter);
  await me.sees(/▌ Address/);
  await me.press('127.0.0.1:9', keys.enter, keys.right, keys.enter);
  await me.sees(/▌ Consumer key/);
  await me.press('ck', keys.enter, 'cs', keys.enter);
  await me.sees(/▌ Short name/);
  await me.press('fi', keys.enter);
  await me.sees(/▌\[ Test connection \]/);
});

test('a scan in an open filter filters the list by it', async () => {
  const me = await at({ screen: 'integrations', shopId: toShopId('dk') });
  await me.press('/', 'SK6001-43\r');
  await me.sees('1 of 4');
  // An EAN is whole: what was begun before it is no part of it.
  await me.press('/', '\u0015', 's', 'k', '5701234567899\r');
  await me.sees(/Filter 5701234567899 /);
  await me.press('/', '\u0015', 'SK6001-43\r');
  await me.sees('1 of 4');
  await me.press(keys.enter);
  await me.sees(boots);
});

test('what is pasted with line breaks is looked up by its first line, and typed into a field as one', async () => {
  const me = await at();
  await me.press('\u001b[200~SK6001-43\nBB2010-M\u001b[201~');
  await me.sees(boots);
  await me.press('n', '\u001b[200~first\nsecond\u001b[201~');
  await me.sees('first second');
});

test('letters typed in a hurry after a search are not commands, and Esc with a letter leaves the field and does it', async () => {
  const me = await at({ screen: 'integrations', shopId: toShopId('dk') });
  await me.press('/', 'jjj');
  await me.sees('Filter jjj');
  await me.press('\u001bj');
  await me.sees(/▌ .*BB2010-M/);
});

test.each([
  ['j', /▌ .*BB2010-M/],
  ['y', 'AE4410 was sent'],
  ['jw', /› BB2010-M/],
])('Esc and %s in one read are for the rows that a filter without any hid', async (letters, seen) => {
  const me = await at({ screen: 'integrations', shopId: toShopId('dk') });
  await me.press('/', 'jjj');
  await me.lapse(500);
  await me.sees('Filter jjj');
  await me.press(`\u001b${letters}`);
  await me.sees(seen);
});

test('Enter after the last letter opens what was typed, and not what stood there for an older text', async () => {
  const { services } = await nordlys();
  let answer = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow = {
    ...services,
    lookUp: async (text: string) => {
      if (text.endsWith('43')) await late;
      return services.lookup.search(text);
    },
  };
  person = await open(slow);
  await person.press('/', 'SK6001-42');
  await person.sees(/SK6001-42 .*DK✓/);
  for (const key of ['\u007f', '3', keys.enter]) person.begin(key);
  await person.shows(boots);
  answer();
});

test('keys that come in one read are pressed one after the other, each on the screen that the one before opened', async () => {
  const me = await at();
  await me.press('7N');
  await me.sees('Connect a shop');
  await me.press('\u001b', ':list no\r');
  await me.sees(/Nordlys NO .*other shop/);
  await me.press('/SK6001-43\u001b[B\u001b[B');
  await me.sees('1 of 4');
});

test('a digit is text in an open field and a screen elsewhere, and the foot line says how to leave the field', async () => {
  const me = await at({ screen: 'shop-id' });
  await me.sees('Esc leave the field');
  await me.press('5');
  await me.sees(/product id 5/);
  await me.press(keys.escape, '5');
  await me.sees('No conflicts.');
});

test('Ctrl-C leaves from a field and from a question', async () => {
  const me = await at({ screen: 'shop-id' });
  await me.press('\u0003');
  expect(me.left()).toBe(true);
});

test('/ finds on every screen, and the word typed after it changes nothing', async () => {
  const harness = await nordlys();
  person = await open(harness.services);
  const me = person;
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.press('/', ...'hdymP');
  await me.sees('Find hdymP');
  await me.press(keys.escape, keys.escape);
  await me.sees('2 of 3 shops');
  expect(me.copied).toEqual([]);
});

test.each<[Route['screen'], string, RegExp]>([
  ['activity', 'n', /n: notes are kept on a product/],
  ['lookup', 'S', /S: reads shops: on Shops \(7\)/],
  ['conflicts', 'd', /d: deletes a link: on a product's card/],
  ['help', 'z', /z does nothing/],
])('on %s the key %s does nothing, and says where it does', async (screen, key, said) => {
  const me = await at({ screen } as Route);
  await me.press(key);
  await me.sees(said);
});

test('P pauses a shop only after a question', async () => {
  const harness = await nordlys();
  person = await open(harness.services, { start: { screen: 'shops' } });
  const me = person;
  const paused = async (): Promise<number> =>
    (await harness.services.shops.list()).filter(({ shop }) => shop.paused).length;
  await me.press('P');
  await me.sees('Pause Nordlys DK?');
  await me.press(keys.enter);
  expect(await paused()).toBe(0);
  await me.press('P', 'O');
  await me.sees('is paused');
  expect(await paused()).toBe(1);
});

test('a scan into the question for a count is no count', async () => {
  const harness = await nordlys();
  person = await open(harness.services);
  const me = person;
  await me.press('SK6001-42\r', 'c', '\u0015', ...'57012345', keys.enter);
  await me.sees('looks like a code, not a count');
  const [product] = await harness.services.lookup.identify('SK6001-42');
  expect(product?.stock.onHand).toBe(12);
});

test('a count that is an item number as well is asked about', async () => {
  const harness = await nordlys();
  await harness.store.change(async () => ({ ...noChanges, put: { products: [socks] } }));
  person = await open(harness.services);
  const me = person;
  const onHand = async () => (await harness.services.lookup.identify('SK6001-42'))[0]?.stock.onHand;
  await me.press('SK6001-42\r', 'c', ...'0471', keys.enter);
  await me.sees('0471 is an item number too (Uldsok). Was that counted?');
  await me.press(keys.enter);
  expect(await onHand()).toBe(12);
  await me.press('c', ...'0471', keys.enter);
  await me.sees('Was that counted?');
  await me.press('O');
  await me.sees('On hand is now 471.');
  await me.press('c', ...'47', keys.enter);
  await me.sees('On hand is now 47.');
});

test('a search of ids starts anew, and an old search does not come back', async () => {
  const me = await at({ screen: 'shop-id' });
  await me.press(...'dk-101', keys.enter);
  await me.sees(/Nordlys DK .*SK6001-42/);
  await me.press('3', ...'dk-102');
  await me.sees('product id dk-102');
  await me.press(keys.enter, '/', ...'dk-103');
  await me.sees('product id dk-103');
});

test.each([
  ['SK6001–42', 'a dash that is a hyphen'],
  ['SK6001+42', 'typed by a scanner with the wrong keyboard'],
])('B15: what %s may have meant (%s) is shown to be chosen, and nothing opens it by itself', async (typed) => {
  const me = await at();
  await me.press('/', ...typed, keys.enter);
  await me.sees(`No product has item number, EAN, id or name "${typed}"`);
  await me.sees('Did you mean one of these?');
  await me.sees(/SK6001-42 {2}Skov/);
  await me.press('/', ...typed, keys.enter);
  await me.sees('Did you mean one of these?');
  await me.press(keys.enter);
  await me.sees('2 of 3 shops');
});

test('a text that is longer than the screen is told by its beginning', async () => {
  const me = await at({ screen: 'shop-id' });
  await me.press(`\u001b[200~${'SKO-1 '.repeat(500)}\u001b[201~`, keys.enter);
  await me.sees('No shop has product id SKO-1 SKO-1');
  await me.sees(/^ {3}No shop has shown this id\. .* :fetch the id\. *$/m);
});

test('nothing is said to be called so while the search for this text still runs', async () => {
  const { services } = await nordlys();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const search: typeof services.lookup.search = (...asked) => gate.then(() => services.lookup.search(...asked));
  person = await open({ ...services, lookup: { ...services.lookup, search } });
  const me = person;
  me.begin('/');
  me.begin('zzz');
  await me.shows('zzz');
  expect(me.screen()).not.toMatch(/No product|[Nn]othing/);
  // A nought beside the field would say the same.
  await me.shows(/Find zzz.* loading \.\.\.\n/);
  letGo();
  await me.sees('No product has item number, EAN, id or name "zzz"');
});

test('a line that a slow connection brings in one piece with its Enter is a note; a code is a part of one', async () => {
  const me = await at();
  await me.press('SK6001-42\r');
  await me.sees('2 of 3 shops');
  await me.press('n', 'ring til Aarhus om pallen\r');
  await me.sees('For how long does the note stand?');
  await me.press(keys.escape, 'n', '5701234567899\r');
  await me.sees('5701234567899');
  await me.seesNoMore('For how long');
  await me.press(...' er væk', keys.enter);
  await me.sees('For how long does the note stand?');
  await me.press(keys.enter);
  await me.sees('5701234567899 er væk');
});
