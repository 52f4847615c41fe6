import type { ShopId } from '../src/domain/ids.ts';
import type { Services } from '../src/services/services.ts';
import type { CardTab } from '../src/views/input/navigation.ts';
import type { Desk } from './desk/use-desk.ts';

/** Opens the one product that a text names; several or none become a lookup. */
export function openProduct(
  desk: Desk,
  asked: string,
  on: { readonly tab?: CardTab; readonly shopId?: ShopId } = {},
): void {
  desk.act(async () => {
    const [product, ...more]: Awaited<ReturnType<Services['identify']>> = await desk.services.identify(asked);
    if (product !== undefined && more.length === 0) desk.go({ screen: 'product', productId: product.id, ...on });
    else desk.jump({ screen: 'lookup', text: asked });
  });
}
