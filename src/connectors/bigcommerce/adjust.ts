import { halves } from '../../domain/lists/chunks.ts';
import type { PushRefusal } from '../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRow } from '../decode.ts';
import { type FieldContent, outcomeAfterWrite, refusal, stillAsRead } from '../driver-parts/push/figure-outcome.ts';
import { type BigCommerceApi, scopes } from './api.ts';
import { figuresAt } from './locations.ts';
import { adjustedSchema } from './schema.ts';

/** One figure to write, and which of the two counts it: the product or one variant. */
export type Write = {
  readonly quantity: Quantity;
  readonly key: 'product_id' | 'variant_id';
  readonly id: string;
  readonly was?: number;
};
export type Outcomes = Map<Quantity, PushOutcome>;

export type Order = { readonly batch: readonly Write[]; readonly location: string; readonly outcomes: Outcomes };

const doing = 'writing stock';

/**
 * Writes one batch and waits until the shop shows it. Absolute: a relative adjustment would leave a sale standing that is
 * made before the shop gets to it, but could not be said again after a lost answer, nor be told from a sale when read
 * back. A batch with one item that is not to be written is refused whole, so it is halved until that one stands alone.
 */
export async function writeBatch(api: BigCommerceApi, order: Order, signal: AbortSignal): Promise<void> {
  const { batch, location, outcomes } = order;
  const items = [...new Map(batch.map((write) => [`${write.key} ${write.id}`, write])).values()].map(
    ({ key, id, quantity }) => ({ location_id: Number(location), [key]: Number(id), quantity: quantity.quantity }),
  );
  const json = { reason: 'Bindeled', items };
  const path = 'v3/inventory/adjustments/absolute';
  try {
    const answer = await api.ask({ method: 'PUT', path, json, doing, scope: scopes.writeStock }, signal);
    if (answer.ok) {
      const read = readRow(adjustedSchema, answer.body);
      const transaction = read.ok ? read.value.transaction_id : undefined;
      return await waitUntilShown(api, { ...order, transaction }, signal);
    }
    const { error } = answer;
    if (error.kind === 'forbidden') {
      for (const { quantity } of batch) outcomes.set(quantity, refusal(quantity, 'no-permission', error.detail.said));
    } else if (error.temporary || error.kind === 'unauthorized') throw error;
    else if (batch.length > 1 && error.detail.inFront !== true) {
      for (const half of halves(batch)) {
        const left = await readAnew(api, { ...order, batch: half }, signal);
        if (left.length > 0) await writeBatch(api, { ...order, batch: left }, signal);
      }
    } else {
      for (const { quantity } of batch) outcomes.set(quantity, refusal(quantity, whyOf(error), error.detail.said));
    }
  } catch (error) {
    const lost = error instanceof ShopError && error.mayBeWritten;
    if (!lost) throw error;
    await waitUntilShown(api, { ...order, error }, signal);
  }
}

/** What of it may still be written. Other calls were made since it was read, and it may have been sold. */
export async function readAnew(api: BigCommerceApi, order: Order, signal: AbortSignal): Promise<readonly Write[]> {
  const figures = await readFigures(api, order, signal);
  const now = (write: Write): FieldContent => {
    const { onHand = write.was, unreadable } = figures?.(write) ?? {};
    // Counted elsewhere by now: the shop says so when it is told, better than we could.
    return { quantity: onHand, unreadable };
  };
  return stillAsRead(order.batch, now, order.outcomes);
}

/** "Item with variant_id 106 is tracked by product": it was changed between reading and writing. */
const whyOf = ({ detail }: ShopError): PushRefusal =>
  /is tracked by product/i.test(detail.said ?? '')
    ? 'stock-held-by-parent'
    : /not tracked|tracking is disabled/i.test(detail.said ?? '')
      ? 'not-tracked-in-shop'
      : 'refused-by-shop';

/** How long after each other the shop is asked again: 15 s in all. */
const waits = [500, 1000, 2000, 4000, 7500];

type Waiting = Order & {
  /** What the shop calls the write that it took. */
  readonly transaction?: string;
  /** The answer was lost, so nobody knows whether it was taken. */
  readonly error?: ShopError;
};

/**
 * The shop takes a write at once and does it later. Only what it shows afterwards is believed; what it does not show
 * in time is not known, and said to be so. After a lost answer one look is enough: saying it again does no harm.
 */
async function waitUntilShown(api: BigCommerceApi, order: Waiting, signal: AbortSignal): Promise<void> {
  const { outcomes, error, transaction } = order;
  let open = order.batch;
  const shown = new Map<Write, number | undefined>();
  for (const wait of [0, ...(error === undefined ? waits : [])]) {
    if (wait > 0) await api.clock.wait(wait, signal);
    const figures = await readFigures(api, { ...order, batch: open }, signal);
    open = open.filter((write) => {
      const has = figures?.(write).onHand;
      shown.set(write, has);
      if (has !== write.quantity.quantity) return true;
      outcomes.set(write.quantity, { ref: write.quantity.ref, kind: 'set', quantity: has, was: write.was });
      return false;
    });
    if (open.length === 0) return;
  }
  if (error !== undefined) throw error;
  for (const write of open) {
    const { quantity, was } = write;
    const has = shown.get(write);
    const said = `taken as ${transaction ?? 'a transaction'}, not shown yet: the shop still shows ${has ?? 'nothing'}`;
    const after = outcomeAfterWrite(quantity, { was, has });
    outcomes.set(quantity, after.kind === 'refused' ? refusal(quantity, 'outcome-unknown', said) : after);
  }
}

/** What lies there, and what of it is for sale: a safety stock is held back. The catalog tells the second. */
export type Held = {
  readonly onHand?: number;
  readonly forSale?: number;
  readonly unreadable?: FieldContent['unreadable'];
};

/** What lies at the location of each of these, whichever of product and variant counts it; nothing without such a location. */
export async function readFigures(
  api: BigCommerceApi,
  { batch, location }: Pick<Order, 'batch' | 'location'>,
  signal: AbortSignal,
): Promise<((write: Pick<Write, 'key' | 'id'>) => Held) | undefined> {
  const held = new Map<string, Held>();
  for (const [key, letter] of [
    ['variant_id', 'v'],
    ['product_id', 'p'],
  ] as const) {
    const ids = [...new Set(batch.filter((write) => write.key === key).map((write) => write.id))];
    if (ids.length === 0) continue;
    const asked = { location, filter: `${key}:in` as const, ids, doing: 'reading stock back' };
    const found = await figuresAt(api, asked, signal);
    if (found === undefined) return undefined;
    for (const id of ids) {
      const item = found.figures.get(`${letter}${id}`);
      const { quantity: onHand, unreadable: value } = item?.total_inventory_onhand ?? {};
      const unreadable = value === undefined ? {} : { unreadable: { field: 'total_inventory_onhand', value } };
      held.set(`${key} ${id}`, { onHand, forSale: item?.available_to_sell?.quantity, ...unreadable });
    }
  }
  return ({ key, id }) => held.get(`${key} ${id}`) ?? {};
}
