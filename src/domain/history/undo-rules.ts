import { sameRef } from '../changes.ts';
import { listingRefOf, type StoredEvent } from '../event.ts';
import type { Integration } from '../integration.ts';
import { linkable } from '../listing.ts';
import { sameContent } from '../product.ts';
import { promote } from '../reconcile/duplicates.ts';
import type { ReconcileContext } from '../reconcile/reconcile-context.ts';
import { sameStock } from '../warehouse/stock-of.ts';
import { isMark } from './acts.ts';
import { isFromFetch, isWarehouseCount } from './undoable-kinds.ts';

/** Why something cannot be undone today. */
export type UndoRefusal =
  | 'cannot-be-undone'
  | 'undone-already'
  | 'listing-has-another-product'
  | 'product-has-another-listing'
  | 'not-for-sale-in-shop'
  | 'shop-removed'
  | 'changed-since'
  | 'sku-taken'
  | 'stock-from-warehouse';

const isFromChoice = (event: StoredEvent): boolean =>
  event.type === 'ruled' ||
  event.type === 'product-renamed' ||
  (event.type === 'integration-created' && event.integration.how === 'hand');

/** Whether more than an event itself may have to be undone with it: what a sync takes and gives is undone one by one. */
export const mayBeOfMany = (event: StoredEvent): boolean =>
  event.actId !== undefined && (isMark(event) || event.by.kind === 'person');

/**
 * The events that are undone together with one, out of its act (oldest first): marks of one kind, links of one shop
 * that were fetched, or a person's choice in conflicts, which is several events. Anything else is undone by itself.
 */
export function eventGroupOf(event: StoredEvent, act: readonly StoredEvent[]): readonly StoredEvent[] {
  if (isMark(event))
    return act.filter((other) => isMark(other) && other.type === event.type && other.mark.kind === event.mark.kind);
  if (isFromFetch(event)) {
    const { shopId } = event.integration.ref;
    return act.filter((other) => isFromFetch(other) && other.integration.ref.shopId === shopId);
  }
  if (event.type === 'gone-from-warehouse') return act.filter((other) => other.type === event.type);
  const isChoice =
    act.some(isFromChoice) &&
    act.some(({ type }) => type === 'conflict-cleared') &&
    !act.some(({ type }) => type === 'product-fetched' || type === 'undone');
  return isChoice ? act : [event];
}

