import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import { problem } from './lists.ts';
import { itemsOf, reservedOf, type Sold, soldThings } from './rows.ts';

type LevelUpdate = {
  readonly inventory_item_id?: unknown;
  readonly location_id?: unknown;
  readonly stocked_quantity?: unknown;
};

/**
 * `POST inventory-items/location-levels/batch`: all of it or none. Half a piece is stored as it is; of the same level
 * twice the last wins. It moves the date of the level alone (all measured).
 */
export function writeLevels(shop: FakeShop, body: string): FakeResponse {
  const { update = [] } = JSON.parse(body) as { update?: readonly LevelUpdate[] };
  const writes: { readonly sold: Sold; readonly location: string; readonly stocked: number }[] = [];
  for (const [at, level] of update.entries()) {
    const { inventory_item_id: item, location_id: location, stocked_quantity: stocked } = level;
    if (typeof stocked !== 'number') {
      return problem(
        400,
        'invalid_data',
        `Invalid request: Expected type: 'number' for field 'update, ${at}, stocked_quantity'`,
      );
    }
    if (stocked < 0) {
      const where = `'update, ${at}, stocked_quantity'`;
      return problem(
        400,
        'invalid_data',
        `Invalid request: Value for field ${where} too small, expected at least: '0'`,
      );
    }
    const sold = soldThings(shop).find((one) => itemsOf(shop, one).some(({ inventory_item_id: id }) => id === item));
    if (sold === undefined || !isStockedAt(shop, sold, String(location))) {
      return problem(404, 'not_found', `Item ${item} is not stocked at location ${location}`);
    }
    if (shop.temper.failItems.has(sold.variant.id)) {
      return problem(400, 'invalid_data', 'This inventory item may not be changed.');
    }
    writes.push({ sold, location: String(location), stocked });
  }
  const [first] = shop.locations;
  for (const { sold, location, stocked } of writes) {
    if (location === first?.id) shop.writeQuantity(sold.product, sold.variant, stocked - reservedOf(shop, sold));
    else shop.setQuantity(sold.variant.id, stocked, location);
  }
  const updated = writes.map(({ location, stocked }) => ({
    id: 'ilev_1',
    location_id: location,
    stocked_quantity: stocked,
  }));
  return { status: 200, body: { created: [], updated } };
}

const isStockedAt = (shop: FakeShop, { variant }: Sold, location: string): boolean =>
  shop.locations.some(
    ({ id }, at) => id === location && (at === 0 ? variant.notPlaced !== true : variant.elsewhere[id] !== undefined),
  );
