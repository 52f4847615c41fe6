import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type ProductId, toShopId } from '../../src/domain/ids.ts';
import type { Route } from '../../src/views/navigation/route.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';
import type { TestHarness } from '../support/test-harness.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let harness: TestHarness;
let productId: ProductId;
let person: Person | undefined;
beforeAll(async () => {
  harness = await nordlys();
  const [product] = await harness.services.lookup.identify('SK6001-42');
  productId = product?.id ?? productId;
});
afterEach(() => person?.close());

/** A code of every kind: plain, with a blank, GS1 with its separator and with a prefix, a digital link, full of yes keys. */
const codes = [
  '5701234567890\r',
  'LB7 P200\t',
  ']d20105701234567899\n',
  '010570123456789910AB12\u001d1726123\r',
  'https://id.gs1.org/01/05701234567899/10/AB7P12?17=261231\r',
  'OOdO1O\r\n',
];
const card = (): Route => ({ screen: 'product', productId });
/** Every place that asks, and the keys that lead to its question. */
const questions: Readonly<Record<string, readonly [() => Route, ...string[]]>> = {
  'delete a link': [card, 'd'],
  'not for this shop': [card, 'm'],
  'what was counted': [card, 'c'],
  'the language': [card, 'L'],
  'the push of a card': [card, 'p'],
  'an order': [() => ({ screen: 'integrations', shopId: toShopId('dk') }), 's'],
  'an export': [() => ({ screen: 'integrations', shopId: toShopId('dk') }), 'e'],
  'many rows': [() => ({ screen: 'integrations', shopId: toShopId('dk') }), ' ', 'b'],
  'a pause': [() => ({ screen: 'shops' }), 'P'],
  'a shop taken out': [() => ({ screen: 'shops' }), 'd'],
  'a sync': [() => ({ screen: 'shops' }), 'S'],
  'a tick': [() => ({ screen: 'inactive' }), 'x'],
  'an undo': [() => ({ screen: 'activity' }), 'u'],
  nothing: [() => ({ screen: 'shops' })],
};

async function stored(): Promise<string> {
  const { services } = harness;
  const [counts, [newest], shown, shops] = await Promise.all([
    services.counts(),
    services.history.list({ limit: 1 }),
    services.lookup.product(productId),
    services.shops.list(),
  ]);
  const { marks, linked, product } = shown ?? {};
  return JSON.stringify([counts, newest?.seq, marks, linked, product?.stock, shops.map(({ shop }) => shop.paused)]);
}

test.each(Object.keys(questions))('a scan, whole or a character at a time, answers no question: %s', async (name) => {
  const [route, ...keys] = questions[name] ?? [card];
  const before = await stored();
  const saved: string[] = [];
  // Two kinds each, in turn: all kinds come up, and the test stays short.
  const turn = Object.keys(questions).indexOf(name) * 2;
  for (const code of [0, 1].map((one) => codes[(turn + one) % codes.length] ?? '')) {
    for (const wayIn of ['whole', 'apart'] as const) {
      // Outside a field a code that comes apart is put together again before any key is pressed (key-reader.test.ts).
      if (wayIn === 'apart' && name !== 'what was counted') continue;
      const me = await open(harness.services, { start: route() });
      person = me;
      await me.sees('Bindeled');
      await me.press(...keys);
      if (wayIn === 'whole') await me.press(code);
      else await me.hurry(...code);
      saved.push(...me.saved.keys());
      me.close();
      expect(`${code} ${await stored()}`).toBe(`${code} ${before}`);
    }
  }
  expect(saved).toEqual([]);
});

/** Codes that hold what opens a question and what answers it. */
const telling = ['PO4711\r', 'PXO99\r', 'S1234\r', 'SD-1\r', 'U1\r', 'U-100\r', 'dO12\r', 'uO12\r', 'cP1\r', 'UdO\r'];
const everywhere: Readonly<Record<string, () => Route>> = {
  'the first page': () => ({ screen: 'lookup' }),
  shops: () => ({ screen: 'shops' }),
  activity: () => ({ screen: 'activity' }),
  card,
};

test.each(
  Object.keys(everywhere),
)('a scanner of 400 ms a letter presses nothing that changes anything: %s', async (name) => {
  await harness.services.marks.add({ productId, kind: 'note', text: 'to be undone by nobody' });
  const before = await stored();
  for (const code of telling) {
    const me = await open(harness.services, { start: everywhere[name]?.() });
    person = me;
    await me.sees('Bindeled');
    await me.slowly(...code);
    me.close();
    expect(`${code} ${await stored()}`).toBe(`${code} ${before}`);
  }
});

test('an answer that comes right after its question is heard once nothing follows it', async () => {
  const me = await open(harness.services, { start: { screen: 'shops' } });
  person = me;
  await me.sees('Nordlys');
  await me.slowly('P');
  await me.sees('Pause');
  await me.slowly('O');
  await me.sees('is paused');
  await me.press('P', 'x');
  await me.sees('x is no answer here: O yes, Esc cancel.');
  await me.press('\u001b[200~O\u001b[201~');
  await me.sees('What was pasted is no answer here: O yes, Esc cancel.');
  await me.press('O');
  await me.sees('is no longer paused');
});

test('the first letter of a slow code answers no question that has stood there for long', async () => {
  const before = await stored();
  for (const [keys, code] of [
    ['m', 'O4711'],
    ['n', '4711'],
    ['u', 'OdO12'],
  ] as const) {
    const me = await open(harness.services, { start: card() });
    person = me;
    await me.press(keys, ...(keys === 'n' ? ['a', 'b', '\r'] : []));
    await me.lapse(5_000);
    await me.slowly(...code, '\r');
    me.close();
    expect(`${code} ${await stored()}`).toBe(`${code} ${before}`);
  }
  const me = await open(harness.services, { start: { screen: 'shops' } });
  person = me;
  await me.press('P');
  await me.begin('O');
  await me.press(keys.enter);
  await me.sees('is paused');
  await me.press('P', 'O');
  await me.sees('is no longer paused');
});

test('what is typed takes the place of the figure that a count begins with; a slow code counts nothing', async () => {
  const me = await open(harness.services, { start: card() });
  person = me;
  await me.press('c');
  await me.slowly(...'471112', keys.enter);
  await me.sees('Enter came right after another key, as in a scan');
  await me.press(keys.escape, 'c', '7', keys.enter);
  await me.sees('On hand is now 7.');
  await me.press('c', '\u001b[D', '1', keys.enter);
  await me.sees('On hand is now 17.');
  await me.press('c', '1', '2', keys.enter);
});
