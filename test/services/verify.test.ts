import { describe, expect, test, vi } from 'vitest';
import { type ProductId, type ShopId, toShopId } from '../../src/domain/ids.ts';
import { forever, idIn, openTestEnvironment, stockUp, syncAll, type TestEnvironment } from './test-environment.ts';

// Shops are asked over HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dk = toShopId('dk');
const de = toShopId('de');

const idOf = async ({ services }: TestEnvironment, sku: string): Promise<ProductId> =>
  (await services.lookup.identify(sku))[0]!.id;

type DeletedLinks = { readonly environment: TestEnvironment; readonly rows: readonly Place[] };
type Place = { readonly productId: ProductId; readonly shopId: ShopId };

/** Two things in two shops; a person deleted the links of one, and the German shop had put the other to rest. */
async function deletedLinks(): Promise<DeletedLinks> {
  const environment = await openTestEnvironment(['dk', 'de']);
  stockUp(environment, ['dk', 'de'], 'A-1');
  stockUp(environment, ['dk', 'de'], 'A-2');
  environment.shop('de').setStatus(idIn(environment, 'de', 'A-2'), 'draft');
  await syncAll(environment);
  const [deleted, rested] = [await idOf(environment, 'A-1'), await idOf(environment, 'A-2')];
  for (const shopId of [dk, de]) await environment.services.integrations.remove(deleted, shopId, 'by mistake');
  return {
    environment,
    rows: [
      { productId: deleted, shopId: dk },
      { productId: deleted, shopId: de },
      { productId: rested, shopId: de },
    ],
  };
}

const linksOf = async ({ store }: TestEnvironment, { productId }: Place): Promise<readonly ShopId[]> =>
  (await store.integrationsOf([productId])).map(({ ref }) => ref.shopId).toSorted();

describe('what a person deleted', () => {
  test('stays deleted when it is verified, and is said to; a fetch brings it back', async () => {
    const { environment, rows } = await deletedLinks();
    const { services } = environment;
    const results = await services.inactive.verify(rows, forever);
    expect(results.map(({ outcome }) => outcome)).toEqual(['left-unlinked', 'left-unlinked', 'inactive-in-shop']);
    expect(results.map(({ after }) => after?.linked)).toEqual([false, false, false]);
    expect(results.flatMap(({ changes = [] }) => changes)).toEqual([]);
    expect(await linksOf(environment, rows[0]!)).toEqual([]);
    const fetched = await services.fetch.run({ asked: [], places: rows }, forever);
    expect(fetched.map(({ outcome }) => outcome)).toEqual(['linked', 'linked', 'inactive-in-shop']);
  });

  test('is told the same while the program is only to look', async () => {
    const { environment, rows } = await deletedLinks();
    const looking = environment.as({ readOnly: true });
    const results = await looking.inactive.verify(rows, forever);
    expect(results.map(({ outcome }) => outcome)).toEqual(['left-unlinked', 'left-unlinked', 'inactive-in-shop']);
  });

  test('stays deleted when the shops are asked live why, for the card, or for the stock', async () => {
    const { environment, rows } = await deletedLinks();
    const { services, store } = environment;
    const [{ productId }] = rows as [Place];
    const before = await store.history({ limit: 1 });
    await services.diagnosis.explain(productId, undefined, { signal: forever });
    await services.diagnosis.compareStock({ productId }, forever);
    await services.diagnosis.askShops(productId, { signal: forever, onAnswer: () => undefined });
    expect(await linksOf(environment, rows[0]!)).toEqual([]);
    expect(await store.history({ limit: 1 })).toEqual(before);
  });
});

describe('what verifying changed', () => {
  test('is one undo a shop, and stays undone', async () => {
    const { environment } = await deletedLinks();
    const { services } = environment;
    stockUp(environment, ['de'], 'B-1');
    stockUp(environment, ['de'], 'B-2');
    for (const sku of ['B-1', 'B-2']) environment.shop('de').setStatus(idIn(environment, 'de', sku), 'draft');
    await syncAll(environment);
    for (const sku of ['B-1', 'B-2']) environment.shop('de').setStatus(idIn(environment, 'de', sku), 'active');
    const rows = await Promise.all(
      ['B-1', 'B-2'].map(async (sku) => ({ productId: await idOf(environment, sku), shopId: de })),
    );
    const results = await services.inactive.verify(rows, forever);
    expect(results.map(({ outcome, changes }) => [outcome, changes?.map(({ kind }) => kind)])).toEqual([
      ['linked', ['linked']],
      ['linked', ['linked']],
    ]);
    await services.history.undo();
    expect([await linksOf(environment, rows[0]!), await linksOf(environment, rows[1]!)]).toEqual([[], []]);
    await syncAll(environment);
    expect(await linksOf(environment, rows[0]!)).toEqual([]);
  });
});
