import type { ListingRef } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { ourSku, type Shop, shopSku } from '../../domain/shop.ts';
import { isOpen, listingState } from '../lines/is-open-listing.ts';
import { integrationAtRef, listingBySku, productBySku } from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import { type SortedList, sortedTexts } from '../tables/sorted-list.ts';
import type { StoreTables } from '../tables/table.ts';
import { isNoChange } from './is-no-change.ts';

/** Keys of the listings of a shop that are perhaps not settled, and of those that have to be looked at anew. */
type Open = { readonly keys: SortedList<string>; readonly touched: Set<string> };

/**
 * The keys of a shop's listings that are perhaps not settled, in order. The first who asks about a shop has all of it
 * looked through; from then on a change costs what it touches.
 */
export function makeOpenListings(tables: StoreTables): (shopId: string, from?: string) => Generator<string> {
  const shops = new Map<string, Open>();
  let listening = false;

  const touch = (shopId: string, key: string): void => {
    const touched = shops.get(shopId)?.touched;
    touched?.add(key);
    if (touched !== undefined && isNoChange(touched.size, tables.listings.partition(shopId).size)) shops.delete(shopId);
  };
  const touchAt = (ref: ListingRef | undefined): void => {
    if (ref !== undefined) touch(ref.shopId, keyInShop(ref));
  };
  /** What bears the item number of a product, as each shop writes it. */
  const touchSku = (product: Product | undefined): void => {
    const sku = product?.sku;
    if (sku === undefined) return;
    const theirs = new Set([sku, ...[...tables.shops.all()].flatMap((shop) => shopSku(shop, sku) ?? [])]);
    for (const own of theirs) for (const { ref } of tables.listings.by(listingBySku, own)) touchAt(ref);
  };
  const listen = (): void => {
    listening = true;
    const links = (row: Integration | undefined, before: Integration | undefined): void => {
      touchAt(before?.ref);
      touchAt(row?.ref);
    };
    tables.listings.listen((row, before) => touchAt((row ?? before)?.ref));
    tables.integrations.listen(links);
    tables.conflicts.listen((row, before) => touchAt((row ?? before)?.ref));
    tables.products.listen((row, before) => {
      if (row?.sku === before?.sku) return;
      touchSku(before);
      touchSku(row);
    });
    tables.shops.listen((row, before) => {
      const changed = row ?? before;
      if (changed !== undefined && suffix(row) !== suffix(before)) shops.delete(changed.id);
    });
  };
  const stands = (shopId: string, key: string): boolean => {
    const listing = tables.listings.find(shopId, key);
    return listing !== undefined && standsOpen(tables, listing);
  };
  const openOf = (shopId: string): Open => {
    const known = shops.get(shopId);
    if (known === undefined) {
      const keys: string[] = [];
      for (const [key, listing] of tables.listings.partition(shopId)) if (standsOpen(tables, listing)) keys.push(key);
      const open = { keys: sortedTexts(keys.sort()), touched: new Set<string>() };
      shops.set(shopId, open);
      return open;
    }
    for (const key of known.touched) {
      const isThere = known.keys.find(key) !== undefined;
      if (isThere === stands(shopId, key)) continue;
      if (isThere) known.keys.remove(key);
      else known.keys.add(key);
    }
    known.touched.clear();
    return known;
  };
  return (shopId, from) => {
    if (!listening) listen();
    return openOf(shopId).keys.from(from);
  };
}

/** What a shop's item numbers lack of ours; nothing, also where the shop is not there. */
const suffix = (shop: Shop | undefined): string => shop?.owner?.skuPostfix ?? '';

function standsOpen({ integrations, conflicts, products, shops }: StoreTables, listing: Listing): boolean {
  const { shopId } = listing.ref;
  const key = keyInShop(listing.ref);
  const shop = shops.find('', shopId);
  const sku = listing.sku === undefined ? undefined : shop === undefined ? listing.sku : ourSku(shop, listing.sku);
  return isOpen(listingState(listing), {
    linked: integrations.by(integrationAtRef, key, shopId).length > 0,
    contested: conflicts.find(shopId, key) !== undefined,
    named: sku !== undefined && products.by(productBySku, sku).length > 0,
  });
}
