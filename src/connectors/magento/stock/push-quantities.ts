import { chunks, halves } from '../../../domain/lists/chunks.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { outcomeAfterWrite, outcomeBeforeWrite, refusal, stillAsRead } from '../../driver-parts/push/figure-outcome.ts';
import { type LocationOrder, pushByLocation } from '../../driver-parts/push/push-by-location.ts';
import { contestedIn, type Outcomes, pushInParts } from '../../driver-parts/push/push-in-parts.ts';
import { stockFigure } from '../../stock-figure.ts';
import { sameShop } from '../identity.ts';
import type { MagentoApi, Question } from '../session/api.ts';
import { hasNoSources, heldStocks } from './held-stock.ts';
import { skuKey, sourceOf } from './sources.ts';
import { stockItemPath } from './stock-items.ts';
import { type Target, targetsOf } from './targets.ts';

type Write = {
  readonly quantity: Quantity;
  readonly target: Extract<Target, { ok: true }>;
  readonly was?: number;
};

/** How many rows one call carries. Where a shop limits it to fewer, a refused call is sent again in halves. */
export const rowsAtOnce = 100;

/**
 * Sets quantities: every target is read anew, written only where it differs, and believed only when it shows the figure
 * when it is read again. The answer of a write is `[]`, whatever became of it.
 */
export async function pushQuantities(
  api: MagentoApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(api, signal);
  return pushByLocation(quantities, (order) => pushTo(api, order, signal));
}

async function pushTo(
  api: MagentoApi,
  { quantities, told }: LocationOrder,
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  const contested = contestedIn(quantities);
  const source = told ?? sourceOf(api);
  return pushInParts(quantities, rowsAtOnce, async (some, outcomes) => {
    const writes = await writesOf(api, { some, contested, outcomes, told }, signal);
    // Without sources each figure goes by itself; those before it took their time.
    for (const batch of hasNoSources(api) ? chunks(writes, 1) : [writes]) {
      const left =
        hasNoSources(api) && writes.length > 1
          ? await readAnew(api, { writes: batch, outcomes, source }, signal)
          : batch;
      await writeBatch(api, { writes: left, outcomes, source }, signal);
    }
    return writes.length > 0;
  });
}

type Order = {
  readonly some: readonly Quantity[];
  readonly contested: (quantity: Quantity) => boolean;
  readonly outcomes: Outcomes;
  readonly told: string | undefined;
};

async function writesOf(
  api: MagentoApi,
  { some, contested, outcomes, told }: Order,
  signal: AbortSignal,
): Promise<readonly Write[]> {
  const targetOf = await targetsOf(api, { refs: some.map((quantity) => quantity.ref), told }, signal);
  return some.flatMap((quantity): readonly Write[] => {
    const refuse = (why: PushRefusal, said?: string): readonly Write[] => {
      outcomes.set(quantity, refusal(quantity, why, said));
      return [];
    };
    if (contested(quantity)) return refuse('figure-contested');
    // Magento would take half a piece without a word.
    if (!Number.isSafeInteger(quantity.quantity)) return refuse('quantity-not-taken', 'not a whole number');
    const target = targetOf(quantity.ref);
    if (!target.ok) return refuse(target.why, target.said);
    const has = stockFigure(target.held.quantity, 'quantity');
    const known = outcomeBeforeWrite(quantity, has);
    if (known === undefined) return [{ quantity, target, was: has.quantity }];
    outcomes.set(quantity, known);
    return [];
  });
}

/**
 * In or out of stock, which does not follow the figure by itself. Out of stock although something lay there is its
 * owner's word and stays; at nought it stays in stock only where the shop sells beyond nought.
 */
function statusFor({ quantity, target, was }: Write): 0 | 1 {
  if (quantity.quantity > 0) return target.held.isOut && (was ?? 0) > 0 ? 0 : 1;
  return target.tracking.kind === 'tracked' && target.tracking.sellsAtZero ? 1 : 0;
}

type Batch = { readonly writes: readonly Write[]; readonly outcomes: Outcomes; readonly source: string };

