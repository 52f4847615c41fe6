import type { Random } from '../../../src/demo/seeded-random.ts';
import type { FakeShop } from '../../../src/demo/simulators/fake-shop.ts';
import type { FakeProduct } from '../../../src/demo/simulators/shelf.ts';
import type { Condition } from '../../../src/domain/alarms/alarm.ts';
import { type ProductId, toSku } from '../../../src/domain/ids.ts';
import type { Services } from '../../../src/services/services.ts';
import type { TestEnvironment } from '../../services/test-environment.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const dayLong = 24 * hour;
export const weekShops = ['dk', 'no', 'se', 'de'] as const;
export type WeekShop = (typeof weekShops)[number];
/** A nought for this shop waits for a person. */
export const careful: WeekShop = 'se';
/** Goods by what befalls them, so that one trouble never hides another: turned off, deleted, sold out. */
const pools = { turned: [0, 80], deleted: [80, 110], soldOut: [110, 130] } as const;
export const goods = 130;
export const skuAt = (place: number): string => `SKU-${place}`;
/** What comes new into the shops on a day. */
export const newSku = (day: number): string => `NEW-${day}`;

/** Something that was done to a shop and that somebody is to be told of, once, and of its end. */
export type Cause = {
  readonly kind: Condition['kind'];
  readonly shopId: WeekShop;
  readonly from: number;
  /** Milliseconds until it may have been told. */
  readonly within: number;
  readonly until: number;
};

type Act = { readonly at: number; readonly act: () => void | Promise<void> };

/** What is done to the shops, when, and what of it is to be an alarm. */
export type Life = {
  /** Does whatever was to be done by now. */
  liveTo(now: number): Promise<void>;
  readonly causes: readonly Cause[];
  /** When a shop let nobody in: from, until. */
  readonly away: readonly (readonly [WeekShop, number, number])[];
};

/** A round is due after five minutes, shifted by half a minute; tries take half a minute; alarms are looked for once a minute. */
const soon = 9 * minute;

export type Span = { readonly midnight: number; readonly days: number };

