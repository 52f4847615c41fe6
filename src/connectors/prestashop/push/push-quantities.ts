import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import {
  outcomeAfterWrite,
  outcomeBeforeWrite,
  outcomeIfMoved,
  refusal,
} from '../../driver-parts/push/figure-outcome.ts';
import { contestedIn, type Outcomes, pushInParts } from '../../driver-parts/push/push-in-parts.ts';
import { stockFigure } from '../../stock-figure.ts';
import type { PrestaApi } from '../api.ts';

import { rowsById } from '../product.ts';
import { type PrestaStock, stockSchema } from '../schema.ts';
import { sameShop } from '../settings.ts';
import { targetsOf } from './targets.ts';
import { writeQuantity } from './write.ts';

type Write = { readonly quantity: Quantity; readonly row: PrestaStock; readonly was?: number };

/** What one call of a push carries: each figure is a request, and all are read again together. */
export const figuresAtOnce = 50;

/** The largest figure that the shop keeps. */
const largest = 2_147_483_647;

/**
 * Sets quantities: every target is read anew, written one by one and only where it differs, and believed only when
 * the row, read again afterwards, shows the figure. Several rows in one request would be half written when one of
 * them fails, and the answer would show the last.
 */
export async function pushQuantities(
  api: PrestaApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(api, signal);
  const contested = contestedIn(quantities);
  return pushInParts(quantities, figuresAtOnce, async (some, outcomes) => {
    const writes = await writesOf(api, { some, contested, outcomes }, signal);
    await writeAll(api, { writes, outcomes }, signal);
    return writes.length > 0;
  });
}

type Order = {
  readonly some: readonly Quantity[];
  readonly contested: (quantity: Quantity) => boolean;
  readonly outcomes: Outcomes;
};

async function writesOf(api: PrestaApi, order: Order, signal: AbortSignal): Promise<readonly Write[]> {
  const { some, contested, outcomes } = order;
  const targetOf = await targetsOf(
    api,
    some.map((quantity) => quantity.ref),
    signal,
  );
  return some.flatMap((quantity): readonly Write[] => {
    const target = targetOf(quantity.ref);
    const refuse = (why: PushRefusal, said?: string): readonly Write[] => {
      outcomes.set(quantity, refusal(quantity, why, said));
      return [];
    };
    if (contested(quantity)) return refuse('figure-contested');
    if (!Number.isSafeInteger(quantity.quantity) || Math.abs(quantity.quantity) > largest) {
      return refuse('quantity-not-taken', 'not a whole number that the shop can keep');
    }
    if (!target.ok) return refuse(target.why, target.said);
    const has = stockFigure(target.row.quantity, 'quantity');
    const known = outcomeBeforeWrite(quantity, has);
    if (known === undefined) return [{ quantity, row: target.row, was: has.quantity }];
    outcomes.set(quantity, known);
    return [];
  });
}

type Writing = { readonly writes: readonly Write[]; readonly outcomes: Outcomes };

/**
 * Writes one after the other, since each moves its product's sum, and reads all of them again. Each but the first is
 * read once more before it: the others took their time, and it may have been sold.
 */
async function writeAll(api: PrestaApi, { writes, outcomes }: Writing, signal: AbortSignal): Promise<void> {
  const sent: Write[] = [];
  let lost: ShopError | undefined;
  for (const [place, write] of writes.entries()) {
    try {
      const moved = place === 0 ? undefined : await movedSince(api, write, signal);
      if (moved !== undefined) {
        outcomes.set(write.quantity, moved);
        continue;
      }
    } catch (error) {
      if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
      lost = error;
      break;
    }
    try {
      const refused = await writeOne(api, write, signal);
      if (refused === undefined) sent.push(write);
      else if ('inFront' in refused) {
        const { said } = refused;
        for (const { quantity } of writes.slice(place))
          outcomes.set(quantity, refusal(quantity, 'refused-by-shop', said));
        break;
      } else outcomes.set(write.quantity, refused);
    } catch (error) {
      if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
      // Nobody knows what became of it: the row itself will tell.
      sent.push(write);
      lost = error;
      break;
    }
  }
  await readBack(api, { writes: sent, outcomes }, lost, signal);
  if (lost !== undefined && writes.some((write) => !outcomes.has(write.quantity))) throw lost;
}

/** How a write ends whose figure is another by now. */
async function movedSince(
  api: PrestaApi,
  { quantity, row: { id }, was }: Write,
  signal: AbortSignal,
): Promise<PushOutcome | undefined> {
  const now = await rowsById(api, { resource: 'stock_availables', schema: stockSchema, ids: [id] }, signal);
  const [row] = now.rows;
  if (row === undefined) return refusal(quantity, now.broken.length > 0 ? 'figure-unreadable' : 'not-found-in-shop');
  return outcomeIfMoved(quantity, was, stockFigure(row.quantity, 'quantity'));
}

/** The refusal, where the shop refused; trouble that passes is thrown. */
async function writeOne(
  api: PrestaApi,
  write: Write,
  signal: AbortSignal,
): Promise<PushOutcome | { readonly inFront: true; readonly said?: string } | undefined> {
  const { quantity, row } = write;
  const reply = await writeQuantity(api, { row, quantity: quantity.quantity }, signal);
  const { code, said } = api.errorIn(reply);
  if (reply.status < 300 && code === undefined) return undefined;
  const error = api.errorOf(reply, 'stock_availables: PUT, PATCH');
  // Reading went well a moment ago, so it is the right to write that is missing.
  if (error.kind === 'forbidden' || error.kind === 'unauthorized') return refusal(quantity, 'no-permission', said);
  if (error.temporary) throw error;
  // It lets no write through: the others are not tried.
  if (error.detail.inFront === true) return { inFront: true, said: error.detail.said };
  if (code === 92) return refusal(quantity, 'not-found-in-shop', said);
  if (code === 84 || code === 85) return refusal(quantity, 'quantity-not-taken', said);
  // A warning of PHP may come with a write that was done: the row is read before anything is said.
  if (reply.status >= 500) return undefined;
  return refusal(quantity, 'refused-by-shop', error.detail.said);
}

async function readBack(
  api: PrestaApi,
  { writes, outcomes }: Writing,
  lost: ShopError | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (writes.length === 0) return;
  const ids = [...new Set(writes.map((write) => write.row.id))];
  const { rows } = await rowsById(api, { resource: 'stock_availables', schema: stockSchema, ids }, signal);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { quantity, row, was } of writes) {
    const fresh = byId.get(row.id);
    const now = fresh === undefined ? undefined : stockFigure(fresh.quantity, 'quantity').quantity;
    if (now === quantity.quantity) outcomes.set(quantity, { ref: quantity.ref, kind: 'set', quantity: now, was });
    else if (lost === undefined) {
      const known = now !== undefined;
      outcomes.set(
        quantity,
        known ? outcomeAfterWrite(quantity, { was, has: now }) : refusal(quantity, 'outcome-unknown'),
      );
    }
  }
}
