import type { PushRefusal } from '../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { outcomeAfterWrite, outcomeBeforeWrite, refusal } from '../driver-parts/push/figure-outcome.ts';
import { contestedIn } from '../driver-parts/push/push-in-parts.ts';
import { isPlainInPath } from './api.ts';
import { activityOf, masterNumber, sellableOf, stocklessAs, stockOf, wordsOf } from './map.ts';
import type { ReadContext } from './pages.ts';
import { isId } from './product.ts';
import { productNumbered } from './product-rows.ts';
import type { ClassicProduct } from './schema.ts';
import { sameShop, siteOf } from './sites.ts';
import { unlessUnreadable } from './unless-unreadable.ts';

/** A product whose figure may be written, or why it may not. */
type Target =
  | { readonly ok: true; readonly row: ClassicProduct; readonly number: string }
  | { readonly ok: false; readonly why: PushRefusal; readonly said?: string };

const refused = (why: PushRefusal, said?: string): Target & { ok: false } => ({ ok: false, why, said });

const doing = 'writing stock';

/**
 * Sets quantities, one call each. Every target is read anew first, known by its id and never by its number alone,
 * written only where it differs, and believed only when the shop shows the figure afterwards.
 */
export async function pushQuantities(
  context: ReadContext,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(context.api, signal);
  const contested = contestedIn(quantities);
  const outcomes: PushOutcome[] = [];
  for (const [place, quantity] of quantities.entries()) {
    try {
      outcomes.push(
        contested(quantity) ? refusal(quantity, 'figure-contested') : await setOne(context, quantity, signal),
      );
    } catch (error) {
      if (error instanceof ShopError && isClosed(error)) {
        const { said } = error.detail;
        return [...outcomes, ...quantities.slice(place).map((one) => refusal(one, 'refused-by-shop', said))];
      }
      // Saying it all again does no harm, so trouble with the first is the caller's to wait out. Later ones keep
      // what was done.
      if (outcomes.every(({ kind }) => kind !== 'set') || !(error instanceof ShopError) || error.kind === 'cancelled') {
        throw error;
      }
      outcomes.push(refusal(quantity, 'outcome-unknown', error.kind));
    }
  }
  return outcomes;
}

/** A firewall or host lets no write through: the others are not tried. Of a place (400, 404) it may be one number alone. */
const isClosed = ({ detail }: ShopError): boolean =>
  detail.inFront === true && detail.status !== 400 && detail.status !== 404;

async function setOne(context: ReadContext, quantity: Quantity, signal: AbortSignal): Promise<PushOutcome> {
  const wanted = quantity.quantity;
  if (!Number.isSafeInteger(wanted)) return refusal(quantity, 'quantity-not-taken', 'not a whole number');
  // Whether the API takes a figure below nought is written nowhere.
  if (wanted < 0) return refusal(quantity, 'quantity-not-taken', 'below nought');
  const asked = await unlessUnreadable(() => targetOf(context, quantity, signal));
  // It is there, and keeps no other figure back.
  if (!asked.ok) return refusal(quantity, 'figure-unreadable', asked.said);
  const target = asked.value;
  if (!target.ok) return refusal(quantity, target.why, target.said);
  const { quantity: was, unreadable } = stockOf(target.row);
  const known = outcomeBeforeWrite(quantity, { quantity: was, unreadable });
  if (known !== undefined) return known;
  const failed = await write(context, { number: target.number, wanted }, signal);
  if (failed !== undefined && 'why' in failed) return refusal(quantity, failed.why, failed.said);
  const now = await productNumbered(context.api, target.number, signal);
  const has = typeof now === 'object' && now.id === target.row.id ? stockOf(now).quantity : undefined;
  if (has === wanted) return { ref: quantity.ref, kind: 'set', quantity: wanted, was };
  // The answer was lost and the figure is not there: the trouble stands, and is waited out above.
  if (failed !== undefined) throw failed.lost;
  return outcomeAfterWrite(quantity, { was, has });
}

type Order = { readonly number: string; readonly wanted: number };
type Failed = { readonly why: PushRefusal; readonly said?: string } | { readonly lost: ShopError };

async function write(
  { api }: ReadContext,
  { number, wanted }: Order,
  signal: AbortSignal,
): Promise<Failed | undefined> {
  const path = `SetStockCount/${encodeURIComponent(number)}/${wanted}`;
  try {
    const answer = await api.ask({ method: 'PUT', service: 'ProductDataService', path, doing }, signal);
    if (answer.ok) return undefined;
    const error = api.errorOf(answer);
    if (error.kind === 'forbidden') return { why: 'no-permission', said: error.detail.said };
    if (error.kind === 'unauthorized') return { why: 'no-permission', said: error.detail.said };
    if (error.temporary) return { lost: error };
    if (isClosed(error)) throw error;
    return { why: answer.status === 404 ? 'not-found-in-shop' : 'refused-by-shop', said: error.detail.said };
  } catch (error) {
    const unknown = error instanceof ShopError && error.mayBeWritten;
    if (unknown) return { lost: error };
    throw error;
  }
}

/** Judges one target by what the shop says now. Nothing is shown, moved or created to make a write fit. */
async function targetOf(context: ReadContext, quantity: Quantity, signal: AbortSignal): Promise<Target> {
  const { api, catalogue } = context;
  const { ref } = quantity;
  const id = ref.shopVariantId ?? ref.shopProductId;
  const row = isId(id) ? await catalogue.withId(id, quantity.sku, signal) : undefined;
  if (row?.number === undefined) return refused('not-found-in-shop');
  const { number } = row;
  if (sellableOf(row) !== 'unit')
    return refused('not-a-unit', row.isVariantMaster ? 'variant master' : stocklessAs(row));
  const site = await siteOf(api, signal);
  const moved = await masterTrouble(context, { row, quantity, site }, signal);
  if (moved !== undefined) return moved;
  if (activityOf(row, site) !== 'active') return refused('inactive-in-shop', wordsOf(row, site));
  // Its master was asked since: the figure is read last, so that it is as new as can be when it is written over.
  const wasAskedSince = masterNumber(row) !== undefined;
  if (!wasAskedSince && isPlainInPath(number)) return { ok: true, row, number };
  const newest = await productNumbered(api, number, signal);
  if (newest === 'unaskable') {
    return refused('refused-by-shop', `the number ${number} cannot be asked for by the API`);
  }
  return newest?.id === row.id ? { ok: true, row: newest, number } : refused('not-found-in-shop');
}

type Placed = { readonly row: ClassicProduct; readonly quantity: Quantity; readonly site: string };

/** Whether the target still lies under the master that it was linked under, and that one is visible. */
async function masterTrouble(
  { catalogue }: ReadContext,
  { row, quantity, site }: Placed,
  signal: AbortSignal,
): Promise<Target | undefined> {
  const number = masterNumber(row);
  const { shopProductId, shopVariantId } = quantity.ref;
  if (number === undefined) return shopVariantId === undefined ? undefined : refused('variant-moved', 'has no master');
  const master = await catalogue.numbered(number, signal);
  if (master === undefined) return refused('inactive-in-shop', 'no variant master');
  if (shopVariantId === undefined || master.id !== shopProductId) {
    return refused('variant-moved', `now under product ${master.id}`);
  }
  if (activityOf(master, site) === 'active') return undefined;
  return refused('inactive-in-shop', `variant master: ${wordsOf(master, site)}`);
}
