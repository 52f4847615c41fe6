import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';

/** Whether a shop is still kept: it may have been removed while it was asked, and nothing is written of it then. */
export const shopExists = async (now: StoreReader, shop: Shop): Promise<boolean> =>
  (await now.shops()).some(({ id }) => id === shop.id);