async function writeBatch(api: MagentoApi, batch: Batch, signal: AbortSignal): Promise<void> {
  const { writes, outcomes } = batch;
  if (writes.length === 0) return;
  try {
    const reply = await api.ask(questionFor(api, batch), signal);
    if (reply.status < 300) await readBack(api, batch, undefined, signal);
    else await takeTrouble(api, batch, await api.errorOf(reply, signal), signal);
  } catch (error) {
    const isLost = error instanceof ShopError && error.mayBeWritten;
    if (!isLost || writes.every((write) => outcomes.has(write.quantity))) throw error;
    // Nobody knows what became of it: the rows themselves will tell.
    await readBack(api, batch, error, signal);
  }
}

const doing = 'writing stock';

/** All rows of a source at once; of a shop without sources the one stock item. */
function questionFor(api: MagentoApi, { writes, source }: Batch): Question {
  const [first] = writes;
  if (hasNoSources(api) && first !== undefined) return stockItemQuestion(api, first);
  const bySku = new Map(writes.map((write) => [skuKey(write.target.sku), write]));
  const sourceItems = [...bySku.values()].map((write) => ({
    sku: write.target.sku,
    source_code: source,
    quantity: write.quantity.quantity,
    status: statusFor(write),
  }));
  return { method: 'POST', path: 'inventory/source-items', json: { sourceItems }, doing };
}

/** The figure alone, and in or out of stock with it: what is left out stays as it is. */
function stockItemQuestion(api: MagentoApi, write: Write): Question {
  const { sku, held } = write.target;
  const path = `products/${stockItemPath(api, sku)}/stockItems/${held.itemId ?? '1'}`;
  const stockItem = { qty: write.quantity.quantity, is_in_stock: statusFor(write) === 1 };
  return { method: 'PUT', path, json: { stockItem }, doing };
}

/** One bad row keeps the whole batch back, so it is looked for by halves. */
async function takeTrouble(api: MagentoApi, batch: Batch, error: ShopError, signal: AbortSignal): Promise<void> {
  const { writes, outcomes, source } = batch;
  const refuseAll = (why: PushRefusal): void => {
    for (const { quantity } of writes) outcomes.set(quantity, refusal(quantity, why, error.detail.said));
  };
  // Reading went well a moment ago, so it is the right to write that is missing.
  if (error.kind === 'forbidden' || error.kind === 'unauthorized') refuseAll('no-permission');
  else if (error.temporary) throw error;
  else if (writes.length === 1 || error.detail.inFront === true) refuseAll('refused-by-shop');
  else {
    for (const half of halves(writes)) {
      const left = await readAnew(api, { writes: half, outcomes, source }, signal);
      await writeBatch(api, { writes: left, outcomes, source }, signal);
    }
  }
}

/** What of it may still be written. Other calls were made since it was read, and it may have been sold. */
async function readAnew(
  api: MagentoApi,
  { writes, outcomes, source }: Batch,
  signal: AbortSignal,
): Promise<readonly Write[]> {
  const targets = writes.map(({ target }) => target);
  const now = await heldStocks(api, targets, signal, { source });
  return stillAsRead(
    writes,
    ({ target }) => {
      const held = now.get(target.id);
      return held && stockFigure(held.quantity, 'quantity');
    },
    outcomes,
  );
}

async function readBack(
  api: MagentoApi,
  { writes, outcomes, source }: Batch,
  lost: ShopError | undefined,
  signal: AbortSignal,
): Promise<void> {
  const after = await heldStocks(
    api,
    writes.map(({ target }) => target),
    signal,
    { source },
  );
  for (const { quantity, target, was } of writes) {
    const held = after.get(target.id);
    const { quantity: now } = stockFigure(held?.quantity, 'quantity');
    if (now === quantity.quantity) outcomes.set(quantity, { ref: quantity.ref, kind: 'set', quantity: now, was });
    else if (lost === undefined && held === undefined) outcomes.set(quantity, refusal(quantity, 'outcome-unknown'));
    else if (lost === undefined) {
      const shows = `the shop answers ${String(now ?? held?.quantity).slice(0, 40)}`;
      outcomes.set(quantity, outcomeAfterWrite(quantity, { was, has: now }, shows));
    }
  }
  if (lost !== undefined && writes.some((write) => !outcomes.has(write.quantity))) throw lost;
}