/** Undoes an act, last event first, and says why not where today's state is in the way. Nothing is noted then. */
export function undoGroup(group: readonly StoredEvent[], context: ReconcileContext): UndoRefusal | undefined {
  const { changeSet } = context;
  for (const event of group.toReversed()) {
    const ref = listingRefOf(event);
    // Under the id of a shop that was removed nobody answers, or another shop, whose ids mean other things.
    if (ref !== undefined && !changeSet.isAbout(ref.shopId, event.at)) return 'shop-removed';
    const refused = undoOne(event, context, group.length > 1);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function undoOne(event: StoredEvent, context: ReconcileContext, inGroup: boolean): UndoRefusal | undefined {
  const { changeSet, at, by } = context;
  switch (event.type) {
    case 'integration-removed':
      return restoreLink(event.integration, context, inGroup);
    case 'integration-created':
      return removeManualLink(event.integration, context, inGroup);
    case 'marked':
      return void changeSet.record([{ at, by, type: 'unmarked', mark: event.mark }]);
    case 'unmarked':
      return void changeSet.record([{ at, by, type: 'marked', mark: event.mark }]);
    case 'ruled':
      return void changeSet.record([{ at, by, type: 'unruled', ruling: event.ruling }]);
    case 'unruled':
      return void changeSet.record([{ at, by, type: 'ruled', ruling: event.ruling }]);
    case 'conflict-cleared':
      return void changeSet.record([{ at, by, type: 'conflict-found', conflict: event.conflict }]);
    case 'product-renamed':
      return renameBack(event, context);
    case 'stock-changed':
      return countBack(event, context);
    case 'gone-from-warehouse':
      return backInWarehouse(event, context, inGroup);
    case 'product-updated':
      return inGroup ? contentBack(event, context) : 'cannot-be-undone';
    default:
      return inGroup ? undefined : 'cannot-be-undone';
  }
}

/** Brings a link back as it was, unless somebody else has its place or the shop does not sell the thing. */
function restoreLink(removed: Integration, context: ReconcileContext, inGroup: boolean): UndoRefusal | undefined {
  const { changeSet, at, by, shop } = context;
  const holder = changeSet.integrationAt(removed.ref);
  if (holder !== undefined)
    return holder.productId === removed.productId ? 'undone-already' : 'listing-has-another-product';
  if (changeSet.integrationOf(removed.productId, shop.id) !== undefined) return 'product-has-another-listing';
  const listing = changeSet.listing(removed.ref);
  if (listing === undefined || !linkable(listing)) return 'not-for-sale-in-shop';
  const how = removed.how === 'hand' ? 'hand' : 'undo';
  changeSet.record([{ at, by, type: 'integration-created', integration: { ...removed, createdAt: at, by, how } }]);
  const product = changeSet.product(removed.productId);
  if (product !== undefined) promote(listing, product, context);
  const conflict = changeSet.conflictAt(removed.ref);
  // One that stood beside the link stands beside it again; what came up since is settled by it.
  const isBeside =
    (conflict?.kind === 'shop-id-taken' || conflict?.kind === 'sku-changed') && conflict.holder === removed.productId;
  if (conflict !== undefined && !inGroup && !isBeside)
    changeSet.record([{ at, by, type: 'conflict-cleared', conflict }]);
  return undefined;
}

/** Takes a link that was made by hand, or fetched, away again, where it still stands. */
function removeManualLink(made: Integration, context: ReconcileContext, inGroup: boolean): UndoRefusal | undefined {
  const { changeSet, at, by } = context;
  const standing = changeSet.integrationOf(made.productId, made.ref.shopId);
  if (standing === undefined || !sameRef(standing.ref, made.ref)) return 'changed-since';
  const because = inGroup && made.how === 'hand' ? 'moved' : 'removed-by-user';
  const before = changeSet.tombstoneOf(made.productId, made.ref.shopId);
  changeSet.record([{ at, by, type: 'integration-removed', integration: standing, because }]);
  // What a person took away elsewhere before that stays taken away.
  if (before !== undefined) changeSet.apply({ table: 'tombstones', put: before });
  return undefined;
}

/** Name, price and the rest go back with the link that brought them, unless they were changed again since. */
function contentBack(
  { productId, before, content, from, followed, gtin }: Extract<StoredEvent, { readonly type: 'product-updated' }>,
  { changeSet, at, by }: ReconcileContext,
): undefined {
  const product = changeSet.product(productId);
  if (product === undefined || !sameContent(product.content, content)) return undefined;
  const back = gtin === undefined ? undefined : { was: gtin.now, now: gtin.was };
  changeSet.record([
    {
      at,
      by,
      type: 'product-updated',
      productId,
      before: content,
      content: before,
      from: followed ?? from,
      followed: from,
      gtin: back,
    },
  ]);
  return undefined;
}

/** The figure before a count comes back, unless it was changed again since. */
function countBack(
  event: Extract<StoredEvent, { readonly type: 'stock-changed' }>,
  { changeSet, at, by }: ReconcileContext,
): UndoRefusal | undefined {
  const { productId, before } = event;
  if (isWarehouseCount(event) && event.counted === undefined) return 'cannot-be-undone';
  const product = changeSet.product(productId);
  if (product === undefined || !sameStock(product.stock, event.stock)) return 'changed-since';
  const stock = { ...before, at };
  changeSet.record([{ at, by, type: 'stock-changed', productId, before: product.stock, stock, why: 'undo' }]);
  return undefined;
}

/** Counts as there again; of many, those that the warehouse has shown meanwhile are so already. */
function backInWarehouse(
  { productId, source, at: goneAt }: Extract<StoredEvent, { readonly type: 'gone-from-warehouse' }>,
  { changeSet, at, by }: ReconcileContext,
  inGroup: boolean,
): UndoRefusal | undefined {
  const link = changeSet.product(productId)?.warehouse;
  if (link?.source !== source || link.goneAt !== goneAt) return inGroup ? undefined : 'changed-since';
  changeSet.record([{ at, by, type: 'back-in-warehouse', productId, source }]);
  return undefined;
}

function renameBack(
  event: Extract<StoredEvent, { readonly type: 'product-renamed' }>,
  { changeSet, at, by }: ReconcileContext,
): UndoRefusal | undefined {
  const { productId, was, sku, from } = event;
  if (was === undefined) return 'cannot-be-undone';
  if (changeSet.product(productId)?.sku !== sku) return 'changed-since';
  if (changeSet.productsBySku(was).length > 0) return 'sku-taken';
  changeSet.record([{ at, by, type: 'product-renamed', productId, was: sku, sku: was, from }]);
  return undefined;
}
