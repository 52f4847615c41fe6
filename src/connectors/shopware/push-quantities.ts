import { halves } from '../../domain/lists/chunks.ts';
import type { PushRefusal } from '../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { outcomeAfterWrite, outcomeBeforeWrite, refusal, stillAsPlanned } from '../driver-parts/push/figure-outcome.ts';
import { contestedIn, type Outcomes } from '../driver-parts/push/push-in-parts.ts';
import { withSettled } from '../driver-parts/push/settled-outcomes.ts';
import { missingTarget } from '../driver-parts/push/unread-target.ts';
import type { ShopwareApi } from './api.ts';
import { sameShop } from './identity.ts';
import { activityOf, openOrders, sellableOf, stockOf } from './map.ts';
import { rowsById, withInherited } from './rows.ts';
import { isId, type Row, targetCriteria } from './schema.ts';

/** How many figures go out in one call: Shopware recalculates each product before it answers. */
export const pushBatch = 100;

/** One figure to write: what `stock` becomes so that `quantity` is what can be sold. */
type Write = { readonly quantity: Quantity; readonly id: string; readonly stock: number; readonly was?: number };

/**
 * Sets quantities. Every target is read first, so that an upsert never meets an id that is not there; a batch is all
 * or nothing in Shopware, so one that is refused is halved; and only what is read back afterwards is believed.
 */
export async function pushQuantities(
  api: ShopwareApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(api, signal);
  const outcomes: Outcomes = new Map();
  const writes = await writesOf(api, { quantities, outcomes }, signal);
  let written = false;
  for (let from = 0; from < writes.length; from += pushBatch) {
    const planned = writes.slice(from, from + pushBatch);
    try {
      // Earlier batches took their time.
      const batch = from === 0 ? planned : await readAnew(api, { batch: planned, outcomes }, signal);
      if (batch.length > 0) await writeBatch(api, { batch, outcomes }, signal);
      written = true;
    } catch (error) {
      // Saying it all again does no harm, so trouble with the first batch is the caller's to wait out.
      if (!(error instanceof ShopError)) throw error;
      if (!written || error.kind === 'cancelled') throw withSettled(error, outcomes);
      for (const { quantity } of planned)
        if (!outcomes.has(quantity)) refuse(outcomes, quantity, 'outcome-unknown', error.kind);
    }
  }
  return quantities.map((quantity) => outcomes.get(quantity) ?? refusal(quantity, 'outcome-unknown'));
}

const refuse = (outcomes: Outcomes, quantity: Quantity, why: PushRefusal, said?: string): void => {
  outcomes.set(quantity, refusal(quantity, why, said));
};
const confirm = (outcomes: Outcomes, { quantity, was }: Pick<Write, 'quantity' | 'was'>): void => {
  outcomes.set(quantity, { ref: quantity.ref, kind: 'set', quantity: quantity.quantity, was });
};

const idOf = ({ ref }: Quantity): string => ref.shopVariantId ?? ref.shopProductId;

async function readTargets(api: ShopwareApi, quantities: readonly Quantity[], signal: AbortSignal) {
  const ids = quantities.map(idOf).filter(isId);
  const doing = 'reading stock before writing it';
  const { rows, broken } = await rowsById(api, { ids, criteria: targetCriteria, doing }, signal);
  const whole = await withInherited(api, [...rows.values()], signal);
  return { rows: new Map(whole.map((row) => [row.id, row])), broken };
}

async function writesOf(
  api: ShopwareApi,
  order: { readonly quantities: readonly Quantity[]; readonly outcomes: Outcomes },
  signal: AbortSignal,
): Promise<readonly Write[]> {
  const { quantities, outcomes } = order;
  const { rows, broken } = await readTargets(api, quantities, signal);
  const contested = contestedIn(quantities);
  return quantities.flatMap((quantity): readonly Write[] => {
    const id = idOf(quantity);
    const row = rows.get(id);
    const reason = row === undefined ? missingTarget(broken, quantity.ref) : reasonAgainst(quantity, row);
    if (contested(quantity)) refuse(outcomes, quantity, 'figure-contested');
    else if (!Number.isSafeInteger(quantity.quantity)) {
      refuse(outcomes, quantity, 'quantity-not-taken', 'not a whole number');
    } else if (row === undefined || reason !== undefined) {
      refuse(outcomes, quantity, reason?.why ?? 'not-found-in-shop', reason?.said);
    } else {
      const has = stockOf(row);
      const known = outcomeBeforeWrite(quantity, has);
      if (known === undefined) return [{ quantity, id, stock: quantity.quantity + openOrders(row), was: has.quantity }];
      outcomes.set(quantity, known);
    }
    return [];
  });
}

