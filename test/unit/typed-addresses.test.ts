import { expect, test } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import { shownAddress } from '../../src/domain/text/shown-address.ts';
import { errorReportOf } from '../../src/runtime/error-report.ts';
import { addressRefusal } from '../../src/services/dependencies/address-refusal.ts';
import { wordsOf } from '../../src/views/words/words.ts';

/** What a person is told of an address that a WooCommerce shop cannot have. */
const told = (typed: string, language: 'da' | 'en'): string => {
  const normal = platformRegistry.get(toPlatformId('woocommerce'))?.normaliseUrl(typed);
  if (normal === undefined || !('problem' in normal)) throw new Error(`${typed} is taken`);
  const refusal = addressRefusal(typed, normal);
  const { said, advice, details } = errorReportOf(refusal, wordsOf(language), '').lines;
  return [refusal.message, JSON.stringify(refusal.about), said, advice, ...details].join('\n');
};

test.each([
  'https://me:hemmelig77@shop.example/?consumer_key=hemmelig77',
  'me:hemmelig77@shop.example',
  'https://hemmelig77@shop.example',
  'https:\\\\me:hemmelig77@shop.example',
  'https://shop.example/wp-json?token=hemmelig77',
  'https://shop.example/#key=hemmelig77',
  'https://shop.example/ck_hemmelig77hemmelig77/wc',
  'ftp://me:hemmelig77@shop.example/?key=hemmelig77',
  'http://shop.example/?a=hemmelig77',
])('%s is refused without the key that stands in it', (typed) => {
  for (const language of ['da', 'en'] as const) expect(told(typed, language)).not.toMatch(/hemmelig77/);
});

test.each([
  ['https://shop.example/?consumer_key=ck_1', 'en', 'There is a user, a password or a key in the address'],
  ['http://shop.example', 'en', 'not encrypted'],
  ['http://shop.example', 'da', 'ikke krypteret'],
  ['ftp://shop.example', 'da', 'er ikke en adresse'],
  ['https://ѕhop.example', 'en', 'https://xn--hop-ehd.example'],
] as const)('%s (%s): says what is wrong with it', (typed, language, said) => {
  expect(told(typed, language)).toContain(said);
});

test('an address is shown with its path, and without user, query and fragment', () => {
  expect(shownAddress(' https://a:b@shop.example/butik?x=1#y ')).toBe('https://shop.example/butik');
  expect(shownAddress('shop.example/butik')).toBe('shop.example/butik');
});
