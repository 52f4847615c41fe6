import type { DomainEvent, FetchOutcome } from '../../domain/event.ts';
import type { Product } from '../../domain/product.ts';
import type { FetchChange } from './fetch-service.ts';

/** What asking changed here besides what was seen: links, products, item numbers and conflicts. */
export const fetchChanges = (events: readonly DomainEvent[]): readonly FetchChange[] =>
  events.flatMap((event): readonly FetchChange[] => {
    switch (event.type) {
      case 'integration-created':
        return [{ kind: 'linked', productId: event.integration.productId, ref: event.integration.ref }];
      case 'integration-removed':
        return [{ kind: 'unlinked', productId: event.integration.productId, ref: event.integration.ref }];
      case 'product-created':
        return event.from === undefined ? [] : [{ kind: 'created', productId: event.product.id, ref: event.from }];
      case 'product-renamed':
        return event.from === undefined ? [] : [{ kind: 'renamed', productId: event.productId, ref: event.from }];
      case 'conflict-found':
        return [{ kind: 'conflict', ref: event.conflict.ref }];
      default:
        return [];
    }
  });

/**
 * "Never seen" is for the shop to say, by an identifier that it can be asked by. And an identifier that nobody knew may
 * lead to what was linked before.
 */
export function outcomeOf(
  outcome: FetchOutcome,
  product: Product | undefined,
  { notAskedByGtin }: { readonly notAskedByGtin?: boolean },
  changes: readonly FetchChange[],
): FetchOutcome {
  if (outcome === 'linked' && !changes.some(({ kind }) => kind === 'linked')) return 'already-linked';
  return outcome === 'never-in-shop' && notAskedByGtin === true && product?.sku === undefined ? 'not-asked' : outcome;
}
