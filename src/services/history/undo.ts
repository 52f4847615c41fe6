import { actIdOf, type DomainEvent, listingRefOf, productsOf, type StoredEvent, shopOf } from '../../domain/event.ts';
import { isMark } from '../../domain/history/acts.ts';
import { eventGroupOf, mayBeOfMany, type UndoRefusal, undoGroup } from '../../domain/history/undo-rules.ts';
import { isWarehouseCount, undoableKind, type WarehouseCountEvent } from '../../domain/history/undoable-kinds.ts';
import type { ActId, ListingRef, ShopId, Sku } from '../../domain/ids.ts';
import type { ChangeSet } from '../../domain/reconcile/change-set.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { manualContext } from '../integrations/link-by-hand.ts';
import { loadChangeSet } from '../reconcile/load-change-set.ts';
import { writeCount } from '../warehouse/count-in-warehouse.ts';
import type { Undoable } from './history-service.ts';
import { newestUndoable } from './newest-undoable.ts';

/** Events that are read at once while an act is gathered. */
const atOnce = 500;
/** So many of a person's last events are tried before it is said that nothing can be undone. */
const maxTries = 50;

/**
 * Undoes one act by its number, or this person's last; refuses where today's state does not let it. Leaves its own line
 * in the history. What was counted in a warehouse system is written back there: rejects with a `ShopError` then.
 */
export async function undo(
  deps: ServiceDependencies,
  seq?: number,
  signal: AbortSignal = new AbortController().signal,
): Promise<StoredEvent> {
  assertCanWrite(deps);
  const event = seq === undefined ? await lastOwn(deps, deps.store) : (await deps.store.events([seq]))[0];
  if (event === undefined) throw new Refusal('nothing-to-undo', seq === undefined ? {} : { seq: String(seq) });
  if (isWarehouseCount(event)) return undoCount(deps, event, signal);
  await deps.store.change(async (now) => {
    const { changeSet, refused } = await tryUndo(deps, now, event);
    if (refused !== undefined) throw new Refusal('cannot-undo', { seq: String(event.seq), why: refused });
    changeSet.record([undoneEvent(deps, event)]);
    return changeSet.changes();
  });
  return event;
}

/** What lay there before is written into the warehouse, where nobody changed the figure since. */
async function undoCount(
  deps: ServiceDependencies,
  event: WarehouseCountEvent,
  signal: AbortSignal,
): Promise<StoredEvent> {
  const { refused } = await tryUndo(deps, deps.store, event);
  const { counted, productId } = event;
  if (refused !== undefined || counted === undefined)
    throw new Refusal('cannot-undo', { seq: String(event.seq), why: refused ?? 'cannot-be-undone' });
  const back = { productId, onHand: counted.was, location: counted.location, undone: undoneEvent(deps, event) };
  await writeCount(deps, back, signal);
  return event;
}

/** The newest acts that are of a sort to be undone, and whether today's state lets them. */
export async function undoable(deps: ServiceDependencies, limit: number): Promise<readonly Undoable[]> {
  const found: Undoable[] = [];
  for await (const events of newestUndoable(deps.store)) {
    for (const event of events.slice(0, limit - found.length)) {
      const { refused } = await tryUndo(deps, deps.store, event);
      found.push({ event, can: refused === undefined });
    }
    if (found.length >= limit) break;
  }
  return found;
}

async function lastOwn(deps: ServiceDependencies, now: StoreReader): Promise<StoredEvent | undefined> {
  let tries = 0;
  for await (const events of newestUndoable(now)) {
    for (const event of events.filter(({ by }) => by.name === deps.actor.name)) {
      tries += 1;
      if (tries > maxTries) return undefined;
      const { refused } = await tryUndo(deps, now, event);
      // What cannot be taken back is said: an older act is not undone in its place.
      if (refused !== 'undone-already') return event;
    }
  }
  return undefined;
}

