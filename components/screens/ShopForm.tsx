import type { ShopId } from '../../src/domain/ids.ts';
export function ShopForm({ shopId }: { readonly shopId?: ShopId }) {
  return shopId === undefined ? undefined : undefined;
}
