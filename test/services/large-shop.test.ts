import { describe, expect, it, vi } from 'vitest';
import { toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

// A large shop is read, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;
const dk = makeShop();
const things = (count: number): readonly Listing[] =>
  Array.from({ length: count }, (_, place) =>
    makeListing({ ref: refTo('dk', String(100 + place)), sku: toSku(`A-${place}`), gtin: undefined }),
  );
const synced = async (count: number): Promise<TestHarness> => {
  const harness = await makeTestHarness([dk], [makeCatalogue('dk', things(count))]);
  await harness.services.sync.run({ full: true }, never);
  return harness;
};

describe('a whole shop', () => {
  it('compared: what its pages passed over is asked for by id before it is called gone', async () => {
    const harness = await synced(6);
    harness.catalogue('dk').empty = true;
    harness.catalogue('dk').listings = things(5);
    const compared = await harness.services.diagnosis.compareStock({ shopId: dk.id }, never);
    expect(compared.filter(({ brokeAt }) => brokeAt === 'gone-from-shop')).toHaveLength(1);
    expect(harness.catalogue('dk').asked.products).toBe(6);
  });

  it('listed: a refusal is a cause on a long page as well as for one product alone', async () => {
    const harness = await synced(30);
    const products = await harness.services.integrations.list(dk.id, { filter: 'linked', offset: 0, limit: 30 });
    harness.catalogue('dk').listings = things(30).map(
      (one): Listing => ({ ...one, activity: 'draft', shopSays: 'draft' }),
    );
    await harness.services.sync.run({ full: true, acceptRemovals: 30 }, never);
    harness.catalogue('dk').trouble = 'refused';
    const id = products.rows[7]!.product!.id;
    await harness.services.fetch.run({ asked: [id] }, never);
    const history = await harness.store.history({ types: ['product-fetched'], limit: 10 });
    const page = await harness.services.integrations.list(dk.id, { filter: 'missing', offset: 0, limit: 30 });
    const onPage = page.rows.find(({ product }) => product?.id === id)!.diagnosis!;
    const [alone] = await harness.services.diagnosis.explain(id, dk.id);
    const certainty = (diagnosis: typeof onPage) =>
      diagnosis.verdict === 'not-integrated' && diagnosis.findings.find(({ cause }) => cause === 'refused')!.certainty;
    expect(history).toHaveLength(1);
    expect(certainty(alone!)).not.toBe('ruled-out');
    expect(certainty(onPage)).toBe(certainty(alone!));
  });
});
