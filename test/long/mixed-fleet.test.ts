import { describe, expect, test, vi } from 'vitest';
import { parseGtin, toShopId } from '../../src/domain/ids.ts';
import {
  allPlatforms,
  day,
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  syncAll,
  type TestEnvironment,
  theCard,
  theProduct,
  topOf,
  whyIn,
} from '../services/test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A thing of which something happens in that one shop alone; all ten shops sell it. */
const skuFor = (platform: string): string => `A-${platform}`;
const everyOther = (platform: string): readonly string[] => allPlatforms.filter((id) => id !== platform);
const barcodeAt = (place: number): string => {
  const digits = `57012345678${String(place).padStart(2, '0')}`.slice(0, 12);
  return Array.from({ length: 10 }, (_, check) => `${digits}${check}`).find((text) => parseGtin(text) !== undefined)!;
};
/** What a shop each answers about, by its name. */
const inEach = async <Answer>(
  ask: (platform: string) => Promise<Answer>,
): Promise<Readonly<Record<string, Answer>>> => {
  const answers: Record<string, Answer> = {};
  for (const platform of allPlatforms) answers[platform] = await ask(platform);
  return answers;
};
const same = <Answer>(answer: Answer): Readonly<Record<string, Answer>> =>
  Object.fromEntries(allPlatforms.map((platform) => [platform, answer]));

/** Ten shops of ten platforms that all sell the same ten things, read once. */
async function openFleet(): Promise<TestEnvironment> {
  const environment = await openTestEnvironment(allPlatforms);
  for (const shopId of allPlatforms) {
    for (const platform of allPlatforms) {
      const sku = skuFor(platform);
      environment.shop(shopId).add({ sku, title: `Thing ${platform}`, quantity: 3, price: '49.95' });
    }
  }
  await syncAll(environment);
  return environment;
}

/** Something happens in each shop, to the thing that is its own; then all shops are read. */
async function happened(act: (environment: TestEnvironment, platform: string, id: string) => void) {
  const environment = await openFleet();
  for (const platform of allPlatforms) act(environment, platform, idIn(environment, platform, skuFor(platform)));
  environment.clock.advance(60_000);
  await syncAll(environment);
  return environment;
}
const linked = (environment: TestEnvironment) => inEach((platform) => linkedIn(environment, skuFor(platform)));
const tops = (environment: TestEnvironment) =>
  inEach(async (platform) => topOf(await whyIn(environment, skuFor(platform), platform)));
const allButOwn = Object.fromEntries(allPlatforms.map((platform) => [platform, everyOther(platform)]));

