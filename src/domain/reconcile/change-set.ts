import { type Changes, keyOf, placeKey, type RecordKey, refKey, type TableName, type Tables } from '../changes.ts';
import type { Conflict, Ruling } from '../conflict.ts';
import type { DomainEvent } from '../event.ts';
import type { Gtin, Instant, ListingRef, ProductId, ShopId, Sku } from '../ids.ts';
import type { Integration, Tombstone } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import { isAboutShop, type Shop } from '../shop.ts';
import { type Edit, editsFor } from './event-edits.ts';
import { type IndexedTable, makeIndexedTable, recordsAt, recordsBy, remove, upsert } from './indexed-table.ts';

/** The tables that judgements look into. */
export type IndexedTableName = 'products' | 'listings' | 'integrations' | 'tombstones' | 'conflicts' | 'rulings';
export type Records = { readonly [Name in IndexedTableName]?: readonly Tables[Name][] } & {
  /** Every shop there is; left out where none is asked about. */
  readonly shops?: readonly Shop[];
};

/** Answers out of the records that were gathered; what was not gathered is not known. */
export type RecordReader = {
  product(id: ProductId): Product | undefined;
  productsBySku(sku: Sku): readonly Product[];
  productsByGtin(gtin: Gtin): readonly Product[];
  productsFrom(ref: ListingRef): readonly Product[];
  /** In every shop, as far as gathered; the thing in front of each id. */
  listingsByGtin(gtin: Gtin): readonly Listing[];
  listing(ref: ListingRef): Listing | undefined;
  integrationAt(ref: ListingRef): Integration | undefined;
  integrationOf(id: ProductId, shopId: ShopId): Integration | undefined;
  integrationsOf(id: ProductId): readonly Integration[];
  tombstonesAt(ref: ListingRef): readonly Tombstone[];
  tombstoneOf(id: ProductId, shopId: ShopId): Tombstone | undefined;
  conflictAt(ref: ListingRef): Conflict | undefined;
  rulingsAt(ref: ListingRef): readonly Ruling[];
  /** Whether what was found out at a moment about ids of a shop is about the shop that bears its id today. */
  isAbout(shopId: ShopId, at: Instant): boolean;
};

/** A small copy of the store in which what was just decided already shows. Ends as one set of changes. */
export type ChangeSet = RecordReader & {
  /** Notes what happened, in the records too. */
  record(events: readonly DomainEvent[]): void;
  /** Writes down an observation: no event by itself. */
  apply(edit: Edit): void;
  /** What has been noted so far. */
  events(): readonly DomainEvent[];
  changes(): Changes;
};

type IndexedTables = { readonly [Name in IndexedTableName]: IndexedTable<Tables[Name]> };

const makeIndexedTables = (): IndexedTables => ({
  products: makeIndexedTable<Product>(
    (product) => product.sku,
    (product) => product.gtin,
    (product) => product.contentFrom && refKey(product.contentFrom),
  ),
  listings: makeIndexedTable<Listing>((listing) => listing.gtin),
  integrations: makeIndexedTable<Integration>(
    (integration) => refKey(integration.ref),
    (integration) => integration.productId,
  ),
  tombstones: makeIndexedTable<Tombstone>((tombstone) => refKey(tombstone.integration.ref)),
  conflicts: makeIndexedTable<Conflict>(),
  rulings: makeIndexedTable<Ruling>((ruling) => refKey(ruling.ref)),
});