const undoneEvent = (deps: ServiceDependencies, event: StoredEvent): DomainEvent => {
  const [productId] = productsOf(event);
  const shopId = shopOf(event);
  return {
    at: deps.clock.now(),
    by: deps.actor,
    type: 'undone',
    undoes: event.seq,
    what: event.type,
    productId,
    shopId,
  };
};

type Attempt = { readonly changeSet: ChangeSet; readonly refused?: UndoRefusal };

/** Tries it on a change set, which is thrown away when it does not do. */
async function tryUndo(deps: ServiceDependencies, now: StoreReader, event: StoredEvent): Promise<Attempt> {
  const act = await wholeGroup(now, event);
  const shop = await shopFor(now, shopOf(event));
  const skus = act.flatMap((one): Sku[] => (one.type === 'product-renamed' && one.was !== undefined ? [one.was] : []));
  const products = [
    ...(await now.products([...new Set(act.flatMap(productsOf))])),
    ...(await now.productsBy({ skus })),
  ];
  const again = act
    .flatMap((one): readonly ListingRef[] => [listingRefOf(one)].filter((ref) => ref !== undefined))
    .filter((ref) => ref.shopId === shop.id);
  const changeSet = await loadChangeSet(now, { shop, again, products });
  if (!undoableKind(event)) return { changeSet, refused: 'cannot-be-undone' };
  if (await alreadyUndone(now, act)) return { changeSet, refused: 'undone-already' };
  if (event.type === 'stock-changed' && !isWarehouseCount(event) && deps.warehouses?.settings() !== undefined)
    return { changeSet, refused: 'stock-from-warehouse' };
  const stale = await supersededMarks(now, act);
  return { changeSet, refused: stale ?? undoGroup(act, manualContext(deps, shop, changeSet)) };
}

async function wholeGroup(now: StoreReader, event: StoredEvent): Promise<readonly StoredEvent[]> {
  return mayBeOfMany(event) ? eventGroupOf(event, await wholeAct(now, actIdOf(event))) : [event];
}

/** All events of an act, oldest first. */
async function wholeAct(now: StoreReader, actId: ActId): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await now.eventsOf({ actId, after: events.at(-1)?.seq, limit: atOnce });
    events.push(...page);
    if (page.length < atOnce) return events;
  }
}

async function alreadyUndone(now: StoreReader, act: readonly StoredEvent[]): Promise<boolean> {
  const seqs = new Set(act.map(({ seq }) => seq));
  for (let before: number | undefined; ; ) {
    const page = await now.history({ types: ['undone'], since: act[0]?.at, before, limit: atOnce });
    if (page.some((one) => one.type === 'undone' && seqs.has(one.undoes))) return true;
    if (page.length < atOnce) return false;
    before = page.at(-1)?.seq;
  }
}

/** A mark can be taken back while it is the one that stands, and put back while none has taken its place. */
async function supersededMarks(now: StoreReader, act: readonly StoredEvent[]): Promise<UndoRefusal | undefined> {
  const events = act.filter(isMark);
  if (events.length === 0) return undefined;
  const standing = await now.marksOf([...new Set(events.map(({ mark }) => mark.productId))]);
  const fits = events.every(({ type, mark }) => {
    const here = standing.find(
      (one) => one.productId === mark.productId && one.shopId === mark.shopId && one.kind === mark.kind,
    );
    return type === 'marked' ? here?.at === mark.at : here === undefined;
  });
  return fits ? undefined : 'changed-since';
}

/** Where an act had no shop, any name will do: nothing of a shop is looked at. */
async function shopFor(now: StoreReader, shopId: ShopId | undefined): Promise<Shop> {
  const shops = await now.shops();
  const shop = shops.find(({ id }) => id === shopId) ?? shops[0];
  if (shop === undefined) throw new Refusal('cannot-undo', { why: 'shop-removed' });
  return shop;
}
