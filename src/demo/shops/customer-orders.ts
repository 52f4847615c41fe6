import type { Random } from '../seeded-random.ts';
import type { FakeShop } from '../simulators/fake-shop.ts';
import type { FakeOrder } from '../simulators/shelf.ts';
import { scenario, skuOf } from './scenarios.ts';
import type { ScheduledShop } from './scheduled-events.ts';

const day = 86_400_000;

type Line = FakeOrder['lines'][number];

/** Everything on a shop's shelf that has an item number, as an order would name it. */
const sellableLines = (shop: FakeShop): readonly (Line & { readonly sku: string })[] =>
  shop.shelf.flatMap((product) =>
    product.variants.flatMap(({ id, sku }) =>
      sku === undefined
        ? []
        : [{ productId: product.id, variantId: product.kind === 'simple' ? undefined : id, sku, quantity: 1 }],
    ),
  );

/** Sells, and lets the warehouse fill the shelf up again, so that only the troubles are out of step. */
function sellAndRefill(shop: FakeShop, lines: readonly Line[]): void {
  const there = lines.filter((line) => shop.find(line.productId)?.status === 'active');
  if (there.length === 0) return;
  shop.sell(there);
  for (const line of there) {
    const { variant } = shop.place(line.variantId ?? line.productId);
    if (variant.tracked === true) variant.quantity += line.quantity;
  }
}

/**
 * A year of orders: everything is bought somewhere in the last hundred days, much of it more often, but
 * the slow seller not for long, and what is taken out of all shops not since.
 */
export function scheduleOrders(scheduled: ScheduledShop, random: Random, now: number): void {
  const slow = new Set([skuOf('slow-seller'), skuOf('archived-everywhere')]);
  const slowSince = now - (scenario('slow-seller').daysAgo ?? 200) * day;
  const shelf = random.shuffle(sellableLines(scheduled.shop));
  const order = (at: number, lines: readonly Line[]): void => scheduled.plan(at, (shop) => sellAndRefill(shop, lines));
  const moment = (fromDays: number, toDays: number): number =>
    now - Math.round((toDays + random.below(1000 * (fromDays - toDays)) / 1000) * day);

  for (const { sku, ...line } of shelf.filter((one) => slow.has(one.sku))) order(slowSince, [{ ...line, sku }]);
  const quick = shelf.filter((one) => !slow.has(one.sku));
  for (let first = 0; first < quick.length; first += 3) {
    const lines = quick.slice(first, first + 3).map((line) => ({ ...line, quantity: 1 + random.below(3) }));
    order(moment(55, 1), lines);
    order(moment(300, 60), lines.slice(0, 1 + random.below(2)));
  }
}
