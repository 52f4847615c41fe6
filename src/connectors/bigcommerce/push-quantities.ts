import { z } from 'zod';
import type { PushRefusal } from '../../domain/push-plan.ts';
import type { BrokenRow, PushOutcome, Quantity } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { id as idReader } from '../decode.ts';
import { outcomeBeforeWrite, refusal } from '../driver-parts/push/figure-outcome.ts';
import { type LocationOrder, pushByLocation } from '../driver-parts/push/push-by-location.ts';
import { contestedIn } from '../driver-parts/push/push-in-parts.ts';
import { withSettled } from '../driver-parts/push/settled-outcomes.ts';
import { missingTarget } from '../driver-parts/push/unread-target.ts';
import { type Outcomes, readAnew, readFigures, type Write, writeBatch } from './adjust.ts';
import { type BigCommerceApi, scopes } from './api.ts';
import { type Family, familiesById } from './catalog.ts';
import { sameShop } from './identity.ts';
import { targetLocation } from './locations.ts';
import { activityOf, sellableOf } from './map.ts';
import { isId } from './schema.ts';

/** How many figures go out in one call; 2,000 are allowed, and one that is refused takes all of them along. */
export const pushBatch = 250;

/** More is refused by the catalog. */
const largest = 2_147_483_647;

const doing = 'reading stock before writing it';

/**
 * Sets quantities at the location that each is for, else at the chosen one, or the store's default. Every target is read
 * first, since the shop refuses a whole batch for one that is counted elsewhere than it was told.
 */
export async function pushQuantities(
  api: BigCommerceApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(api, signal);
  return pushByLocation(quantities, (order) => pushTo(api, order, signal));
}

async function pushTo(
  api: BigCommerceApi,
  { quantities, told }: LocationOrder,
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  const location = await targetLocation(api, told, signal);
  if (location === undefined || !isId(location)) {
    return quantities.map((quantity) => refusal(quantity, 'location-missing', location));
  }
  const outcomes: Outcomes = new Map();
  const writes = await writesOf(api, { quantities, outcomes, location, told }, signal);
  let written = false;
  // One after the other: the shop asks not to be told in parallel.
  for (let from = 0; from < writes.length; from += pushBatch) {
    const planned = writes.slice(from, from + pushBatch);
    const order = { batch: planned, location, outcomes };
    try {
      // Earlier batches took their time.
      const batch = from === 0 ? planned : await readAnew(api, order, signal);
      if (batch.length > 0) await writeBatch(api, { ...order, batch }, signal);
      written = true;
    } catch (error) {
      // Saying it all again does no harm, so trouble with the first batch is the caller's to wait out.
      if (!(error instanceof ShopError)) throw error;
      if (!written || error.kind === 'cancelled') throw withSettled(error, outcomes);
      for (const { quantity } of planned) {
        if (!outcomes.has(quantity)) outcomes.set(quantity, refusal(quantity, 'outcome-unknown', error.kind));
      }
    }
  }
  return quantities.map((quantity) => outcomes.get(quantity) ?? refusal(quantity, 'outcome-unknown'));
}

type Judging = LocationOrder & { readonly outcomes: Outcomes; readonly location: string };

