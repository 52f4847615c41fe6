import { expect, test, vi } from 'vitest';
import { toProductId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';
import type { TestHarness } from '../support/test-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

const at = opener();

/** 260 on our shelf, 10 in all three shops, as they were last read. */
async function wrongInAllShops(): Promise<TestHarness> {
  const harness = await nordlys();
  const [product] = await harness.services.lookup.identify('BB2010-M');
  await harness.services.stock.set(product?.id ?? toProductId(''), 260);
  return harness;
}

test('a product that every shop shows wrongly is seen on the first line of the card, and the next key is a sentence', async () => {
  const me = await at((await wrongInAllShops()).services, { columns: 80, rows: 24 });
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops, 3 with another figure');
  await me.sees(/Shop +State +Ours +Shop has +Δ +Age +Why/);
  await me.sees(/◐ differs +260 +10 +-250/);
  await me.sees('p sends 260 to 3 shops');
});

test('the same product is not called right in a search', async () => {
  const me = await at((await wrongInAllShops()).services);
  await me.press('/', 'Vindjakke');
  await me.sees(/BB2010-M .*DK◐ NO◐ SE◐/);
  await me.sees('DK, NO, SE differs, 10 for 260');
  expect(me.screen()).not.toMatch('DK✓');
});

test('an open note is pinned under the title in a narrow window', async () => {
  const harness = await nordlys();
  const [product] = await harness.services.lookup.identify('BB2010-M');
  const productId = product?.id ?? toProductId('');
  await harness.services.marks.add({
    productId,
    kind: 'note',
    text: 'Supplier sends the blue ones in week 49, ask Lone',
  });
  const me = await at(harness.services, { columns: 80, rows: 24 });
  await me.press('BB2010-M\r');
  await me.sees('Note: Supplier sends the blue ones in week 49, ask Lone');
  await me.press(keys.tab, keys.tab);
  await me.sees('Note: Supplier sends');
});

test('the live answer stands in its own place in a window of 80 by 24', async () => {
  const me = await at((await wrongInAllShops()).services, { columns: 80, rows: 24 });
  await me.press('BB2010-M\r', keys.tab, keys.tab, 'l');
  await me.sees(/DK +260 +- +10 /);
  await me.sees(/SE +260 +- +10 .*linked, but never sent/);
  await me.seesNoMore('PgDn');
});

test('causes that were ruled out can be scrolled to', async () => {
  const me = await at((await nordlys()).services, { columns: 80, rows: 16 });
  await me.press('SK6001-42\r', 'w');
  await me.sees(/PgDn: \d+ more lines/);
  await me.press('\u001b[6~', '\u001b[6~', '\u001b[6~', '\u001b[6~', '\u001b[6~');
  await me.sees('PgUp: back up');
  await me.seesNoMore('PgDn:');
});

test('p on a card plans for all shops at once, wherever the cursor is', async () => {
  const me = await at((await wrongInAllShops()).services);
  await me.press('BB2010-M\r', 'j', 'p');
  await me.sees('The plan has 3 lines');
  await me.sees(/260 - 0 = 260/);
});