type Reason = { readonly why: PushRefusal; readonly said?: string };

/** Judges one target by what the shop says now. Nothing is switched on, moved or created to make a write fit. */
function reasonAgainst({ ref }: Quantity, row: Row): Reason | undefined {
  if (ref.shopVariantId === undefined && row.parentId !== undefined) {
    return { why: 'not-a-unit', said: `a variant of ${row.parentId} now` };
  }
  if (ref.shopVariantId !== undefined && row.parentId !== ref.shopProductId) {
    return { why: 'variant-moved', said: `now under product ${row.parentId ?? 'none'}` };
  }
  const sellable = sellableOf(row);
  if (sellable !== 'unit') return { why: 'not-a-unit', said: sellable === 'parent' ? 'it has variants' : row.type };
  if (activityOf(row) !== 'active') return { why: 'inactive-in-shop', said: `active: ${row.active ?? 'null'}` };
  return undefined;
}

type Order = { readonly batch: readonly Write[]; readonly outcomes: Outcomes };

const doing = 'writing stock';

async function writeBatch(api: ShopwareApi, order: Order, signal: AbortSignal): Promise<void> {
  const { batch, outcomes } = order;
  const payload = [...new Map(batch.map(({ id, stock }) => [id, { id, stock }])).values()];
  const json = [{ key: 'write-stock', action: 'upsert', entity: 'product', payload }];
  // Newer editions know one way only, which is this: all of it, or nothing and an error.
  const headers = { 'single-operation': '1', 'fail-on-error': '1' };
  try {
    const answer = await api.ask({ method: 'POST', path: '_action/sync', json, headers, doing }, signal);
    if (answer.ok) return await readBack(api, order, signal);
    const error = api.errorOf(answer.problem, answer.reply);
    // Reading went well a moment ago, so it is the right to write that is missing.
    if (error.kind === 'forbidden') {
      for (const { quantity } of batch) refuse(outcomes, quantity, 'no-permission', error.detail.said);
    } else if (error.temporary || error.kind === 'unauthorized') throw error;
    else if (error.detail.inFront === true) {
      for (const { quantity } of batch) refuse(outcomes, quantity, 'refused-by-shop', error.detail.said);
    } else if (batch.length > 1) {
      for (const half of halves(batch)) {
        const left = await readAnew(api, { batch: half, outcomes }, signal);
        if (left.length > 0) await writeBatch(api, { batch: left, outcomes }, signal);
      }
    } else await explain(api, { ...order, said: error.detail.said }, signal);
  } catch (error) {
    const lost = error instanceof ShopError && error.mayBeWritten;
    if (!lost) throw error;
    await readBack(api, { ...order, error }, signal);
  }
}

/** What of it may still be written. Other calls were made since it was read, and it may have been sold. */
async function readAnew(api: ShopwareApi, { batch, outcomes }: Order, signal: AbortSignal): Promise<readonly Write[]> {
  const quantities = batch.map(({ quantity }) => quantity);
  return stillAsPlanned(await writesOf(api, { quantities, outcomes }, signal), batch, outcomes);
}

/** One that was refused by itself: gone meanwhile, or not to be written for a reason that the shop tells. */
async function explain(
  api: ShopwareApi,
  order: Order & { readonly said?: string },
  signal: AbortSignal,
): Promise<void> {
  for (const { quantity } of order.batch) {
    const row = (await readTargets(api, [quantity], signal)).rows.get(idOf(quantity));
    refuse(order.outcomes, quantity, row === undefined ? 'not-found-in-shop' : 'refused-by-shop', order.said);
  }
}

/**
 * What stands there now. A plug-in that keeps stock elsewhere takes the write with a 200 and leaves the figure. With
 * an `error` the answer was lost, so nobody knows: what the shop has is set, and for the rest the trouble stands.
 */
async function readBack(
  api: ShopwareApi,
  order: Order & { readonly error?: ShopError },
  signal: AbortSignal,
): Promise<void> {
  const { batch, outcomes, error } = order;
  const { rows } = await readTargets(
    api,
    batch.map((write) => write.quantity),
    signal,
  );
  for (const write of batch) {
    const row = rows.get(write.id);
    const has = row?.stock?.quantity;
    if (has === write.stock) confirm(outcomes, write);
    else if (error !== undefined) continue;
    else if (row === undefined) refuse(outcomes, write.quantity, 'not-found-in-shop');
    else {
      const said = `stock is ${has ?? 'unreadable'} after the write`;
      const { quantity, was } = write;
      outcomes.set(quantity, outcomeAfterWrite(quantity, { was, has: stockOf(row).quantity }, said));
    }
  }
  if (error !== undefined && batch.some((write) => !outcomes.has(write.quantity))) throw error;
}
