import type { ListingRef } from '../../../domain/ids.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import type { Read } from '../../decode.ts';
import { toGid } from '../ids.ts';
import { activityOf, stocklessAs } from '../map.ts';
import type { WireTarget, WireUserError } from '../schema.ts';

/** A figure that may go out, with what Shopify calls its target and what stands there now. */
export type Line = {
  readonly quantity: Quantity;
  readonly itemId: string;
  /** Absent: the item has never been stocked at our location. */
  readonly now: number | undefined;
};

/** What is known of one quantity after its target was looked at: it may go out, or it is settled already. */
export type CheckedLine = { readonly line: Line } | { readonly outcome: PushOutcome };

/** Shopify takes any whole number up to these, below nought too. */
const bound = 1_000_000_000;

export const refused = (ref: ListingRef, why: PushRefusal, said?: string): PushOutcome => ({
  ref,
  kind: 'refused',
  why,
  said,
});

/** Weighs one quantity against its freshly read target. */
export function checkLine(quantity: Quantity, found: Read<WireTarget> | undefined): CheckedLine {
  const { ref, expected } = quantity;
  if (found?.ok === false) {
    // It is there, and keeps no other line back.
    return { outcome: refused(ref, 'figure-unreadable', `${found.broken.where} ${found.broken.said}`) };
  }
  const target = found?.value;
  const why = refusalOf(quantity, target);
  if (why !== undefined || target === undefined) return { outcome: refused(ref, why ?? 'not-found-in-shop') };
  const { id: itemId, inventoryLevel } = target.inventoryItem;
  if (inventoryLevel?.unreadable !== undefined) {
    return { outcome: refused(ref, 'figure-unreadable', `available is "${inventoryLevel.unreadable}"`) };
  }
  const now = inventoryLevel?.value;
  // Since 2026-10 setting a figure would stock the item there: whether the location sells it is the merchant's to say.
  if (quantity.location !== undefined && now === undefined) return { outcome: refused(ref, 'not-stocked-at-location') };
  // Also what a push finds whose answer was lost the first time.
  if (now === quantity.quantity) return { outcome: { ref, kind: 'set', quantity: now, was: now } };
  if (expected !== undefined && now !== undefined && now !== expected) {
    return { outcome: { ref, kind: 'stale', shopHas: now } };
  }
  return { line: { quantity, itemId, now } };
}

function refusalOf({ ref, quantity }: Quantity, target: WireTarget | undefined): PushRefusal | undefined {
  if (ref.shopVariantId === undefined) return 'not-a-unit';
  if (target === undefined) return 'not-found-in-shop';
  if (target.product.id !== ref.shopProductId) return 'variant-moved';
  if (activityOf(target.product.status) !== 'active') return 'inactive-in-shop';
  if (stocklessAs(target.product, target) !== undefined) return 'not-a-unit';
  if (!target.inventoryItem.tracked) return 'not-tracked-in-shop';
  if (!Number.isInteger(quantity) || Math.abs(quantity) > bound) return 'quantity-not-taken';
  return undefined;
}

/** Puts aside lines whose target another line has too: two figures would fight over one shelf. */
export function withoutDuplicates(lines: readonly Line[]): {
  readonly lines: readonly Line[];
  readonly duplicates: readonly Line[];
} {
  const counts = new Map<string, number>();
  for (const { itemId } of lines) counts.set(itemId, (counts.get(itemId) ?? 0) + 1);
  const isDuplicate = ({ itemId }: Line): boolean => (counts.get(itemId) ?? 0) > 1;
  return { lines: lines.filter((line) => !isDuplicate(line)), duplicates: lines.filter(isDuplicate) };
}

/** The part of the mutation's input that says what is to be. */
export const inputOf = (lines: readonly Line[], locationId: string) => ({
  name: 'available',
  reason: 'correction',
  quantities: lines.map((line) => ({
    inventoryItemId: toGid('InventoryItem', line.itemId),
    locationId: toGid('Location', locationId),
    quantity: line.quantity.quantity,
    // Must be there; `null` means: whatever it was.
    changeFromQuantity: line.quantity.expected ?? line.now ?? null,
  })),
});

/** What Shopify says of one line, in our words. */
const refusals: Readonly<Record<string, PushRefusal>> = {
  INVALID_INVENTORY_ITEM: 'not-found-in-shop',
  INVALID_LOCATION: 'location-missing',
  ITEM_NOT_STOCKED_AT_LOCATION: 'location-missing',
  INVALID_QUANTITY_NEGATIVE: 'quantity-not-taken',
  INVALID_QUANTITY_TOO_HIGH: 'quantity-not-taken',
  INVALID_QUANTITY_TOO_LOW: 'quantity-not-taken',
  NON_MUTABLE_INVENTORY_ITEM: 'not-a-unit',
  IDEMPOTENCY_CONCURRENT_REQUEST: 'outcome-unknown',
};

/** Whether an error is about how the call was made: no line of it would fare better by itself. */
export const concernsWholeCall = ({ code }: WireUserError): boolean =>
  /^(INVALID_NAME|INVALID_REASON|INVALID_REFERENCE_DOCUMENT|IDEMPOTENCY_.*)$/.test(code ?? '');

/** One refused call, sorted: lines that were pointed at are out, the others may be sent again. */
export type SplitLines = {
  readonly out: readonly { readonly line: Line; readonly outcome: PushOutcome }[];
  readonly rest: readonly Line[];
};

/** All or none is Shopify's rule: `["input", "quantities", "3", …]` says which line kept the others from going. */
export function splitByError(errors: readonly WireUserError[], lines: readonly Line[]): SplitLines {
  const erroneous = new Map<Line, WireUserError>();
  for (const error of errors) {
    const line = lines[indexIn(error)];
    if (line !== undefined && !erroneous.has(line)) erroneous.set(line, error);
  }
  return {
    out: [...erroneous].map(([line, error]) => ({ line, outcome: outcomeOf(line, error) })),
    rest: lines.filter((line) => !erroneous.has(line)),
  };
}

function indexIn({ field }: WireUserError): number {
  const at = field?.indexOf('quantities') ?? -1;
  const index = at < 0 ? undefined : field?.[at + 1];
  return index !== undefined && /^\d+$/.test(index) ? Number(index) : -1;
}

export function outcomeOf({ quantity: { ref } }: Line, { code, message }: WireUserError): PushOutcome {
  if (code === 'CHANGE_FROM_QUANTITY_STALE') return { ref, kind: 'stale' };
  return refused(ref, refusals[code ?? ''] ?? 'refused-by-shop', message);
}

/** What a line came to, once the shop's own figure was read back. */
export function confirmed({ quantity, now }: Line, shopHas: number | undefined): PushOutcome {
  const { ref } = quantity;
  // Accepted is not applied: nothing changed although it should have.
  if (shopHas === undefined || (shopHas === now && shopHas !== quantity.quantity))
    return refused(ref, 'quantity-not-taken');
  if (shopHas === quantity.quantity) return { ref, kind: 'set', quantity: shopHas, was: now };
  // Sold in the same moment, and what is read is what is left.
  return { ref, kind: 'stale', shopHas, written: true };
}
