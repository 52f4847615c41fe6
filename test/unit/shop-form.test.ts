import { expect, test } from 'vitest';
import { platformRegistry as registry } from '../../src/connectors/registry.ts';
import { type Instant, toPlatformId, toShopId } from '../../src/domain/ids.ts';
import type { Shop } from '../../src/domain/shop.ts';
import type { Detection } from '../../src/ports/platform.ts';
import { testLines, testOutcome } from '../../src/views/shops/connection-test-lines.ts';
import { formNotes } from '../../src/views/shops/form-notes.ts';
import { filledIn, foundLine, suggestedId } from '../../src/views/shops/found-platform.ts';
import {
  credentialLine,
  credentialsOf,
  type FormContext,
  formLines,
  formProblem,
  initialFormValues,
  newShopOf,
} from '../../src/views/shops/shop-form.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { makeShop } from '../support/builders.ts';

const platforms = registry.all();
const words = wordsOf('en');
const context: FormContext = { words, language: 'en', platforms };
const blank = initialFormValues(undefined);
const forms = platforms.flatMap((driver) => driver.credentials.map((form) => [driver.label, form.id, driver] as const));

test.each(forms)('%s, %s: the form asks for its own fields, hides the secret ones, and says where each is found', (...[
  ,
  id,
  driver,
]) => {
  const form = driver.credentials.find((one) => one.id === id);
  const lines = formLines({ ...blank, platform: driver.id, form: id }, context);
  for (const field of form?.fields ?? []) {
    const line = lines.find((one) => one.id === credentialLine(field.name));
    expect(line).toMatchObject({ label: field.label, hidden: field.secret, about: field.hint.en, required: true });
  }
  expect(lines.filter((one) => one.id.startsWith(credentialLine(''))).length).toBe(form?.fields.length);
  const way = lines.find((one) => one.id === 'form');
  expect(way?.usual).toBe(driver.credentials.length > 1 ? id : undefined);
});

test.each(
  platforms.map((driver) => [driver.label, driver] as const),
)('%s: on the lines of the key it is said which rights it needs and how it is got', (_, driver) => {
  const values = { ...blank, platform: driver.id };
  const lines = formLines(values, context);
  const at = lines.findIndex((one) => one.id.startsWith(credentialLine('')));
  const notes = formNotes({ at, lines, values }, { ...context, found: undefined, tested: undefined, width: 1_000 });
  const said = notes.map((line) => line.map(({ text }) => text).join('')).join('\n');
  expect(said).toContain(driver.rights.en);
  for (const step of driver.howToGetKey.en) expect(said).toContain(step);
});

test('what the address answered is wrapped, not cut', () => {
  const lines = formLines(blank, context);
  const asked = 'http://a-shop-with-a-long-name.example/and/a/path';
  const found = { asked, found: [] } as const;
  const notes = formNotes({ at: 0, lines, values: blank }, { ...context, found, tested: undefined, width: 60 });
  const said = notes.map((line) => line.map(({ text }) => text).join(''));
  expect(Math.max(...said.map((text) => text.length))).toBeLessThanOrEqual(60);
  expect(said.join(' ')).toContain(context.words.screen.form.notDetected(asked));
});

const shopware = platforms.find(({ id }) => id === toPlatformId('shopware'));
test('what a test of the connection offered is what an option may be', () => {
  const offered = [{ option: 'salesChannel', value: 'abc', label: 'Storefront', usual: true }];
  const named = shopware?.options.fields[0]?.name ?? '';
  const lines = formLines(
    { ...blank, platform: 'shopware' },
    { ...context, offered: offered.map((one) => ({ ...one, option: named })) },
  );
  expect(lines.find((one) => one.id === `option:${named}`)?.choices).toEqual([
    { value: '', label: '' },
    { value: 'abc', label: 'Storefront' },
  ]);
});

test('a key is given whole or not at all, and what does not look right is said before anything is asked', () => {
  const typed = { ...blank, url: 'https://a.example', platform: 'bigcommerce', id: 'a' };
  expect(formProblem(typed, context, false)).toBeUndefined();
  expect(formProblem(typed, context, true)?.line.label).toBe('Store hash');
  const half = { ...typed, [credentialLine('access_token')]: 'x' };
  expect(formProblem(half, context, false)).toMatchObject({ line: { label: 'Store hash' }, why: 'empty' });
  const wrong = { ...half, [credentialLine('store_hash')]: 'stores/abc' };
  expect(formProblem(wrong, context, false)).toMatchObject({ line: { label: 'Store hash' }, why: 'looks-wrong' });
});

test('secrets of another way or platform than the chosen one are not kept', () => {
  const typed = {
    ...blank,
    platform: 'shopify',
    form: 'token',
    'key:token': ' shpat_1 ',
    'key:client_id': 'left over',
  };
  expect(credentialsOf(typed, platforms)).toEqual({ token: 'shpat_1' });
});

