import { makeRandom } from './seeded-random.ts';
import { scheduleOrders } from './shops/customer-orders.ts';
import { demoPlatforms } from './shops/demo-platforms.ts';
import { type DemoShop, type DemoShopId, demoShops, emptyShop } from './shops/demo-shops.ts';
import { fillCatalogue } from './shops/fill-catalogue.ts';
import { addLateProduct, scheduleMerchantEdits } from './shops/merchant-edits.ts';
import { makeScheduledShop, type ScheduledShop } from './shops/scheduled-events.ts';
import { type ServedShop, serve } from './simulators/server.ts';
import type { FakeProduct } from './simulators/shelf.ts';

const day = 86_400_000;

/** The demo's shops, open on loopback, at the moment that they were last told. */
export type DemoServers = {
  readonly urls: Readonly<Record<DemoShopId, string>>;
  /** What a shop has, for those who tell of it. */
  shelf(id: string): readonly FakeProduct[];
  advanceTo(moment: number): void;
  /** What comes after the last reading; from then on the shops' clocks run by themselves. */
  runLive(): void;
  close(): Promise<void>;
};

/** One shop with its year behind it and its troubles before it. */
function build(shop: DemoShop, now: number): ScheduledShop {
  const scheduled = makeScheduledShop(emptyShop(shop, now - 400 * day));
  fillCatalogue(scheduled.shop, shop);
  scheduleOrders(scheduled, makeRandom(shop.firstId), now);
  scheduleMerchantEdits({ shop, scheduled, now });
  return scheduled;
}

/** Builds the shops and opens each on a free port. */
export async function startDemoServers(now: number): Promise<DemoServers> {
  const shops = demoShops.map((shop) => ({ shop, scheduled: build(shop, now) }));
  const served: ServedShop[] = [];
  for (const { shop, scheduled } of shops) {
    served.push(await serve(scheduled.shop, demoPlatforms[shop.platform].dialect()));
  }
  let beat: NodeJS.Timeout | undefined;
  return {
    urls: Object.fromEntries(shops.map(({ shop }, at) => [shop.id, served[at]?.url ?? ''])) as DemoServers['urls'],
    shelf: (id) => shops.find(({ shop }) => shop.id === id)?.scheduled.shop.shelf ?? [],
    advanceTo: (moment) => {
      for (const { scheduled } of shops) scheduled.advanceTo(moment);
    },
    runLive: () => {
      for (const { shop, scheduled } of shops) {
        addLateProduct(shop, scheduled.shop);
        scheduled.advanceTo(Date.now());
      }
      beat = setInterval(() => {
        for (const { scheduled } of shops) scheduled.advanceTo(Date.now());
      }, 500);
      beat.unref();
    },
    close: async () => {
      clearInterval(beat);
      await Promise.all(served.map((one) => one.close()));
    },
  };
}
