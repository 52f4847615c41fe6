import { useMemo } from 'react';
import type { StoredEvent } from '../../src/domain/event.ts';
import type { ProductId } from '../../src/domain/ids.ts';
import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';
import { useApp } from '../context/app-context.ts';
import { useDebounced } from '../context/use-debounced.ts';
import { useQuery } from '../context/use-query.ts';

const maxEvents = 60;
const nothing: { readonly card?: ProductCard; readonly events: readonly StoredEvent[] } = { events: [] };

/** The product under the cursor over all shops, and what it went through; nothing while the cursor is on its way. */
export function useDetailProduct(productId: ProductId | undefined): typeof nothing {
  const { services } = useApp();
  // Each visit by itself: a hand that comes back to where the cursor stood before is on its way as well.
  const visit = useMemo(() => ({ productId }), [productId]);
  const settled = useDebounced(visit);
  const settledId = settled.productId;
  const query = useQuery(`pane ${settledId ?? ''}`, async () => {
    if (settledId === undefined) return nothing;
    const [card, events] = await Promise.all([
      services.lookup.product(settledId),
      services.history.list({ productId: settledId, limit: maxEvents }),
    ]);
    return { card, events };
  });
  const known = query.value ?? nothing;
  return settled === visit && known.card?.product.id === productId ? known : nothing;
}
