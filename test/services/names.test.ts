import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { allPlatforms, openTestEnvironment, syncAll, theProduct } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Names as shops write them, and as people read them. */
const names: readonly (readonly [string, string])[] = [
  ['K&oslash;leskab &hellip;', 'Køleskab …'],
  ['A &#8211; B &#x2014; C', 'A – B — C'],
  ['Br&aelig;t &amp;oslash;l', 'Bræt øl'],
  ['<b>Fed</b> <script>alert(1)</script>sko', 'Fed sko'],
  ['M&uuml;ll &lt;b&gt;', 'Müll <b>'],
  ['5 < 6 mm', '5 < 6 mm'],
  ['R&D kit', 'R&D kit'],
  ['caf&eacute &bogus;', 'café &bogus;'],
];

test.each(allPlatforms)('C25: names and choices come from %s without entities and tags', async (platform) => {
  const environment = await openTestEnvironment([platform]);
  const shop = environment.shop(platform);
  for (const [at, [title]] of names.entries()) shop.add({ sku: `N-${at}`, title });
  const choice = (value: string) => [{ name: 'Farve', value }];
  shop.add({
    sku: 'STYLE',
    title: 'Style',
    variants: [
      { sku: 'RED', options: choice('R&oslash;d &amp; bl&aring;') },
      { sku: 'YELLOW', options: choice('Gul') },
    ],
  });
  await syncAll(environment);
  const read = await Promise.all(names.map((_, at) => theProduct(environment, `N-${at}`)));
  expect(read.map(({ content }) => content.name)).toEqual(names.map(([, name]) => name));
  expect((await theProduct(environment, 'RED')).content.name).toMatch(/^Style.+Rød & blå$/);
});

test.each([
  '-',
  '--',
  '.',
  'n/a',
  'N/A',
  'null',
])('A4, A8: "%s" is no item number: it joins nothing, within a shop or across shops', async (sku) => {
  const environment = await openTestEnvironment(['dk', 'no']);
  environment.shop('dk').add({ sku, title: 'Cup' });
  environment.shop('dk').add({ sku, title: 'Pot' });
  environment.shop('no').add({ sku, title: 'Bolt' });
  await syncAll(environment);
  const page = { filter: 'all', offset: 0, limit: 9 } as const;
  const lists = await Promise.all(['dk', 'no'].map((id) => environment.services.integrations.list(toShopId(id), page)));
  const ofDk = lists[0]!.rows.filter(({ state }) => state === 'linked');
  expect(ofDk.map(({ product }) => [product?.sku, product?.content.name]).sort()).toEqual([
    [undefined, 'Cup'],
    [undefined, 'Pot'],
  ]);
  const ofNo = lists[1]!.rows.filter(({ state }) => state === 'linked');
  expect(ofNo.map(({ product }) => product?.content.name)).toEqual(['Bolt']);
});
