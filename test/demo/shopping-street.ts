import { type Dialect, type ServedShop, serve } from '../simulators/server.ts';
import type { FakeProduct } from '../simulators/shelf.ts';
import { shopifyDialect } from '../simulators/shopify.ts';
import { wooCommerceDialect } from '../simulators/woocommerce.ts';
import { makeDice } from '../support/dice.ts';
import { type LivingShop, livingShop } from './agenda.ts';
import { sendCustomers } from './customers.ts';
import { type DemoShop, type DemoShopId, demoShops, emptyShop } from './five-shops.ts';
import { bringLate, sendKeepers } from './keepers.ts';
import { fillShelves } from './shelves.ts';

const day = 86_400_000;

/** The five shops, open on loopback, at the moment that they were last told. */
export type Street = {
  readonly urls: Readonly<Record<DemoShopId, string>>;
  /** What a shop has, for those who tell of it. */
  shelf(id: string): readonly FakeProduct[];
  liveUntil(moment: number): void;
  /** What comes after the last reading; from then on the shops' clocks run by themselves. */
  goOn(): void;
  close(): Promise<void>;
};

const dialects: Readonly<Record<DemoShop['platform'], Dialect>> = {
  woocommerce: wooCommerceDialect,
  shopify: shopifyDialect,
};

/** One shop with its year behind it and its troubles before it. */
function build(shop: DemoShop, now: number): LivingShop {
  const living = livingShop(emptyShop(shop, now - 400 * day));
  fillShelves(living.shop, shop);
  sendCustomers(living, makeDice(shop.firstId), now);
  sendKeepers({ shop, living, now });
  return living;
}

/** Builds the five shops and opens each on a free port. */
export async function openStreet(now: number): Promise<Street> {
  const shops = demoShops.map((shop) => ({ shop, living: build(shop, now) }));
  const served: ServedShop[] = [];
  for (const { shop, living } of shops) {
    served.push(await serve(living.shop, dialects[shop.platform]));
  }
  let beat: NodeJS.Timeout | undefined;
  return {
    urls: Object.fromEntries(shops.map(({ shop }, at) => [shop.id, served[at]?.url ?? ''])) as Street['urls'],
    shelf: (id) => shops.find(({ shop }) => shop.id === id)?.living.shop.shelf ?? [],
    liveUntil: (moment) => {
      for (const { living } of shops) living.liveUntil(moment);
    },
    goOn: () => {
      for (const { shop, living } of shops) {
        bringLate(shop, living.shop);
        living.liveUntil(Date.now());
      }
      beat = setInterval(() => {
        for (const { living } of shops) living.liveUntil(Date.now());
      }, 500);
      beat.unref();
    },
    close: async () => {
      clearInterval(beat);
      await Promise.all(served.map((one) => one.close()));
    },
  };
}
