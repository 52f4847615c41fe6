import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

const at = opener();
const paste = (text: string): string => `\u001b[200~${text}\u001b[201~`;

test('the shops of a found product are told one by one, and in words for the one under the cursor', async () => {
  const me = await at((await nordlys()).services, { columns: 80, rows: 24 });
  await me.press('/', 'skovst', keys.enter);
  await me.sees(/SK6001-42 .*DK✓ NO– SE✓/);
  await me.press('g');
  await me.sees('NO inactive · DK, SE linked');
});

test('who types on is on the best answer to the whole text, not on a row of an older answer', async () => {
  const me = await at((await nordlys()).services, { columns: 80, rows: 24 });
  await me.press('/', ...'skov');
  await me.sees(/▌ +SK6001-42/);
  await me.press(keys.down);
  await me.sees(/▌ +SK6001-43/);
  await me.press(...'st');
  await me.sees('Find skovst');
  await me.sees(/▌ +SK6001-42/);
});

test('an id that does not show in the row is named under it', async () => {
  const me = await at((await nordlys()).services, { columns: 80, rows: 24 });
  await me.press('/', 'dk-101');
  await me.sees(/SK6001-42 .*DK✓/);
  await me.sees('matched: product id in shop ');
});

test('many pasted item numbers are a list of them, and what names nothing is said', async () => {
  const me = await at((await nordlys()).services);
  await me.press(paste('SK6001-43\nNOBODY-1\nBB2010-M\n'));
  await me.sees('2 products pasted');
  await me.sees('Not found, or more than one: NOBODY-1');
  await me.sees(/▌ {2}SK6001-43/);
  await me.press('j');
  await me.sees(/▌ {2}BB2010-M/);
  await me.press(keys.enter);
  await me.sees('3 of 3 shops');
});

test('pasted numbers of which none is known are no list of nought', async () => {
  const me = await at((await nordlys()).services);
  await me.press(paste('NOBODY-1\nNOBODY-2\n'));
  await me.sees('None of them is known here');
  await me.sees('Not found, or more than one: NOBODY-1, NOBODY-2');
  expect(me.screen()).not.toMatch(/ 0 products|(?<!\d)0\n/);
});

test('a list that is pasted into the search is the same, and one number is a search', async () => {
  const me = await at((await nordlys()).services);
  await me.press('/', paste('SK6001-42, SK6001-43'));
  await me.sees('2 products pasted');
  await me.press(keys.escape, '/', paste('SK6001-42'));
  await me.sees('Find SK6001-42');
});

test('fields and their values complete with Tab while they are typed', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'integrations', shopId: toShopId('no') } });
  await me.sees('BB2010-M');
  await me.press('/', 'sta');
  await me.sees('Tab: status:');
  await me.press(keys.tab, 'mi');
  await me.sees('Tab: status:missing');
  await me.press(keys.tab);
  await me.sees('Filter status:missing ');
  await me.sees(/SK6001-42/);
  await me.seesNoMore('BB2010-M');
});

test('a list is narrowed by its cause and by since when', async () => {
  const harness = await nordlys();
  const me = await at(harness.services, { start: { screen: 'integrations', shopId: toShopId('no') } });
  await me.sees('BB2010-M');
  await me.press('/', 'why:active');
  await me.sees(/SK6001-42/);
  await me.seesNoMore('BB2010-M');
  await me.press('\u0015', 'since:1h');
  await me.sees('BB2010-M');
  harness.clock.advance(3 * 3_600_000);
  await me.press('\u0015', 'since:1h ');
  await me.seesNoMore('BB2010-M');
});

test('a long list says where in it one is', async () => {
  const me = await at((await nordlys()).services, {
    start: { screen: 'integrations', shopId: toShopId('dk') },
    columns: 100,
    rows: 30,
  });
  await me.sees('BB2010-M');
  expect(me.screen()).not.toMatch(/\d-\d of/);
  // A question leaves room for a few rows only.
  await me.resize(100, 15);
  await me.press('s');
  await me.sees(/1-\d of 4/);
});

test('inactive goods are a line a product, whatever the number of shops', async () => {
  const me = await at((await nordlys()).services, { start: { screen: 'inactive' }, columns: 100 });
  await me.sees(/confirmed .*SK6001-42 .*NO–/);
  await me.sees('2 products in 6 places');
  expect(me.screen().match(/SK6001-42/g)).toHaveLength(1);
  await me.press('/', 'shop:no');
  await me.sees(/SK6001-42/);
  await me.press(keys.escape, keys.enter);
  await me.sees('2 of 3 shops');
});

test('what is typed while the rows are on their way moves once they are there', async () => {
  const { services } = await nordlys();
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = {
    ...services,
    integrations: {
      ...services.integrations,
      list: async (...asked: Parameters<typeof services.integrations.list>) => {
        await gate;
        return services.integrations.list(...asked);
      },
    },
  };
  const me = await at(slow);
  me.begin('2');
  await me.shows('→ shop');
  me.begin('j');
  me.begin('j');
  release();
  await me.sees(/▌ .*SK6001-42/);
});

test('keys for a card that is still loading say so, and act on nothing when it comes', async () => {
  const { services } = await nordlys();
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const product: typeof services.lookup.product = (...asked) => gate.then(() => services.lookup.product(...asked));
  const me = await at({ ...services, lookup: { ...services.lookup, product } });
  me.begin('SK6001-42\r');
  await me.shows('Bindeled ›  Products › ');
  for (const key of [keys.enter, 'd', 'c', 'f']) {
    me.begin(key);
    await me.shows('Still loading. Press it again once it is there.');
    // What was said of the key before stands already: only the next one's own answer shows that this one was heard.
    me.begin('B');
    await me.shows('B does nothing.');
  }
  release();
  await me.sees('2 of 3 shops');
  expect(me.screen()).not.toMatch(/Delete|Counted|Fetching/);
});
