import type { ListingRef, ShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { isUnreadableIn } from '../../domain/reconcile/unreadable-rows.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { observeAnswer } from '../reconcile/ingest.ts';
import { type ConnectedSession, contextOf, writeStep } from './sync-session.ts';

const idsInOneStep = 20;

/** Asks the shop by id for what a sync did not show, or not whole: only its own "no" counts as gone. Resolves nothing. */
export async function askById(session: ConnectedSession, suspects: readonly ListingRef[]): Promise<void> {
  const ids = [...new Set(suspects.map(({ shopProductId }) => shopProductId))];
  for (let start = 0; start < ids.length; start += idsInOneStep) {
    await confirmSome(session, ids.slice(start, start + idsInOneStep));
  }
}

async function confirmSome(session: ConnectedSession, ids: readonly ShopProductId[]): Promise<void> {
  const asked: ShopProductId[] = [];
  const listings: Listing[] = [];
  for (const id of ids) {
    const shown = await askFor(session, id);
    session.signal.throwIfAborted();
    if (shown === undefined) continue;
    asked.push(id);
    listings.push(...shown.map((listing) => ({ ...listing, seenIn: session.progress.run.id })));
  }
  if (asked.length === 0) return;
  await writeStep(session, async (now) => {
    const isUnknown = isUnreadableIn(session.progress.run);
    const { changeSet } = await observeAnswer(now, { shop: session.shop, asked, listings, isUnknown }, (over) =>
      contextOf(session, over),
    );
    return { changes: changeSet.changes() };
  });
}

/** What the shop has under an id; `undefined` when its answer about this one thing says nothing either way. */
async function askFor(session: ConnectedSession, id: ShopProductId): Promise<readonly Listing[] | undefined> {
  try {
    return await session.connector.product(id, session.signal, 'background');
  } catch (trouble) {
    if (trouble instanceof ShopError && (trouble.kind === 'unintelligible' || trouble.kind === 'refused'))
      return undefined;
    throw trouble;
  }
}
