import { halves } from '../../../domain/lists/chunks.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { ownEntries, readRow } from '../../decode.ts';
import { refusal } from '../../driver-parts/push/figure-outcome.ts';
import { isPlainRefusal } from '../../http-response.ts';
import { idNumber } from '../../json/read-json.ts';
import { isHtml, pageWords } from '../../network/html-page.ts';
import type { WooApi, WooResponse } from '../client/api.ts';
import { isPlugins, type WooError } from '../client/error-meaning.ts';
import { batchErrorSchema, batchSchema, writtenSchema } from '../schema.ts';
import { readCurrentTargets, targetOf } from './push-targets.ts';

/** One quantity that is to be written, and where. */
export type Write = {
  readonly quantity: Quantity;
  readonly id: string;
  readonly parentId?: string;
  readonly was?: number;
};
export type Outcomes = Map<Quantity, PushOutcome>;

export const refuse = (outcomes: Outcomes, quantity: Quantity, why: PushRefusal, said?: string): void => {
  outcomes.set(quantity, refusal(quantity, why, said));
};

type BatchOrder = {
  readonly batch: readonly Write[];
  readonly outcomes: Outcomes;
  /** What of it may still be written, by what the shop shows now; what moved has its outcome. */
  readonly readAnew: (batch: readonly Write[]) => Promise<readonly Write[]>;
};

const doing = 'writing stock';
/** Calls that one batch may cost where an item of it keeps the others from going. */
const maxCalls = 40;

/** Writes one batch, all of one parent. Rejects with trouble of the shop's; what one item meets is its outcome. */
export function writeBatch(api: WooApi, order: BatchOrder, signal: AbortSignal): Promise<void> {
  return writePart(api, { ...order, calls: { left: maxCalls } }, signal);
}

type Part = BatchOrder & { readonly calls: { left: number } };

async function writePart(api: WooApi, order: Part, signal: AbortSignal): Promise<void> {
  order.calls.left -= 1;
  try {
    const sent = await send(api, order, signal);
    if (sent === undefined) return;
    const { answer, batch } = sent;
    const part = { ...order, batch };
    if (answer.ok) takeAnswers(api, part, answer.body);
    else if (isFirewalls(answer)) refuseAll(part, 'refused-by-shop', wordsOf(answer));
    else await takeProblem(api, part, { ...answer, error: api.errorOf(answer.wooError, answer.reply) }, signal);
  } catch (error) {
    if (error instanceof ShopError && error.mayBeWritten) {
      await readBack(api, { ...order, error }, signal);
    } else throw error;
  }
}

/** Shops whose firewall lets no POST through. */
const putsInstead = new WeakSet<WooApi>();

type Sent = { readonly batch: readonly Write[]; readonly answer: WooResponse };

/**
 * A batch, by POST; where a firewall refuses that, by PUT, which WooCommerce takes for the same. It may have been sold
 * while the POST was under way, so what is put is looked at once more; nothing is sent where nothing is left.
 */
async function send(api: WooApi, { batch, readAnew }: BatchOrder, signal: AbortSignal): Promise<Sent | undefined> {
  if (putsInstead.has(api)) return { batch, answer: await ask(api, { method: 'PUT', batch }, signal) };
  const answer = await ask(api, { method: 'POST', batch }, signal).catch((error: unknown) => {
    // Sent elsewhere, to a login mostly: it was not written.
    if (error instanceof ShopError && error.kind === 'moved') return error;
    throw error;
  });
  if (!(answer instanceof ShopError) && (answer.ok || !isFirewalls(answer))) return { batch, answer };
  const left = await readAnew(batch);
  if (left.length === 0) return undefined;
  const second = await ask(api, { method: 'PUT', batch: left }, signal);
  if (second.ok) putsInstead.add(api);
  const isSeconds = second.ok || !isFirewalls(second) || answer instanceof ShopError;
  return { batch: left, answer: isSeconds ? second : answer };
}

type Request = { readonly method: 'POST' | 'PUT'; readonly batch: readonly Write[] };

function ask(api: WooApi, { method, batch }: Request, signal: AbortSignal): Promise<WooResponse> {
  const parentId = batch[0]?.parentId;
  const path = parentId === undefined ? 'wc/v3/products/batch' : `wc/v3/products/${parentId}/variations/batch`;
  const ids = new Map(batch.map((write) => [write.id, write]));
  const update = [...ids.values()].map(({ id, quantity }) => ({ id: idNumber(id), stock_quantity: quantity.quantity }));
  return api.ask({ method, path, json: { update }, doing }, signal);
}