describe('a fleet of all ten platforms', () => {
  test('S1, S2, S5: each thing has a line a shop', async () => {
    const environment = await openFleet();
    expect(await linked(environment)).toEqual(same(allPlatforms));
    expect((await environment.store.counts()).products).toBe(10);
  });

  test('S3, S4: stock reaches every shop and is read back; what is not linked is not told', async () => {
    const environment = await openFleet();
    for (const platform of allPlatforms) {
      const { id } = await theProduct(environment, skuFor(platform));
      await environment.services.stock.set(id, 8);
      await environment.services.integrations.remove(id, toShopId(platform), 'by mistake');
    }
    expect(await pushEverything(environment)).toMatchObject({ sent: 90, refused: 0, troubles: [] });
    expect(
      await inEach(async (platform) => allPlatforms.map((shopId) => quantityIn(environment, shopId, skuFor(platform)))),
    ).toEqual(
      Object.fromEntries(
        allPlatforms.map((platform) => [platform, allPlatforms.map((id) => (id === platform ? 3 : 8))]),
      ),
    );
    // What was sent is what the shops say they have, when they are read anew.
    await syncAll(environment);
    expect(await pushEverything(environment)).toMatchObject({ sent: 0, alreadyThere: 0, refused: 0 });
  });

  test('S3: what was sold between the reading and the push is undone in no shop', async () => {
    const environment = await openFleet();
    for (const platform of allPlatforms) {
      const { id } = await theProduct(environment, skuFor(platform));
      await environment.services.stock.set(id, 8);
      environment.shop(platform).setQuantity(idIn(environment, platform, skuFor(platform)), 1);
    }
    const { results } = await pushEverything(environment);
    const moved = results.filter(({ kind }) => kind === 're-read');
    expect(moved.map(({ shopId }) => String(shopId)).toSorted()).toEqual(allPlatforms.toSorted());
    expect(await inEach(async (platform) => quantityIn(environment, platform, skuFor(platform)))).toEqual(same(1));
    // It was read again: the next push is about what is there now.
    expect(await pushEverything(environment)).toMatchObject({ sent: 10, refused: 0 });
    expect(await inEach(async (platform) => quantityIn(environment, platform, skuFor(platform)))).toEqual(same(8));
  });

  test('S19, S20: for sale everywhere, and sold in every shop but one: there it is told as probably slow', async () => {
    const environment = await openTestEnvironment(allPlatforms);
    const long = Date.parse(environment.clock.now()) - 400 * day;
    for (const shopId of allPlatforms) {
      for (const platform of allPlatforms) {
        const thing = environment.shop(shopId).add({ sku: skuFor(platform), quantity: 9, createdAt: long });
        if (platform !== shopId)
          environment.shop(shopId).sell([{ productId: thing.id, quantity: 1 }], { status: 'paid' });
      }
    }
    await syncAll(environment);
    for (const platform of allPlatforms)
      await environment.services.stock.set((await theProduct(environment, skuFor(platform))).id, 4);
    const { rows } = await environment.services.inactive.list({});
    const signalled = rows.map(({ shopId, rung, signals }) => `${shopId} ${rung}: ${signals.map(({ kind }) => kind)}`);
    // Two months of sales say too little of half a year.
    const sure = allPlatforms.filter((platform) => platform !== 'shopify');
    expect(signalled.toSorted()).toEqual(
      sure.map((platform) => `${platform} probably-slow-seller: no-sale-since,shop-says`).toSorted(),
    );
  });

  test('S9, S12: what was removed by mistake comes back by fetching it, and by undo', async () => {
    const environment = await openFleet();
    const remove = async (platform: string) => {
      const { id } = await theProduct(environment, skuFor(platform));
      await environment.services.integrations.remove(id, toShopId(platform), 'by mistake');
      environment.clock.advance(1000);
    };
    for (const platform of allPlatforms) await remove(platform);
    expect(await linked(environment)).toEqual(allButOwn);
    expect(await tops(environment)).toEqual(same('removed-by-user: confirmed'));
    const outcomes = await inEach(async (platform) => {
      const asked = { asked: [skuFor(platform)], shopIds: [toShopId(platform)] };
      return (await environment.services.fetch.run(asked, forever))[0]!.outcome;
    });
    expect(outcomes).toEqual(same('linked'));
    expect(await linked(environment)).toEqual(same(allPlatforms));
    for (const platform of allPlatforms) {
      environment.clock.advance(1000);
      await remove(platform);
      await environment.services.history.undo();
    }
    expect(await linked(environment)).toEqual(same(allPlatforms));
  });

  test('S11, S13, S14, S15, S18: inactive in one shop takes its line alone, and the list of goods to look at has it', async () => {
    const environment = await happened((world, platform, id) => world.shop(platform).setStatus(id, 'draft'));
    expect(await linked(environment)).toEqual(allButOwn);
    expect(await tops(environment)).toEqual(same('inactive-in-shop: confirmed'));
    for (const platform of allPlatforms)
      await environment.services.stock.set((await theProduct(environment, skuFor(platform))).id, 4);
    const { rows } = await environment.services.inactive.list({});
    expect(rows.map(({ shopId }) => String(shopId)).toSorted()).toEqual(allPlatforms.toSorted());
    for (const platform of allPlatforms)
      environment.shop(platform).setStatus(idIn(environment, platform, skuFor(platform)), 'active');
    environment.clock.advance(60_000);
    await syncAll(environment);
    expect(await linked(environment)).toEqual(same(allPlatforms));
  });

  test('S17: deleted in one shop, the product stays with its other lines and the reason says so', async () => {
    const environment = await happened((world, platform, id) => world.shop(platform).deleteForever(id));
    expect(await linked(environment)).toEqual(allButOwn);
    expect(await tops(environment)).toEqual(same('gone-from-shop: confirmed'));
  });

  test('S7: another item number over a line is for a person to say, and is never followed by itself', async () => {
    const environment = await happened((world, platform, id) => world.shop(platform).renameSku(id, `B-${platform}`));
    const conflicts = await inEach(async (platform) =>
      (await environment.store.conflictsOn(toShopId(platform))).map(({ kind }) => kind),
    );
    expect(conflicts).toEqual(same(['sku-changed']));
    expect(await linked(environment)).toEqual(same(allPlatforms));
  });

  test('S8: made in the warehouse only, it is expected in no shop of any platform', async () => {
    const environment = await openFleet();
    await environment.services.stock.import([{ sku: 'W-1', onHand: 4 }], { create: true, dryRun: false });
    const card = await theCard(environment, 'W-1');
    expect([card.expected, new Set(card.places.map(({ diagnosis }) => topOf(diagnosis)))]).toEqual([
      0,
      new Set(['only-in-warehouse: confirmed']),
    ]);
  });

  test('S10: a copy under the same id has no line, and the reason names who holds the id', async () => {
    const environment = await happened((world, platform, id) =>
      world.shop(platform).showTwice(id, { sku: `COPY-${platform}`, title: 'Copy', quantity: 1 }),
    );
    const signalled = await inEach(async (platform) => {
      const [copy] = await environment.services.lookup.identify(`COPY-${platform}`);
      return copy === undefined ? 'not shown' : topOf(await whyIn(environment, `COPY-${platform}`, platform));
    });
    expect(signalled).toEqual(same('shop-id-taken: confirmed'));
    expect(await linked(environment)).toEqual(same(allPlatforms));
  });

  test('S6: the holder of a shop id is found in one step', async () => {
    const environment = await openFleet();
    const holders = await inEach(async (platform) => {
      const found = await environment.services.lookup.holders(idIn(environment, platform, skuFor(platform)));
      return found.filter(({ ref }) => ref.shopId === platform).map(({ holder }) => String(holder?.sku));
    });
    expect(holders).toEqual(Object.fromEntries(allPlatforms.map((platform) => [platform, [skuFor(platform)]])));
  });

  test('S16, S20, S21: a shop that is asked now says what it has, whatever was read before', async () => {
    const environment = await openFleet();
    for (const platform of allPlatforms)
      environment.shop(platform).setStatus(idIn(environment, platform, skuFor(platform)), 'draft');
    const live = await inEach(async (platform) => {
      const diagnosis = await whyIn(environment, skuFor(platform), platform, true);
      return diagnosis.verdict === 'integrated' ? diagnosis.stale : topOf(diagnosis);
    });
    expect(live).toEqual(same('inactive-in-shop'));
    const statuses = allPlatforms.map((platform) => {
      const shop = environment.shop(platform);
      return shop.product(idIn(environment, platform, skuFor(platform))).status;
    });
    expect(new Set(statuses)).toEqual(new Set(['draft']));
  });
});

describe('asking by barcode, platform by platform', () => {
  test('what a shop shows under an EAN is found by it, and where it cannot be asked that is said', async () => {
    const environment = await openFleet();
    for (const [place, platform] of allPlatforms.entries()) {
      environment.shop(platform).add({ sku: `N-${platform}`, quantity: 2, barcode: barcodeAt(place) });
    }
    const answers = await inEach(async (platform) => {
      const asked = { asked: [barcodeAt(allPlatforms.indexOf(platform))], shopIds: [toShopId(platform)] };
      const [result] = await environment.services.fetch.run(asked, forever);
      return result!.notAskedBy?.join() ?? result!.outcome;
    });
    const shops = await environment.store.shops();
    const found = await inEach(async (platform) => {
      const shop = shops.find(({ id }) => id === platform)!;
      return environment.harness.connectors.connect(shop)!.can.findByGtin ? 'linked' : 'gtin';
    });
    expect(answers).toEqual(found);
    expect(Object.values(found).filter((word) => word === 'linked').length).toBeGreaterThanOrEqual(9);
  });
});
