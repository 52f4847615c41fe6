import { type DomainEvent, listingRefOf, productsOf, type StoredEvent, shopOf } from '../../domain/event.ts';
import type { ListingRef, ShopId, Sku } from '../../domain/ids.ts';
import type { Notebook } from '../../domain/linking/notebook.ts';
import { actOf, type UndoRefusal, undoAct, undoableKind } from '../../domain/linking/undo.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { mayAct } from '../acting.ts';
import { gatherFacts } from '../reading/gather-facts.ts';
import { Refusal, type Undoable } from '../services.ts';
import type { World } from '../world.ts';
import { lookByHand } from './link.ts';

const eventsAround = 8;
const newestLooked = 500;
const undoableTypes = [
  'integration-removed',
  'integration-created',
  'marked',
  'unmarked',
  'ruled',
  'unruled',
  'product-renamed',
] as const;

/** Undoes one act by its number, or the last of this person's that can be. Leaves its own line in the history. */
export async function undo(world: World, seq?: number): Promise<StoredEvent> {
  mayAct(world);
  let undone: StoredEvent | undefined;
  await world.store.change(async (now) => {
    const event = seq === undefined ? await lastOwn(world, now) : (await now.events([seq]))[0];
    if (event === undefined) throw new Refusal('nothing-to-undo', seq === undefined ? {} : { seq: String(seq) });
    const { notebook, refused } = await tryUndo(world, now, event);
    if (refused !== undefined) throw new Refusal('cannot-undo', { seq: String(event.seq), why: refused });
    undone = event;
    notebook.note([undoneEvent(world, event)]);
    return notebook.changes();
  });
  if (undone === undefined) throw new Error('an undo was not written');
  return undone;
}

/** The newest acts that are of a sort to be undone, and whether today's state lets them. */
export async function undoable(world: World, limit: number): Promise<readonly Undoable[]> {
  const events = await world.store.history({ types: undoableTypes, limit: newestLooked });
  const found: Undoable[] = [];
  for (const event of events.filter(undoableKind).slice(0, limit)) {
    const { refused } = await tryUndo(world, world.store, event);
    found.push({ event, can: refused === undefined });
  }
  return found;
}

async function lastOwn(world: World, now: StoreReader): Promise<StoredEvent | undefined> {
  const events = await now.history({ types: undoableTypes, limit: newestLooked });
  for (const event of events) {
    const own = event.by.name === world.actor.name && undoableKind(event);
    if (own && (await tryUndo(world, now, event)).refused === undefined) return event;
  }
  return undefined;
}

const undoneEvent = (world: World, event: StoredEvent): DomainEvent => {
  const [productId] = productsOf(event);
  const shopId = shopOf(event);
  return {
    at: world.clock.now(),
    by: world.actor,
    type: 'undone',
    undoes: event.seq,
    what: event.type,
    ...(productId === undefined ? {} : { productId }),
    ...(shopId === undefined ? {} : { shopId }),
  };
};

type Attempt = { readonly notebook: Notebook; readonly refused?: UndoRefusal };

/** Tries it on a notebook, which is thrown away when it does not do. */
async function tryUndo(world: World, now: StoreReader, event: StoredEvent): Promise<Attempt> {
  const act = await wholeAct(now, event);
  const shop = await shopFor(now, shopOf(event));
  const skus = act.flatMap((one): Sku[] => (one.type === 'product-renamed' && one.was !== undefined ? [one.was] : []));
  const products = [
    ...(await now.products([...new Set(act.flatMap(productsOf))])),
    ...(await now.productsBy({ skus })),
  ];
  const again = act
    .flatMap((one): readonly ListingRef[] => [listingRefOf(one)].filter((ref) => ref !== undefined))
    .filter((ref) => ref.shopId === shop.id);
  const notebook = await gatherFacts(now, { shop, again, products });
  if (!undoableKind(event)) return { notebook, refused: 'cannot-be-undone' };
  if (await alreadyUndone(now, event)) return { notebook, refused: 'undone-already' };
  const stale = await supersededMark(now, event);
  return { notebook, refused: stale ?? undoAct(act, lookByHand(world, shop, notebook)) };
}

async function wholeAct(now: StoreReader, event: StoredEvent): Promise<readonly StoredEvent[]> {
  const seqs = Array.from({ length: 2 * eventsAround + 1 }, (_, place) => event.seq - eventsAround + place);
  const around = await now.events(seqs.filter((seq) => seq > 0));
  return actOf(
    event,
    around.toSorted((a, b) => a.seq - b.seq),
  );
}

async function alreadyUndone(now: StoreReader, event: StoredEvent): Promise<boolean> {
  const undone = await now.history({ types: ['undone'], since: event.at, limit: newestLooked });
  return undone.some((one) => one.type === 'undone' && one.undoes === event.seq);
}

/** A mark can be taken back while it is the one that stands, and put back while none has taken its place. */
async function supersededMark(now: StoreReader, event: StoredEvent): Promise<UndoRefusal | undefined> {
  if (event.type !== 'marked' && event.type !== 'unmarked') return undefined;
  const { productId, shopId, kind, at } = event.mark;
  const standing = (await now.marksOf([productId])).find((one) => one.shopId === shopId && one.kind === kind);
  const fits = event.type === 'marked' ? standing?.at === at : standing === undefined;
  return fits ? undefined : 'changed-since';
}

/** Where an act had no shop, any name will do: nothing of a shop is looked at. */
async function shopFor(now: StoreReader, shopId: ShopId | undefined): Promise<Shop> {
  const shops = await now.shops();
  const shop = shops.find(({ id }) => id === shopId) ?? shops[0];
  if (shop === undefined) throw new Refusal('cannot-undo', { why: 'shop-removed' });
  return shop;
}
