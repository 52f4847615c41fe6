import { refKey } from '../../domain/changes.ts';
import type { PushRefusal } from '../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { ownEntries, readRow } from '../decode.ts';
import type { WooApi, WooError } from './api.ts';
import { sameShop } from './identity.ts';
import { maxRows } from './items.ts';
import { readCurrentTargets, targetOf } from './push-targets.ts';
import { batchErrorSchema, batchSchema, itemSchema } from './schema.ts';

/** One quantity that is to be written, and where. */
type Write = { readonly quantity: Quantity; readonly id: string; readonly parentId?: string; readonly was?: number };
type Outcomes = Map<Quantity, PushOutcome>;

/**
 * Sets quantities. Every target is read anew first, written only where it differs, in batches under its fresh
 * parent, and believed only when the shop's own answer shows the figure.
 */
export async function pushQuantities(
  api: WooApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(api, signal);
  const outcomes: Outcomes = new Map();
  const writes = await writesOf(api, { quantities, outcomes }, signal);
  let written = false;
  for (const batch of batchesOf(writes)) {
    try {
      await writeBatch(api, { batch, outcomes }, signal);
      written = true;
    } catch (error) {
      // Saying it all again does no harm, so trouble with the first batch is the caller's to wait out. Later
      // ones keep what was done.
      if (!written || !(error instanceof ShopError) || error.kind === 'cancelled') throw error;
      for (const write of batch) {
        if (!outcomes.has(write.quantity)) refuse(outcomes, write.quantity, 'outcome-unknown', error.kind);
      }
    }
  }
  return quantities.map((quantity) => outcomes.get(quantity) ?? refusal(quantity, 'outcome-unknown'));
}

const refusal = (quantity: Quantity, why: PushRefusal, said?: string): PushOutcome => ({
  ref: quantity.ref,
  kind: 'refused',
  why,
  said,
});
const refuse = (outcomes: Outcomes, quantity: Quantity, why: PushRefusal, said?: string): void => {
  outcomes.set(quantity, refusal(quantity, why, said));
};

async function writesOf(
  api: WooApi,
  order: { readonly quantities: readonly Quantity[]; readonly outcomes: Outcomes },
  signal: AbortSignal,
): Promise<readonly Write[]> {
  const { quantities, outcomes } = order;
  const fresh = await readCurrentTargets(
    api,
    quantities.map((quantity) => quantity.ref),
    signal,
  );
  const byRef = Map.groupBy(quantities, (quantity) => refKey(quantity.ref));
  return quantities.flatMap((quantity): readonly Write[] => {
    const target = targetOf(quantity.ref, fresh);
    const figures = new Set((byRef.get(refKey(quantity.ref)) ?? []).map((one) => one.quantity));
    if (figures.size > 1) refuse(outcomes, quantity, 'refused-by-shop', 'two products want to set this figure');
    else if (!Number.isSafeInteger(quantity.quantity))
      refuse(outcomes, quantity, 'quantity-not-taken', 'not a whole number');
    else if (!target.ok) refuse(outcomes, quantity, target.why, target.said);
    // Every write moves the shop's dates, an equal one too: what it has already is not written again.
    else if (target.was === quantity.quantity) confirm(outcomes, quantity, target.was);
    else return [{ quantity, ...target }];
    return [];
  });
}

const confirm = (outcomes: Outcomes, quantity: Quantity, was: number | undefined): void => {
  outcomes.set(quantity, { ref: quantity.ref, kind: 'set', quantity: quantity.quantity, was });
};

/** At most a hundred of the same parent, each target once; products of their own go together. */
function batchesOf(writes: readonly Write[]): readonly (readonly Write[])[] {
  return [...Map.groupBy(writes, (write) => write.parentId ?? '').values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / maxRows) }, (_, at) => group.slice(at * maxRows, (at + 1) * maxRows)),
  );
}

type BatchOrder = { readonly batch: readonly Write[]; readonly outcomes: Outcomes };

const doing = 'writing stock';

