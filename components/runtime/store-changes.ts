import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { StoreChange } from '../../src/services/services.ts';

/** Whether a change may have touched what is shown; asked again is only then. */
export type Concerns = (change: StoreChange) => boolean;
type Tables = Exclude<StoreChange['tables'], 'all'>;

const touches = ({ tables }: StoreChange, ...names: Tables): boolean =>
  tables === 'all' || names.some((name) => tables.includes(name));

/** Anything in some tables. */
export const ofTables =
  (...names: Tables): Concerns =>
  (change) =>
    touches(change, ...names);

/** What happened to a product. */
export const ofHistory =
  (productId: ProductId): Concerns =>
  (change) =>
    touches(change, 'events') && (change.products === 'all' || change.products.includes(productId));

/** The list of one shop: its own records, and whatever is the same in every shop. */
export const ofShopList =
  (shopId: ShopId | undefined): Concerns =>
  (change) =>
    touches(change, 'shops', 'products', 'stockLevels', 'marks') ||
    change.shops === 'all' ||
    (shopId !== undefined &&
      change.shops.includes(shopId) &&
      touches(change, 'listings', 'integrations', 'conflicts', 'tombstones', 'rulings', 'shopStates'));
