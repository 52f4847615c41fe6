import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type ProductId, toShopId } from '../../src/domain/ids.ts';
import { actionForKey, isWriteAction } from '../../src/views/keyboard/keymap.ts';
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
const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
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

test.each(Object.keys(places))('%s: no key is silent, and none changes anything unasked', async (place) => {
  const silent: string[] = [];
  const changing: string[] = [];
  for (const key of every) {
    const route = places[place]?.() ?? { screen: 'lookup' };
    const me = await open(harness.services, { start: route, columns: 100, rows: 30 });
    person = me;
    await me.sees('Bindeled');
    const [before, was] = [me.screen(), await stored()];
    await me.press(key);
    // A digit may lead to the very place one is at.
    if (me.screen() === before && !atTheTop.test(key) && !/^\d$/.test(key)) silent.push(key);
    const id = actionForKey(key);
    // Fetching asks the shop again, as its key says, and a plan is only looked at.
    const isAsked = id !== undefined && ['fetch', 'verify', 'push'].includes(id);
    if ((await stored()) !== was && !isAsked) changing.push(`${key} ${id !== undefined && isWriteAction(id)}`);
    me.close();
  }
  expect({ silent, changing }).toEqual({ silent: [], changing: [] });
});