async function writeBatch(api: WooApi, order: BatchOrder, signal: AbortSignal): Promise<void> {
  const { batch } = order;
  const parentId = batch[0]?.parentId;
  const path = parentId === undefined ? 'wc/v3/products/batch' : `wc/v3/products/${parentId}/variations/batch`;
  const ids = new Map(batch.map((write) => [write.id, write]));
  const update = [...ids.values()].map((write) => ({ id: Number(write.id), stock_quantity: write.quantity.quantity }));
  try {
    const answer = await api.ask({ method: 'POST', path, json: { update }, doing }, signal);
    if (answer.ok) takeAnswers(api, order, answer.body);
    else
      await takeProblem(
        api,
        { ...order, wooError: answer.wooError, error: api.errorOf(answer.wooError, answer.reply) },
        signal,
      );
  } catch (error) {
    if (error instanceof ShopError && (error.kind === 'unreachable' || error.kind === 'unintelligible')) {
      await readBack(api, { ...order, error }, signal);
    } else throw error;
  }
}

/** Each item by itself: status 200 says nothing about any of them. */
function takeAnswers(api: WooApi, { batch, outcomes }: BatchOrder, body: unknown): void {
  const read = readRow(batchSchema, body);
  if (!read.ok) throw api.trouble('unintelligible', { doing, said: 'the answer to a batch is none' });
  for (const [at, write] of batch.entries()) {
    const row = read.value.update.find((one) => idIn(one) === write.id) ?? read.value.update[at];
    outcomes.set(write.quantity, outcomeOf(write, row));
  }
}

const idIn = (row: unknown): string => (typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : '');

function outcomeOf({ quantity, id, was }: Write, row: unknown): PushOutcome {
  const failed = batchErrorSchema.safeParse(row);
  if (failed.success) {
    const { code = '', message = '' } = failed.data.error;
    return refusal(quantity, refusals.get(code) ?? 'refused-by-shop', `${code}: ${message}`.slice(0, 200));
  }
  const read = readRow(itemSchema, row);
  if (!read.ok || read.value.id !== id) return refusal(quantity, 'outcome-unknown');
  const { manage_stock, stock_quantity } = read.value;
  if (manage_stock === 'parent') return refusal(quantity, 'stock-held-by-parent');
  if (manage_stock === false) return refusal(quantity, 'not-tracked-in-shop');
  if (stock_quantity !== quantity.quantity) {
    return refusal(quantity, 'quantity-not-taken', `the shop answers ${stock_quantity ?? 'nothing'}`);
  }
  return { ref: quantity.ref, kind: 'set', quantity: stock_quantity, was };
}

const refusals = ownEntries<PushRefusal>({
  woocommerce_rest_product_invalid_id: 'not-found-in-shop',
  woocommerce_rest_invalid_product_id: 'not-found-in-shop',
  woocommerce_rest_product_variation_invalid_id: 'not-found-in-shop',
  woocommerce_rest_cannot_edit: 'no-permission',
  woocommerce_rest_cannot_update: 'no-permission',
});

type Troubled = BatchOrder & { readonly error: ShopError };

/** The batch as a whole was not taken. */
async function takeProblem(
  api: WooApi,
  order: Troubled & { readonly wooError: WooError },
  signal: AbortSignal,
): Promise<void> {
  const { batch, outcomes, wooError, error } = order;
  // Reading went well a moment ago, so it is the right to write that is missing.
  const noRight = wooError.status === 401 || error.kind === 'forbidden';
  if (noRight) for (const write of batch) refuse(outcomes, write.quantity, 'no-permission', error.detail.said);
  else if (error.temporary) throw error;
  else if (batch.length === 1) {
    for (const write of batch) refuse(outcomes, write.quantity, 'refused-by-shop', error.detail.said);
  } else {
    const middle = Math.ceil(batch.length / 2);
    // One item that spoils the batch must not keep the others back.
    await writeBatch(api, { batch: batch.slice(0, middle), outcomes }, signal);
    await writeBatch(api, { batch: batch.slice(middle), outcomes }, signal);
  }
}

/** The answer was lost, so nobody knows: the shop is read again. What it has is set; for the rest the trouble stands. */
async function readBack(api: WooApi, { batch, outcomes, error }: Troubled, signal: AbortSignal): Promise<void> {
  const fresh = await readCurrentTargets(
    api,
    batch.map((write) => write.quantity.ref),
    signal,
  );
  for (const { quantity, was } of batch) {
    const target = targetOf(quantity.ref, fresh);
    if (target.ok && target.was === quantity.quantity) confirm(outcomes, quantity, was);
  }
  if (batch.some((write) => !outcomes.has(write.quantity))) throw error;
}
