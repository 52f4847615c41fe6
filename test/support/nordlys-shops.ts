import { toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { makeContent, makeListing, makeShop, refTo } from './builders.ts';
import { makeCatalogue } from './catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from './test-harness.ts';

const goods = [
  ['SK6001-42', 'Skovstøvle Grøn 42'],
  ['SK6001-43', 'Skovstøvle Grøn 43'],
  ['BB2010-M', 'Vindjakke Bølge blå M'],
  ['AE4410', 'Æblegrød på glas'],
] as const;

const catalogueOf = (shop: string, over: (sku: string) => Partial<Listing> = () => ({})) =>
  makeCatalogue(
    shop,
    goods.map(([sku, name], index) =>
      makeListing({
        ref: refTo(shop, `${shop}-${101 + index}`),
        sku: toSku(sku),
        content: makeContent({ name }),
        ...over(sku),
      }),
    ),
  );

/** Three shops of one house, read once: the boots in 42 are a draft in Norway, and in Sweden one figure differs. */
export async function nordlys(over: Parameters<typeof makeTestHarness>[2] = {}): Promise<TestHarness> {
  const shops = ['dk', 'no', 'se'].map((id) =>
    makeShop({ id: toShopId(id), name: `Nordlys ${id.toUpperCase()}`, url: `http://127.0.0.1:1/${id}` }),
  );
  const catalogues = [
    catalogueOf('dk'),
    catalogueOf('no', (sku) => (sku === 'SK6001-42' ? { activity: 'draft', shopSays: 'draft' } : {})),
    catalogueOf('se'),
  ];
  const harness = await makeTestHarness(shops, catalogues, over.store === undefined ? {} : { store: over.store });
  await harness.services.sync.run({ full: true }, new AbortController().signal);
  const all = await harness.services.lookup.search('SK6001', 10);
  for (const hit of all.hits) if (hit.product !== undefined) await harness.services.stock.set(hit.product.id, 12, 2);
  return over.readOnly === true ? { ...harness, services: { ...harness.services, readOnly: true } } : harness;
}

/** One shop with so many products, `VA-101` and on, all of them linked. */
export async function manyGoods(count: number): Promise<TestHarness> {
  const listings = Array.from({ length: count }, (_, index) =>
    makeListing({
      ref: refTo('dk', `dk-${index + 101}`),
      sku: toSku(`VA-${index + 101}`),
      content: makeContent({ name: `Vare ${index + 101}` }),
    }),
  );
  const shop = makeShop({ id: toShopId('dk'), name: 'Nordlys DK', url: 'http://127.0.0.1:1/dk' });
  const harness = await makeTestHarness([shop], [{ ...makeCatalogue('dk', listings), pageSize: 100 }]);
  await harness.services.sync.run({ full: true }, new AbortController().signal);
  return harness;
}