/** Days of customers, colleagues and hosts, drawn from a seed. Nobody acts by chance after 22:00, so that a day can be counted. */
export function makeLife(environment: TestEnvironment, warehouse: Services, random: Random, span: Span): Life {
  const { midnight, days } = span;
  const acts: Act[] = [];
  const causes: Cause[] = [];
  const away: [WeekShop, number, number][] = [];
  const shopAt = (id: WeekShop): FakeShop => {
    const shop = environment.shop(id);
    shop.passTime(Math.max(0, Date.parse(environment.clock.now()) - (shop.now() - shop.temper.clockSkewMs)));
    return shop;
  };
  const on = (at: number, act: Act['act']): void => void acts.push({ at, act });
  const between = (from: number, to: number): number => from + random.below(to - from);
  const some = (pool: keyof typeof pools, count: number): readonly string[] =>
    random
      .shuffle(Array.from({ length: pools[pool][1] - pools[pool][0] }, (_, n) => skuAt(pools[pool][0] + n)))
      .slice(0, count);
  const find = (shop: FakeShop, sku: string): FakeProduct | undefined =>
    shop.shelf.find((product) => product.sku === sku || product.variants.some((one) => one.sku === sku));
  const idOf = async (sku: string): Promise<ProductId | undefined> =>
    (await environment.harness.store.productsBy({ skus: [toSku(sku)] }))[0]?.id;
  const count = async (sku: string, onHand: number): Promise<void> => {
    const id = await idOf(sku);
    if (id !== undefined) await warehouse.stock.set(id, onHand);
  };

  const turnOff = (shopId: WeekShop, skus: readonly string[], from: number, until: number): void => {
    const turn = (status: 'draft' | 'active') => () => {
      const shop = shopAt(shopId);
      for (const sku of skus) shop.setStatus(find(shop, sku)?.id ?? '', status);
    };
    on(from, turn('draft'));
    on(until, turn('active'));
  };
  const goAway = (shopId: WeekShop, from: number, until: number): void => {
    away.push([shopId, from, until]);
    on(from, () => {
      shopAt(shopId).temper.down = true;
    });
    on(until, () => {
      shopAt(shopId).temper.down = false;
    });
  };

  for (let day = 0; day < days; day += 1) {
    const at = (hours: number): number => midnight + day * dayLong + hours * hour;
    const [one, two, three] = random.shuffle(weekShops) as [WeekShop, WeekShop, WeekShop];

    // A colleague turns off a heap of goods in one shop, and another a few in another.
    const off = between(at(7), at(8));
    const back = between(at(9), at(11));
    turnOff(one, some('turned', 5 + random.below(6)), off, back);
    causes.push({ kind: 'links-lost', shopId: one, from: off, within: soon, until: back });
    turnOff(two, some('turned', 1 + random.below(4)), between(at(7), at(8)), between(at(9), at(11)));

    // A host is away for an hour, once over the nightly reading; and for a moment, which is nobody's business.
    const gone = day === 4 ? between(at(2), at(2.4)) : between(at(12), at(13));
    goAway(three, gone, gone + hour);
    causes.push({ kind: 'connection-lost', shopId: three, from: gone, within: 25 * minute, until: gone + hour });
    const moment = between(at(4), at(6));
    goAway(random.pick(weekShops), moment, moment + 2 * minute);

    if (day % 2 === 1) {
      const shopId = random.pick(weekShops);
      const [from, until] = [between(at(15), at(15.5)), between(at(16.5), at(17.5))];
      away.push([shopId, from, until]);
      const turn = (revoked: boolean) => () => {
        for (const key of shopAt(shopId).credentials) key.revoked = revoked;
      };
      on(from, turn(true));
      on(until, turn(false));
      causes.push({ kind: 'connection-lost', shopId, from, within: 25 * minute, until });
    }

    if (day === 2 || day === 5) {
      // Only a whole reading finds out what is no longer there.
      const shopId = random.pick(weekShops);
      const skus = some('deleted', 6);
      const [from, until] = [between(at(0.5), at(2)), between(at(11), at(11.5))];
      on(from, () => {
        const shop = shopAt(shopId);
        for (const sku of skus) shop.deleteForever(find(shop, sku)?.id ?? '');
      });
      on(until, () => {
        for (const sku of skus) shopAt(shopId).add({ sku, title: `${sku} igen`, quantity: 3 });
      });
      causes.push({ kind: 'links-lost', shopId, from, within: at(2.5) + soon - from, until });
    }

    const [soldOut] = some('soldOut', 1);
    const [from, until] = [between(at(18), at(19)), between(at(20), at(21))];
    on(from, () => count(soldOut ?? '', 0));
    on(until, () => count(soldOut ?? '', 30));
    // Figures are worked out every quarter of an hour.
    causes.push({ kind: 'pushes-held', shopId: careful, from, within: 17 * minute, until });

    // A new thing in every shop but the careful one, which would hold its first nought.
    const added = between(at(8), at(20));
    on(added, () => {
      for (const id of weekShops.filter((id) => id !== careful)) shopAt(id).add({ sku: newSku(day), quantity: 0 });
    });
    on(added + 20 * minute, () => count(newSku(day), 25));

    for (let next = at(0); next < at(22); next += between(minute, 15 * minute)) {
      const sku = skuAt(random.below(pools.soldOut[0]));
      const [shopId, sold, onHand] = [random.pick(weekShops), random.chance(0.6), 5 + random.below(90)];
      on(next, async () => {
        const shop = shopAt(shopId);
        const product = find(shop, sku);
        if (product?.status !== 'active') return;
        if (sold) shop.sell([{ productId: product.id, quantity: 1 + (onHand % 3) }]);
        else shop.edit(product.id, { title: `${sku} ${onHand}` });
        if (random.chance(0.5)) shop.editVariant(product.variants[0]?.id ?? '', { price: `${onHand}.50` });
        if (random.chance(0.5)) await count(sku, onHand);
      });
    }
  }
  acts.sort((a, b) => b.at - a.at);
  return {
    causes,
    away,
    liveTo: async (now) => {
      for (let next = acts.at(-1); next !== undefined && next.at <= now; next = acts.at(-1)) {
        acts.pop();
        await next.act();
      }
    },
  };
}
