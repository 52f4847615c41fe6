import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type ProductId, toShopId } from '../../src/domain/ids.ts';
import { actionForKey } from '../../src/views/keyboard/keymap.ts';
import type { Route } from '../../src/views/navigation/route.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { open, type Person } from '../support/screen.tsx';
import type { TestHarness } from '../support/test-harness.ts';

// The screen is opened anew for every key.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let harness: TestHarness;
let productId: ProductId;
let person: Person | undefined;
beforeAll(async () => {
  harness = await nordlys();
  const [product] = await harness.services.lookup.identify('SK6001-42');
  productId = product?.id ?? productId;
});
afterEach(() => person?.close());

const places: Readonly<Record<string, () => Route>> = {
  'first page': () => ({ screen: 'lookup' }),
  search: () => ({ screen: 'lookup', text: 'SK6001' }),
  integrations: () => ({ screen: 'integrations', shopId: toShopId('no') }),
  'shop id': () => ({ screen: 'shop-id', text: 'dk-101' }),
  inactive: () => ({ screen: 'inactive' }),
  conflicts: () => ({ screen: 'conflicts' }),
  push: () => ({ screen: 'push' }),
  shops: () => ({ screen: 'shops' }),
  shop: () => ({ screen: 'shop', shopId: toShopId('dk') }),
  activity: () => ({ screen: 'activity' }),
  card: () => ({ screen: 'product', productId }),
  'why tab': () => ({ screen: 'product', productId, tab: 'why' }),
  'stock tab': () => ({ screen: 'product', productId, tab: 'stock' }),
  'timeline tab': () => ({ screen: 'product', productId, tab: 'timeline' }),
  messages: () => ({ screen: 'messages' }),
  help: () => ({ screen: 'help' }),
};

/** Every key that prints, and the ones by name. */
const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter(
  // A digit leads to a screen, which may be the very one.
  (key) => !/\d/.test(key),
);
const every = [...printable, ...'æøåÆØÅ', ' ', '\t', '\u007f', '\u001b[Z', '\u001b[2~', '\u001b[20~', '\u0018'];
/** On the first row these have nowhere to go; and the language menu of a screen is the same whatever it is. */
const atTheTop = /^[gk*v]$/;

/** All that a key may have changed: what was written down, and what is remembered of people. */
async function stored(): Promise<string> {
  const { services } = harness;
  const [counts, [newest], card] = await Promise.all([
    services.counts(),
    services.history.list({ limit: 1 }),
    services.lookup.product(productId),
  ]);
  return JSON.stringify([counts, newest?.seq, card?.marks, card?.linked]);
}

/** What a screen shows without the line of what was said. */
const bodyOf = (screen: string): string => screen.split('\n').slice(0, -2).join('\n');

test.each(Object.keys(places))('%s: no key is silent, and none changes anything unasked', async (place) => {
  const silent: string[] = [];
  const changing: string[] = [];
  const fresh = async (): Promise<Person> => {
    person?.close();
    person = await open(harness.services, { start: places[place]?.(), columns: 100, rows: 30 });
    await person.sees('Bindeled');
    return person;
  };
  let me = await fresh();
  let was = await stored();
  for (const key of every) {
    const before = me.screen();
    await me.press(key);
    const left = me.left();
    if (me.screen() === before && !left && !atTheTop.test(key)) silent.push(key);
    const id = actionForKey(key);
    // Fetching and verifying ask the shop again, as their keys say.
    const isAsked = id === 'fetch' || id === 'verify';
    const now = await stored();
    if (now !== was && !isAsked) changing.push(`${key} ${id ?? ''}`);
    was = now;
    // Only what was said about it is different: the next key is pressed on the same screen.
    if (left || bodyOf(me.screen()) !== bodyOf(before)) me = await fresh();
  }
  expect({ silent, changing }).toEqual({ silent: [], changing: [] });
});
