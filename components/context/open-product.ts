import type { ShopId } from '../../src/domain/ids.ts';
import { scannedText } from '../../src/domain/lookup/gs1.ts';
import type { LookupService } from '../../src/services/lookup/lookup-service.ts';
import type { CardTab } from '../../src/views/navigation/navigation.ts';
import type { AppContext } from './app-context.ts';

/** Opens the one product that a text names; several or none become a lookup. */
export function openProduct(
  app: AppContext,
  asked: string,
  on: { readonly tab?: CardTab; readonly shopId?: ShopId } = {},
): void {
  app.perform(async () => {
    const [product, ...more]: Awaited<ReturnType<LookupService['identify']>> =
      await app.services.lookup.identify(asked);
    if (product !== undefined && more.length === 0) app.go({ screen: 'product', productId: product.id, ...on });
    else app.jump({ screen: 'lookup', text: scannedText(asked) });
  });
}