/** What WordPress says where a plug-in took a route away. */
const closedCode = /^(rest_(no_route|disabled))?$/;

/** Whoever refused it was not WooCommerce, and refuses its parts as well. */
const isFirewalls = (answer: WooResponse): boolean =>
  !answer.ok && (isPlugins(answer.wooError, answer.reply) || isHosts(answer));

const isHosts = (answer: WooResponse & { readonly ok: false }): boolean =>
  closedCode.test(answer.wooError.code) && (answer.reply.status === 501 || isPlainRefusal(answer.reply.status));

const wordsOf = (answer: WooResponse & { readonly ok: false }): string => {
  const { code, message, status } = answer.wooError;
  if (code !== '') return `${code}: ${message}`;
  return isHtml(answer.reply) ? pageWords(answer.reply) : `HTTP ${status} ${answer.reply.text.slice(0, 100)}`.trim();
};

function refuseAll({ batch, outcomes }: BatchOrder, why: PushRefusal, said: string | undefined): void {
  for (const { quantity } of batch) refuse(outcomes, quantity, why, said);
}

/** Each item by itself: status 200 says nothing about any of them. */
function takeAnswers(api: WooApi, { batch, outcomes }: BatchOrder, body: unknown): void {
  const read = readRow(batchSchema, body);
  if (!read.ok) throw api.trouble('unintelligible', { doing, found: 'the answer to a batch is none' });
  for (const [at, write] of batch.entries()) {
    const own = read.value.update.find((one) => idIn(one) === write.id);
    const there = read.value.update[at];
    // A row that names nobody is about what was asked for in its place; one that names another is not about this one.
    const row = own ?? (idIn(there) === '' ? there : undefined);
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
  const read = readRow(writtenSchema, row);
  if (!read.ok || read.value.id !== id) return refusal(quantity, 'outcome-unknown');
  const { manage_stock, stock_quantity: shown } = read.value;
  if (manage_stock === 'parent') return refusal(quantity, 'stock-held-by-parent');
  if (manage_stock === false) return refusal(quantity, 'not-tracked-in-shop');
  if (shown?.unreadable !== undefined) return refusal(quantity, 'outcome-unknown');
  if (shown?.value !== quantity.quantity) {
    return refusal(quantity, 'quantity-not-taken', `the shop answers ${shown?.value ?? 'nothing'}`);
  }
  return { ref: quantity.ref, kind: 'set', quantity: shown.value, was };
}

const refusals = ownEntries<PushRefusal>({
  woocommerce_rest_product_invalid_id: 'not-found-in-shop',
  woocommerce_rest_invalid_product_id: 'not-found-in-shop',
  woocommerce_rest_product_variation_invalid_id: 'not-found-in-shop',
  woocommerce_rest_cannot_edit: 'no-permission',
  woocommerce_rest_cannot_update: 'no-permission',
});

type Problem = { readonly wooError: WooError; readonly error: ShopError };

/** The batch as a whole was not taken. */
async function takeProblem(api: WooApi, order: Part, { wooError, error }: Problem, signal: AbortSignal): Promise<void> {
  const { batch, calls } = order;
  // Reading went well a moment ago, so it is the right to write that is missing.
  const noRight = wooError.status === 401 || error.kind === 'forbidden';
  if (noRight) refuseAll(order, 'no-permission', error.detail.said);
  else if (error.temporary) throw error;
  else if (batch.length === 1 || calls.left <= 0) refuseAll(order, 'refused-by-shop', error.detail.said);
  else {
    // One item that spoils the batch must not keep the others back.
    for (const half of halves(batch)) {
      const left = await order.readAnew(half);
      if (left.length > 0) await writePart(api, { ...order, batch: left }, signal);
    }
  }
}

type Troubled = BatchOrder & { readonly error: ShopError };

/** The answer was lost, so nobody knows: the shop is read again. What it has is set; for the rest the trouble stands. */
async function readBack(api: WooApi, { batch, outcomes, error }: Troubled, signal: AbortSignal): Promise<void> {
  const open = batch.filter(({ quantity }) => !outcomes.has(quantity));
  const fresh = await readCurrentTargets(api, { refs: open.map((write) => write.quantity.ref) }, signal);
  for (const { quantity, was } of open) {
    const target = targetOf(quantity.ref, fresh);
    if (!target.ok || target.was !== quantity.quantity) continue;
    outcomes.set(quantity, { ref: quantity.ref, kind: 'set', quantity: quantity.quantity, was });
  }
  if (batch.some((write) => !outcomes.has(write.quantity))) throw error;
}
