import { GraphQLError } from 'graphql';
import type { FakeShop } from '../fake-shop.ts';
import { allocatedOf, type Sold, soldThings } from './rows.ts';

export type StockInput = {
  readonly id: string;
  readonly stockOnHand?: number;
  readonly stockLevels?: readonly { readonly stockLocationId: string; readonly stockOnHand: number }[];
};

const complaint = (message: string, code?: string): GraphQLError =>
  new GraphQLError(message, code === undefined ? {} : { extensions: { code } });

/**
 * All of a batch or none. Takes stock for what it does not count, without a word; and below zero through `stockLevels`
 * though not through `stockOnHand` (measured on 3.7.3).
 */
export function updateVariants(shop: FakeShop, input: readonly StockInput[]): readonly Sold[] {
  for (const change of input) refuseBad(shop, change);
  const written = new Map<string, Sold>();
  for (const change of input) {
    const sold = soldThings(shop).find(({ variant }) => variant.id === change.id);
    if (sold === undefined) continue;
    written.set(change.id, sold);
    const [first] = shop.locations;
    for (const { stockLocationId, stockOnHand } of levelsIn(change, first?.id ?? '1')) {
      if (stockLocationId !== first?.id) shop.setQuantity(sold.variant.id, stockOnHand, stockLocationId);
      else shop.writeQuantity(sold.product, sold.variant, stockOnHand - allocatedOf(shop, sold));
    }
  }
  // Each once, however often it was named: the last figure won.
  return [...written.values()];
}

const levelsIn = ({ stockOnHand, stockLevels = [] }: StockInput, stockLocationId: string) =>
  stockOnHand === undefined ? stockLevels : [{ stockLocationId, stockOnHand }, ...stockLevels];

function refuseBad(shop: FakeShop, { id, stockOnHand, stockLevels = [] }: StockInput): void {
  const sold = soldThings(shop).find(({ variant }) => variant.id === id);
  if (sold === undefined) throw complaint(`No ProductVariant with the id "${id}" could be found`, 'ENTITY_NOT_FOUND');
  if (stockOnHand !== undefined && stockOnHand < 0) {
    throw complaint('stockOnHand cannot be a negative value', 'USER_INPUT_ERROR');
  }
  if (stockLevels.some(({ stockLocationId }) => !shop.locations.some((one) => one.id === stockLocationId))) {
    throw complaint('SqliteError: FOREIGN KEY constraint failed');
  }
  if (shop.temper.failItems.has(id)) throw complaint('This variant may not be changed', 'USER_INPUT_ERROR');
}
