import type { Changes } from '../../domain/changes.ts';
import { conflictProducts, productsOf, shopOf } from '../../domain/event.ts';
import { type ProductId, type ShopId, toProductId, toShopId } from '../../domain/ids.ts';
import type { StoreChange } from '../../ports/store-questions.ts';
import { tableNames } from './tables.ts';

export type Watchers = {
  readonly watch: (listener: (change: StoreChange) => void) => () => void;
  /** Tells of a change; of no known one where only that something changed is known. */
  readonly notify: (change?: StoreChange) => void;
  readonly close: () => void;
};

export const everything: StoreChange = { tables: 'all', shops: 'all', products: 'all' };

/** Those who want to hear of every change. Each watch is its own, even of the same listener. */
export function makeWatchers(): Watchers {
  const listeners = new Set<{ readonly call: (change: StoreChange) => void }>();
  return {
    watch(listener) {
      const entry = { call: listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    notify(change = everything) {
      for (const { call } of [...listeners]) call(change);
    },
    close: () => listeners.clear(),
  };
}

/** More are not named one by one. */
const namedAtMost = 200;

/** What changes touch, named as far as it is little. */
export function changeOf(all: readonly Changes[]): StoreChange {
  const tables = new Set<(typeof tableNames)[number] | 'events'>();
  const shops = new Set<ShopId>();
  const products = new Set<ProductId>();
  const place = ({ productId, shopId }: { productId?: ProductId; shopId?: ShopId }): void => {
    if (shopId !== undefined) shops.add(shopId);
    if (productId !== undefined) products.add(productId);
  };
  for (const { put, drop, events } of all) {
    for (const name of tableNames) if (put[name]?.length || drop[name]?.length) tables.add(name);
    if (events.length > 0) tables.add('events');
    for (const event of events) {
      for (const productId of productsOf(event)) products.add(productId);
      place({ shopId: shopOf(event) });
    }
    for (const { id } of put.shops ?? []) shops.add(id);
    for (const { shopId } of put.shopStates ?? []) shops.add(shopId);
    for (const { id } of put.products ?? []) products.add(id);
    for (const { productId } of put.stockLevels ?? []) products.add(productId);
    for (const { productId, ref } of put.integrations ?? []) place({ productId, shopId: ref.shopId });
    for (const { integration } of put.tombstones ?? [])
      place({ productId: integration.productId, shopId: integration.ref.shopId });
    for (const conflict of put.conflicts ?? []) {
      shops.add(conflict.ref.shopId);
      for (const productId of conflictProducts(conflict)) products.add(productId);
    }
    for (const { ref } of [...(put.listings ?? []), ...(put.sales ?? []), ...(put.rulings ?? [])])
      shops.add(ref.shopId);
    for (const mark of put.marks ?? []) place(mark);
    for (const name of tableNames) for (const key of drop[name] ?? []) placeDropped(name, key, place);
  }
  const named = <Id>(ids: ReadonlySet<Id>): readonly Id[] | 'all' => (ids.size > namedAtMost ? 'all' : [...ids]);
  return { tables: [...tables], shops: named(shops), products: named(products) };
}

/** What a key names: the shop comes first where a listing is meant, last where a product's place is. */
function placeDropped(
  name: (typeof tableNames)[number],
  key: string,
  place: (one: { productId?: ProductId; shopId?: ShopId }) => void,
): void {
  const [first = '', second = ''] = key.split('\u001f');
  if (name === 'products' || name === 'stockLevels') place({ productId: toProductId(first) });
  else if (name === 'integrations' || name === 'tombstones' || name === 'marks') {
    place({ productId: toProductId(first), shopId: second === '' ? undefined : toShopId(second) });
  } else if (name !== 'plans') place({ shopId: toShopId(first) });
}
