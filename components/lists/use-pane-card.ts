import type { StoredEvent } from '../../src/domain/event.ts';
import type { ProductId } from '../../src/domain/ids.ts';
import type { ProductCard } from '../../src/services/services.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useRest } from '../desk/use-rest.ts';

const most = 60;
const nothing: { readonly card?: ProductCard; readonly events: readonly StoredEvent[] } = { events: [] };

/** The product under the cursor over all shops, and what it went through; nothing while the cursor is on its way. */
export function usePaneCard(productId: ProductId | undefined): typeof nothing {
  const { services } = useDesk();
  const rested = useRest(productId);
  const answer = useQuery(`pane ${rested ?? ''}`, async () => {
    if (rested === undefined) return nothing;
    const [card, events] = await Promise.all([
      services.product(rested),
      services.timeline({ productId: rested, limit: most }),
    ]);
    return { card, events };
  });
  const known = answer.value ?? nothing;
  return known.card?.product.id === productId ? known : nothing;
}