const readerOf = (tables: IndexedTables, shops: ReadonlyMap<ShopId, Shop> | undefined): RecordReader => ({
  product: (id) => tables.products.byKey.get(id),
  productsBySku: (sku) => recordsBy(tables.products, 0, sku),
  productsByGtin: (gtin) => recordsBy(tables.products, 1, gtin),
  productsFrom: (ref) => recordsAt(tables.products, 2, ref),
  listingsByGtin: (gtin) => recordsBy(tables.listings, 0, gtin),
  listing: (ref) => tables.listings.byKey.get(refKey(ref)),
  integrationAt: (ref) => recordsAt(tables.integrations, 0, ref)[0],
  integrationOf: (id, shopId) => tables.integrations.byKey.get(placeKey(id, shopId)),
  integrationsOf: (id) => recordsBy(tables.integrations, 1, id),
  tombstonesAt: (ref) => recordsAt(tables.tombstones, 0, ref),
  tombstoneOf: (id, shopId) => tables.tombstones.byKey.get(placeKey(id, shopId)),
  conflictAt: (ref) => tables.conflicts.byKey.get(refKey(ref)),
  rulingsAt: (ref) => recordsAt(tables.rulings, 0, ref),
  isAbout: (shopId, at) => {
    const shop = shops?.get(shopId);
    return shops === undefined || (shop !== undefined && isAboutShop(shop, at));
  },
});

const isIndexed = (table: TableName, tables: IndexedTables): table is IndexedTableName => table in tables;

/** Applies an edit to the index of its table, where that table is indexed. */
function applyToIndex(tables: IndexedTables, edit: Edit, key: RecordKey): void {
  if (!isIndexed(edit.table, tables)) return;
  const indexed = tables[edit.table] as IndexedTable<Tables[IndexedTableName]>;
  if ('put' in edit) upsert(indexed, key, edit.put as Tables[IndexedTableName]);
  else remove(indexed, key);
}

const keyOfEdit = (edit: Edit): RecordKey =>
  'put' in edit ? (keyOf[edit.table] as (record: Tables[TableName]) => RecordKey)(edit.put) : edit.drop;

/** What was decided about the records of one table: what is gone, and then what stands. */
type TableChanges = { readonly drops: Set<RecordKey>; readonly puts: Map<RecordKey, Tables[TableName]> };

function collect(changesByTable: Map<TableName, TableChanges>, edit: Edit, key: RecordKey): void {
  const tableChanges = changesByTable.get(edit.table) ?? { drops: new Set(), puts: new Map() };
  changesByTable.set(edit.table, tableChanges);
  if ('put' in edit) {
    tableChanges.puts.set(key, edit.put);
  } else {
    tableChanges.puts.delete(key);
    tableChanges.drops.add(key);
  }
}

/** A record that was dropped and put again is in both: drops come before puts, which is how a link moves. */
function changesOf(changesByTable: ReadonlyMap<TableName, TableChanges>, events: readonly DomainEvent[]): Changes {
  const put: Record<string, readonly Tables[TableName][]> = {};
  const drop: Record<string, readonly RecordKey[]> = {};
  for (const [table, { puts, drops }] of changesByTable) {
    if (puts.size > 0) put[table] = [...puts.values()];
    if (drops.size > 0) drop[table] = [...drops];
  }
  return { put: put as Changes['put'], drop, events };
}

/** A change set over the records that were gathered. */
export function makeChangeSet(records: Records): ChangeSet {
  const tables = makeIndexedTables();
  const changesByTable = new Map<TableName, TableChanges>();
  const events: DomainEvent[] = [];
  for (const table of Object.keys(tables) as IndexedTableName[]) {
    const indexed = tables[table] as IndexedTable<Tables[IndexedTableName]>;
    const keyIn = keyOf[table] as (record: Tables[IndexedTableName]) => RecordKey;
    for (const record of records[table] ?? []) upsert(indexed, keyIn(record), record);
  }
  const known = readerOf(tables, records.shops && new Map(records.shops.map((shop) => [shop.id, shop])));
  const apply = (edit: Edit): void => {
    const key = keyOfEdit(edit);
    applyToIndex(tables, edit, key);
    collect(changesByTable, edit, key);
  };
  return {
    ...known,
    apply,
    record: (newEvents) => {
      for (const event of newEvents) {
        for (const edit of editsFor(event, known)) apply(edit);
        events.push(event);
      }
    },
    events: () => events,
    changes: () => changesOf(changesByTable, events),
  };
}
