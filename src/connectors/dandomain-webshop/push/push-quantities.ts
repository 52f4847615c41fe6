import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import {
  type FieldContent,
  outcomeAfterWrite,
  outcomeBeforeWrite,
  outcomeIfMoved,
  refusal,
} from '../../driver-parts/push/figure-outcome.ts';
import { contestedIn, type Outcomes } from '../../driver-parts/push/push-in-parts.ts';
import { stockOf } from '../map.ts';
import type { WebshopOptions } from '../options.ts';
import { isId } from '../product.ts';
import { figureQuestion, productsOfVariants, readProducts, type Sessions } from '../requests.ts';
import type { Answer } from '../session.ts';
import { isNoProduct, wordsOf } from '../soap-fault.ts';
import { sameShop } from '../test-connection.ts';
import { type Now, type Products, targetOf, type Write } from './push-targets.ts';

const doing = 'writing stock';

/**
 * Sets quantities, one call each and always by id: by item number the shop would set every product that shares it.
 * Every target is read anew first, written only where it differs, and believed only when the shop shows the figure.
 */
export async function pushQuantities(
  sessions: Sessions,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(sessions, signal);
  const outcomes: Outcomes = new Map();
  const { found: fresh, broken } = await readTargets(sessions, quantities, signal);
  const parents = await productsOfVariants(sessions, { ids: movedIds(quantities, fresh), doing }, signal);
  const writes = planWrites(sessions, { quantities, outcomes, fresh, broken, parents });
  const sent: SentWrite[] = [];
  for (const write of writes) {
    try {
      // The writes before it took their time, and it may have been sold.
      const moved = sent.length === 0 ? undefined : await movedSince(sessions, write, signal);
      if (moved !== undefined) {
        outcomes.set(write.quantity, moved);
        continue;
      }
      const refused = await writeOne(sessions, write, signal);
      sent.push({ write, refused });
    } catch (error) {
      if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
      const unknown = error.mayBeWritten;
      // Saying it all again does no harm, so trouble with the first is the caller's to wait out.
      if (sent.length === 0 && !(unknown && (await wasApplied(sessions, write, signal)))) throw error;
      sent.push({ write, lost: error });
      if (!unknown) break;
    }
  }
  await readBack(sessions, { sent, outcomes }, signal);
  // What had no turn was not sent.
  return quantities.map((quantity) => outcomes.get(quantity) ?? refusal(quantity, 'shop-unreachable'));
}

/** One figure that was said, and how it ended: refused, or nobody knows. */
type SentWrite = { readonly write: Write; readonly refused?: PushOutcome; readonly lost?: ShopError };

const readTargets = (sessions: Sessions, quantities: readonly Quantity[], signal: AbortSignal) => {
  const ids = [...new Set(quantities.map(({ ref }) => String(ref.shopProductId)))].filter(isId);
  return readProducts(sessions, { ids, doing: 'reading stock before writing it' }, signal);
};

/** Variants that are no longer under the product that they were linked under. */
const movedIds = (quantities: readonly Quantity[], fresh: Products): readonly string[] =>
  quantities.flatMap(({ ref: { shopProductId, shopVariantId: id } }) => {
    const there = fresh.get(shopProductId)?.variants.some(({ Id }) => Id === id);
    return id === undefined || there || !isId(id) ? [] : [id];
  });

type Planning = {
  readonly quantities: readonly Quantity[];
  readonly outcomes: Outcomes;
  readonly fresh: Products;
  readonly broken: Now['broken'];
  readonly parents: ReadonlyMap<string, string>;
};

function planWrites({ api }: Sessions, { quantities, outcomes, ...now }: Planning): readonly Write[] {
  const contested = contestedIn(quantities);
  return quantities.flatMap((quantity): readonly Write[] => {
    const target = targetOf(quantity, now, api.options);
    const refuse = (why: PushRefusal, said?: string): void => {
      outcomes.set(quantity, refusal(quantity, why, said));
    };
    if (contested(quantity)) refuse('figure-contested');
    else if (!Number.isSafeInteger(quantity.quantity)) refuse('quantity-not-taken', 'not a whole number');
    // Whether the API takes a figure below nought is written nowhere.
    else if (quantity.quantity < 0) refuse('quantity-not-taken', 'below nought');
    else if ('why' in target) refuse(target.why, target.said);
    else {
      const known = outcomeBeforeWrite(quantity, { quantity: target.was, unreadable: target.unreadable });
      if (known === undefined) return [target];
      outcomes.set(quantity, known);
    }
    return [];
  });
}

/** Says one figure. When the session was over it is said once more: the figure is absolute, and nothing was done. */
async function writeOne(
  { api, products }: Sessions,
  write: Write,
  signal: AbortSignal,
): Promise<PushOutcome | undefined> {
  const Stock = String(write.quantity.quantity);
  const question = figureQuestion(api, { ...write, Stock, doing });
  const first = await products.write(question, signal);
  const answer: Answer | { readonly lost: true } = 'lost' in first ? await products.write(question, signal) : first;
  if ('lost' in answer) return refusal(write.quantity, 'no-permission', question.operation);
  if (answer.ok) return undefined;
  const error = api.errorOf(answer.fault, doing);
  if (error.temporary) throw error;
  const why: PushRefusal = error.kind === 'forbidden' ? 'no-permission' : 'refused-by-shop';
  return refusal(write.quantity, isNoProduct(answer.fault) ? 'not-found-in-shop' : why, wordsOf(answer.fault));
}

const shownIn = ({ quantity }: Write, fresh: Products, options: WebshopOptions): FieldContent | undefined => {
  const { shopProductId, shopVariantId } = quantity.ref;
  const product = fresh.get(shopProductId);
  const own = shopVariantId === undefined ? product : product?.variants.find(({ Id }) => Id === shopVariantId);
  return product === undefined || own === undefined ? undefined : stockOf(own, product, options);
};

/** How a write ends whose figure is another by now. */
async function movedSince(sessions: Sessions, write: Write, signal: AbortSignal): Promise<PushOutcome | undefined> {
  const { found, broken } = await readTargets(sessions, [write.quantity], signal);
  const shown = shownIn(write, found, sessions.api.options);
  return shown === undefined
    ? refusal(write.quantity, broken.length > 0 ? 'figure-unreadable' : 'not-found-in-shop')
    : outcomeIfMoved(write.quantity, write.was, shown);
}

/** The answer was lost, so nobody knows: the shop is asked what it has. */
async function wasApplied(sessions: Sessions, write: Write, signal: AbortSignal): Promise<boolean> {
  const { found } = await readTargets(sessions, [write.quantity], signal);
  return shownIn(write, found, sessions.api.options)?.quantity === write.quantity.quantity;
}

/** A write without a fault says nothing: what the shop does not know it drops in silence. */
async function readBack(
  sessions: Sessions,
  { sent, outcomes }: { readonly sent: readonly SentWrite[]; readonly outcomes: Outcomes },
  signal: AbortSignal,
): Promise<void> {
  const open = sent.filter(({ refused }) => refused === undefined).map(({ write }) => write.quantity);
  const fresh: Products = open.length === 0 ? new Map() : (await readTargets(sessions, open, signal)).found;
  for (const { write, refused, lost } of sent) {
    const { quantity, was } = write;
    const shows = shownIn(write, fresh, sessions.api.options)?.quantity;
    const after = outcomeAfterWrite(quantity, { was, has: shows });
    const unknown = lost !== undefined && after.kind !== 'set';
    outcomes.set(quantity, refused ?? (unknown ? refusal(quantity, 'outcome-unknown', lost.kind) : after));
  }
}
