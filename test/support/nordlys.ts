import { toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { makeContent, makeListing, makeShop, refTo } from './make.ts';
import { makeShelf } from './shelf-connector.ts';
import { makeTestWorld, type TestWorld } from './world.ts';

const goods = [
  ['SK6001-42', 'Skovstøvle Grøn 42'],
  ['SK6001-43', 'Skovstøvle Grøn 43'],
  ['BB2010-M', 'Vindjakke Bølge blå M'],
  ['AE4410', 'Æblegrød på glas'],
] as const;

const shelfOf = (shop: string, over: (sku: string) => Partial<Listing> = () => ({})) =>
  makeShelf(
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
export async function nordlys(over: Parameters<typeof makeTestWorld>[2] = {}): Promise<TestWorld> {
  const shops = ['dk', 'no', 'se'].map((id) =>
    makeShop({ id: toShopId(id), name: `Nordlys ${id.toUpperCase()}`, url: `http://127.0.0.1:1/${id}` }),
  );
  const shelves = [
    shelfOf('dk'),
    shelfOf('no', (sku) => (sku === 'SK6001-42' ? { activity: 'draft', shopSays: 'draft' } : {})),
    shelfOf('se'),
  ];
  const world = await makeTestWorld(shops, shelves);
  await world.services.sync({ full: true }, new AbortController().signal);
  const all = await world.services.lookUp('SK6001', 10);
  for (const hit of all.hits) if (hit.product !== undefined) await world.services.setStock(hit.product.id, 12, 2);
  return over.readOnly === true ? { ...world, services: { ...world.services, readOnly: true } } : world;
}
