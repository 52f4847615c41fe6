import type { Shop } from '../../domain/shop.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import { shopCode } from '../format/refs.ts';
import type { Words } from '../words/words.ts';

/** Why a sync left a paused shop alone, and how it is taken up again. */
export const pausedLine = (shopId: Shop['id'], words: Words): string => {
  const { said, advice } = words.domain.requestError.shopPaused(shopId);
  return `${said} ${advice}`;
};

/** What a sync of all shops says that read none of them: each shop with why it was passed over, or that there is none. */
export function passedOverLines(shops: readonly ShopOverview[], words: Words): readonly string[] {
  const lines = shops.flatMap(({ shop, health }): readonly string[] => {
    if (shop.paused) return [pausedLine(shop.id, words)];
    if (health !== 'unknown-platform') return [];
    const { said, advice } = words.domain.requestError.unknownPlatform(shopCode(shop.id), shop.platform);
    return [`${said} ${advice}`];
  });
  return [shops.length === 0 ? words.domain.noShopToSync : words.domain.noShopSynced, ...lines];
}