const found = (more: Partial<Detection> = {}): Detection => ({
  platform: toPlatformId('woocommerce'),
  confidence: 'sure',
  url: 'https://www.nordlys.dk',
  ...more,
});
test.each([
  ['of what the shop calls itself', found({ name: 'Nordlys Friluft DK' }), [], 'nordlys-friluft'],
  ['in Danish letters', found({ name: 'Smørrebrød & Æbler' }), [], 'smoerrebroed-aeb'],
  ['of its host', found(), [], 'nordlys'],
  ['that nobody has', found(), ['Nordlys', 'nordlys-2'], 'nordlys-3'],
  ['of an address of numbers', found({ url: 'http://127.0.0.1:81' }), [], 'shop'],
])('a short name is suggested %s', (_, one, taken, id) => {
  expect(suggestedId(one, taken)).toBe(id);
});

test('the answer of an address fills in what is empty, and nothing that was typed', () => {
  const named = found({ name: 'Nordlys' });
  expect(filledIn([named], { ...blank, url: 'nordlys.dk' }, [])).toMatchObject({
    platform: 'woocommerce',
    url: 'https://www.nordlys.dk',
    id: 'nordlys',
    name: 'Nordlys',
  });
  expect(filledIn([named], { ...blank, id: 'dk', name: 'Ours' }, [])).toMatchObject({ id: 'dk', name: 'Ours' });
  expect(filledIn([], blank, [])).toBeUndefined();
  const another = found({ platform: toPlatformId('shopware') });
  expect(filledIn([named, another], blank, [])).toBeUndefined();
  expect(filledIn([named, { ...another, confidence: 'likely' }], blank, [])).toMatchObject({ platform: 'woocommerce' });
});

test('it is said what answers, that nobody does, and that several could', () => {
  const said = (at: readonly Detection[]): string =>
    (foundLine({ asked: 'x.dk', found: at }, platforms, words) ?? []).map(({ text }) => text).join('');
  expect(said([found({ name: 'Nordlys' })])).toBe('✓ WooCommerce answers there: "Nordlys".');
  expect(said([])).toContain('No platform was recognised at x.dk');
  expect(said([found(), found({ platform: toPlatformId('shopware') })])).toContain('WooCommerce, Shopware');
});

const known: Shop = {
  id: toShopId('dk'),
  name: 'Nordlys DK',
  platform: toPlatformId('magento'),
  url: 'https://nordlys.dk',
  negative: 'send',
  paused: false,
  options: { source: 'north' },
  addedAt: '2026-11-01T00:00:00.000Z' as Instant,
};
test('a known shop keeps its platform and id, shows its options, and an emptied option is taken away', () => {
  const values = initialFormValues(known);
  const lines = formLines(values, { ...context, known });
  expect(lines.map(({ id }) => id)).not.toContain('platform');
  expect(values['option:source']).toBe('north');
  expect(newShopOf({ ...values, 'option:source': '' }, { platforms, known }).options).toEqual({ source: '' });
});

const report = { identity: 'x', warnings: [], choices: [] };
const right = { wanted: 'write-stock', platformWord: 'write', needed: true } as const;
test('a test says what the key can and what it cannot, each with a sign of its own', () => {
  const permissions = [
    { ...right, granted: false },
    { ...right, wanted: 'read-orders', granted: false, needed: false },
    { ...right, wanted: 'read-stock', granted: undefined },
    { ...right, wanted: 'read-products', granted: true },
  ] as const;
  const result = { ok: true, tookMs: 5, report: { ...report, permissions } } as const;
  const lines = testLines(result, 'DK', words);
  expect(lines.map(({ text }) => text[0])).toEqual(['✓', '✗', '◐', '○', '✓']);
  expect(lines.map(({ tone }) => tone)).toEqual(['good', 'wrong', 'waiting', 'quiet', 'good']);
  expect(testOutcome(result, 'DK', words)).toEqual({
    text: 'DK answers, but the key lacks a right that Bindeled needs.',
    tone: 'waiting',
  });
});

test('name, country and owner of a known shop can be taken away again, and a new one leaves them out', () => {
  const owned = { ...known, country: 'DK', owner: { name: 'Ejer', skuPostfix: '-EJ' } };
  const emptied = { ...initialFormValues(owned), name: '', country: ' ', owner: '', skuPostfix: '' };
  expect(newShopOf(emptied, { platforms, known: owned })).toMatchObject({
    name: '',
    country: '',
    owner: '',
    skuPostfix: '',
  });
  expect(newShopOf(emptied, { platforms })).not.toHaveProperty('country');
});

test('a postfix of item numbers needs its owner, and can be taken away again', () => {
  const values = { ...blank, url: 'https://shop.example', platform: 'woocommerce', id: 'dk', skuPostfix: '-EJ' };
  const line = formProblem(values, context, false)?.line;
  expect(line).toMatchObject({ id: 'owner', label: words.screen.form.owner });
  expect(formProblem({ ...values, owner: 'Ejer' }, context, false)).toBeUndefined();
  const known = makeShop({ owner: { name: 'Ejer', skuPostfix: '-EJ' } });
  const emptied = { ...values, owner: 'Ejer', skuPostfix: '' };
  expect(newShopOf(emptied, { ...context, known }).skuPostfix).toBe('');
  expect(newShopOf(emptied, context).skuPostfix).toBeUndefined();
});