async function writesOf(api: BigCommerceApi, order: Judging, signal: AbortSignal): Promise<readonly Write[]> {
  const { quantities, outcomes, location, told } = order;
  const ids = quantities.map(({ ref }) => String(ref.shopProductId)).filter(isId);
  const query = { include: 'variants', exclude_fields: 'description' };
  const { families, broken } = await familiesById(api, { ids, query, doing }, signal);
  const contested = contestedIn(quantities);
  const targets: Write[] = [];
  for (const quantity of quantities) {
    const target = targetOf(quantity, families.get(quantity.ref.shopProductId), broken);
    const reason = contested(quantity)
      ? ({ why: 'figure-contested' } as const)
      : (against(quantity.quantity) ?? ('why' in target ? target : undefined));
    if (reason === undefined && !('why' in target)) targets.push({ quantity, ...target });
    else outcomes.set(quantity, refusal(quantity, ...(await explained(api, { quantity, reason }, signal))));
  }
  const has = await readFigures(api, { batch: targets, location }, signal);
  return targets.flatMap((write): readonly Write[] => {
    const { onHand: was, forSale, unreadable } = has?.(write) ?? {};
    // A chosen location may be gone since. No other one is taken in its place.
    if (has === undefined) outcomes.set(write.quantity, refusal(write.quantity, 'location-missing', location));
    if (has === undefined) return [];
    const { quantity } = write;
    if (told !== undefined && was === undefined && unreadable === undefined) {
      outcomes.set(quantity, refusal(quantity, 'not-stocked-at-location'));
      return [];
    }
    // What is for sale is what the catalog tells, and so what the shop may be believed to have.
    const expected = forSale === quantity.expected ? undefined : quantity.expected;
    const known = outcomeBeforeWrite({ ...quantity, expected }, { quantity: was, unreadable });
    if (known === undefined) return [{ ...write, was }];
    outcomes.set(quantity, known);
    return [];
  });
}

type Reason = { readonly why: PushRefusal; readonly said?: string };

/** The shop refuses negative totals, and parts of a piece. */
function against(quantity: number): Reason | undefined {
  if (!Number.isSafeInteger(quantity)) return { why: 'quantity-not-taken', said: 'not a whole number' };
  if (quantity < 0) return { why: 'quantity-not-taken', said: 'the shop takes no negative figure' };
  return quantity > largest ? { why: 'quantity-not-taken', said: `more than ${largest}` } : undefined;
}

/** Judges one target by what the shop says now. Nothing is switched on, moved or created to make a write fit. */
function targetOf(
  { ref }: Quantity,
  family: Family | undefined,
  broken: readonly BrokenRow[],
): Reason | Pick<Write, 'key' | 'id'> {
  if (family === undefined) return missingTarget(broken, ref);
  const { product, variants, complex } = family;
  const variant = variants.find(({ id }) => id === ref.shopVariantId);
  if (ref.shopVariantId !== undefined && (variant === undefined || !complex)) return missingTarget(broken, ref);
  const sellable = sellableOf(family, variant);
  if (sellable !== 'unit') return { why: 'not-a-unit', said: sellable === 'parent' ? 'it has variants' : product.type };
  if (activityOf(product) !== 'active') {
    return { why: 'inactive-in-shop', said: `is_visible: ${product.is_visible}, ${product.availability}` };
  }
  const tracking = product.inventory_tracking ?? 'null';
  if (tracking === 'none') return { why: 'not-tracked-in-shop' };
  if (tracking === 'product') {
    return variant === undefined ? { key: 'product_id', id: product.id } : { why: 'stock-held-by-parent' };
  }
  const counted = variant ?? variants[0];
  if (tracking !== 'variant') return { why: 'figure-unreadable', said: `inventory_tracking is "${tracking}"` };
  if (counted === undefined) return { why: 'refused-by-shop', said: 'tracked by variant, and it has none' };
  return { key: 'variant_id', id: counted.id };
}

/** A variant that is not where it was: gone for good, or under another product now. */
async function explained(
  api: BigCommerceApi,
  { quantity, reason }: { readonly quantity: Quantity; readonly reason: Reason | undefined },
  signal: AbortSignal,
): Promise<readonly [PushRefusal, string | undefined]> {
  const variantId = quantity.ref.shopVariantId;
  if (reason?.why !== 'not-found-in-shop' || variantId === undefined || !isId(variantId)) {
    return [reason?.why ?? 'outcome-unknown', reason?.said];
  }
  const question = { path: 'v3/catalog/variants', query: { id: variantId }, doing, scope: scopes.products };
  const { rows } = await api.list(question, signal);
  const owner = z.object({ id: idReader, product_id: idReader });
  const found = rows.map((row) => owner.safeParse(row).data).find((row) => row?.id === variantId);
  if (found === undefined || found.product_id === quantity.ref.shopProductId) return ['not-found-in-shop', undefined];
  return ['variant-moved', `now under product ${found.product_id}`];
}
