import type { ShopId } from '../../src/domain/ids.ts';
import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';

/** What every tab of a product's card is drawn from. */
export type TabProps = {
  readonly card: ProductCard;
  readonly rows: number;
  /** Cells of the tab: it may not have the whole window. */
  readonly cells: number;
};

/** The same of a tab whose cursor stands on a shop. */
export type ShopTabProps = TabProps & {
  readonly first?: ShopId;
  /** Told which shop the cursor is on. */
  readonly onShop: (shopId: ShopId) => void;
};
