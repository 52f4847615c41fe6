import { toShopId, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import { makeContent, makeListing, makeShop, refTo } from '../builders.ts';
import { makeCatalogue } from '../catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../test-harness.ts';
import { everyTrick, formulas, untrusted } from './untrusted-text.ts';

const texts = [...Object.values(untrusted), ...formulas, everyTrick, 'Æ'.repeat(10_000)];

const listingsOf = (shop: string): readonly Listing[] =>
  texts.map((text, at) =>
    makeListing({
      ref: refTo(shop, `${text}${at}`, at % 2 === 0 ? text : undefined),
      sku: toSku(at % 3 === 2 ? text : `S-${at}`),
      barcode: text,
      activity: at % 5 === 1 && shop === 'se' ? 'draft' : 'active',
      shopSays: text,
      content: makeContent({ name: `${text} ${shop}`, description: text, imageUrl: text }),
      unbuyable: at % 4 === 0 ? [{ why: 'hidden', shopSays: text }] : undefined,
      stock:
        at % 7 === 3 ? { tracked: true, unreadable: { field: text, value: text } } : { tracked: true, quantity: 4 },
      adminUrl: `https://${text}`,
    }),
  );

/**
 * Two shops that were read once, every text of theirs hostile, as if their connectors cleaned nothing: what goes out is
 * clean by itself or not at all. `S-1` is in conflict in dk and a draft in se.
 */
export async function openUntrustedShops(): Promise<TestHarness> {
  const owner = { name: everyTrick, skuPostfix: '' };
  const shops = ['dk', 'se'].map((id) =>
    makeShop({ id: toShopId(id), name: `${everyTrick} ${id}`, owner, identity: everyTrick, currency: everyTrick }),
  );
  const catalogues = ['dk', 'se'].map((id) => ({ ...makeCatalogue(id, listingsOf(id)), identity: everyTrick }));
  const harness = await makeTestHarness(shops, catalogues, { actor: { kind: 'person', name: everyTrick } });
  const copy = makeListing({ ref: refTo('dk', `copy${everyTrick}`), sku: toSku('S-1'), shopSays: everyTrick });
  harness.catalogue('dk').listings = [...listingsOf('dk'), copy];
  harness.catalogue('se').unreadable = new Set([toShopProductId(`${everyTrick}${texts.length - 2}`)]);
  const { services, clock } = harness;
  await services.sync.run({ full: true }, new AbortController().signal);
  clock.advance(60_000);
  for (const sku of ['S-1', 'S-6', 'S-10'].map(toSku)) {
    const [product] = await harness.store.productsBy({ skus: [sku] });
    if (product !== undefined) await services.stock.set(product.id, 7);
  }
  return harness;
}
