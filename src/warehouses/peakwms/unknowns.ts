import type { HttpResponse } from '../../connectors/http-response.ts';
import type { StockLevel, WarehouseKey } from '../../domain/warehouse/warehouse.ts';

/*
 * What nobody outside knows of the PeakWMS API, a function each: when a real account answers, one function changes.
 * Nothing is guessed here: what is not known stays unknown.
 */

/** Whether a product is in use. `state` is a number whose values are not documented. */
export const isActive = (_state: unknown): boolean | undefined => undefined;

/** The currency of `averageCostPrice` stands nowhere, so what a product costs is not known. */
export const costOf = (_averageCostPrice: unknown): undefined => undefined;

/** How long a 429 asks to wait, in seconds: `Retry-After` was never seen; without it, the minute that the limit counts. */
export const waitSeconds = (asked: number | undefined): number => asked ?? 60;

/** Whether `updatedAfter` is refused, as it would be where the older form of the list is gone. */
export const refusesChangedSince = (reply: HttpResponse): boolean => reply.status === 400 || reply.status === 404;

/** Whether a change of stock, or an order, counts as a change of the product in the list of changes: nobody says so. */
export const changesTellOfStock = false;

/**
 * The figures of a product. `availableToSell` is the one that shops are told; nothing without it. `availableInStock`
 * and `orderedByCustomers` are its parts, and need not add up to it: goods may lie where nobody picks.
 */
export function levelOf(
  key: WarehouseKey,
  said: { readonly toSell?: number; readonly inStock?: number; readonly ordered?: number },
  asOf: StockLevel['asOf'],
): StockLevel | undefined {
  if (said.toSell === undefined) return undefined;
  const reserved = said.ordered ?? 0;
  return { key, onHand: said.inStock ?? said.toSell + reserved, reserved, available: said.toSell, asOf };
}
