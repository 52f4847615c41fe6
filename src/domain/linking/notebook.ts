import { type Changes, keyOf, placeKey, type RecordKey, refKey, type TableName, type Tables } from '../changes.ts';
import type { Conflict, Ruling } from '../conflict.ts';
import type { DomainEvent } from '../event.ts';
import type { Gtin, ListingRef, ProductId, ShopId, Sku } from '../ids.ts';
import type { Integration, Tombstone } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import { type Edit, evolve } from './evolve.ts';

/** The tables that judgements look into. */
export type NotedTable = 'products' | 'listings' | 'integrations' | 'tombstones' | 'conflicts' | 'rulings';
export type Records = { readonly [Name in NotedTable]?: readonly Tables[Name][] };

/** Answers out of the records that were gathered; what was not gathered is not known. */
export type Known = {
  product(id: ProductId): Product | undefined;
  productsBySku(sku: Sku): readonly Product[];
  productsByGtin(gtin: Gtin): readonly Product[];
  productsFrom(ref: ListingRef): readonly Product[];
  listing(ref: ListingRef): Listing | undefined;
  integrationAt(ref: ListingRef): Integration | undefined;
  integrationOf(id: ProductId, shopId: ShopId): Integration | undefined;
  integrationsOf(id: ProductId): readonly Integration[];
  tombstonesAt(ref: ListingRef): readonly Tombstone[];
  tombstoneOf(id: ProductId, shopId: ShopId): Tombstone | undefined;
  conflictAt(ref: ListingRef): Conflict | undefined;
  rulingsAt(ref: ListingRef): readonly Ruling[];
};

/** A small copy of the store in which what was just decided already shows. Ends as one set of changes. */
export type Notebook = Known & {
  /** Notes what happened, in the records too. */
  note(events: readonly DomainEvent[]): void;
  /** Writes down an observation: no event by itself. */
  keep(edit: Edit): void;
  /** What has been noted so far. */
  events(): readonly DomainEvent[];
  changes(): Changes;
};

/** Records of one table by their key, and by one other thing that several may share. */
type Shelf<Item> = {
  readonly byKey: Map<RecordKey, Item>;
  readonly by: readonly {
    readonly of: (item: Item) => RecordKey | undefined;
    readonly keys: Map<RecordKey, Set<RecordKey>>;
  }[];
};

const makeShelf = <Item>(...by: ((item: Item) => RecordKey | undefined)[]): Shelf<Item> => ({
  byKey: new Map(),
  by: by.map((of) => ({ of, keys: new Map() })),
});

function takeDown<Item>(shelf: Shelf<Item>, key: RecordKey): void {
  const item = shelf.byKey.get(key);
  if (item === undefined) return;
  shelf.byKey.delete(key);
  for (const { of, keys } of shelf.by) {
    const shared = of(item);
    if (shared !== undefined) keys.get(shared)?.delete(key);
  }
}

function putUp<Item>(shelf: Shelf<Item>, key: RecordKey, item: Item): void {
  takeDown(shelf, key);
  shelf.byKey.set(key, item);
  for (const { of, keys } of shelf.by) {
    const shared = of(item);
    if (shared === undefined) continue;
    const those = keys.get(shared);
    if (those === undefined) keys.set(shared, new Set([key]));
    else those.add(key);
  }
}

function sharing<Item>(shelf: Shelf<Item>, by: number, shared: RecordKey): readonly Item[] {
  const found: Item[] = [];
  for (const key of shelf.by[by]?.keys.get(shared) ?? []) {
    const item = shelf.byKey.get(key);
    if (item !== undefined) found.push(item);
  }
  return found;
}

type Shelves = { readonly [Name in NotedTable]: Shelf<Tables[Name]> };

const makeShelves = (): Shelves => ({
  products: makeShelf<Product>(
    (product) => product.sku,
    (product) => product.gtin,
    (product) => product.contentFrom && refKey(product.contentFrom),
  ),
  listings: makeShelf<Listing>(),
  integrations: makeShelf<Integration>(
    (integration) => refKey(integration.ref),
    (integration) => integration.productId,
  ),
  tombstones: makeShelf<Tombstone>((tombstone) => refKey(tombstone.integration.ref)),
  conflicts: makeShelf<Conflict>(),
  rulings: makeShelf<Ruling>((ruling) => refKey(ruling.ref)),
});

const answersFrom = (shelves: Shelves): Known => ({
  product: (id) => shelves.products.byKey.get(id),
  productsBySku: (sku) => sharing(shelves.products, 0, sku),
  productsByGtin: (gtin) => sharing(shelves.products, 1, gtin),
  productsFrom: (ref) => sharing(shelves.products, 2, refKey(ref)),
  listing: (ref) => shelves.listings.byKey.get(refKey(ref)),
  integrationAt: (ref) => sharing(shelves.integrations, 0, refKey(ref))[0],
  integrationOf: (id, shopId) => shelves.integrations.byKey.get(placeKey(id, shopId)),
  integrationsOf: (id) => sharing(shelves.integrations, 1, id),
  tombstonesAt: (ref) => sharing(shelves.tombstones, 0, refKey(ref)),
  tombstoneOf: (id, shopId) => shelves.tombstones.byKey.get(placeKey(id, shopId)),
  conflictAt: (ref) => shelves.conflicts.byKey.get(refKey(ref)),
  rulingsAt: (ref) => sharing(shelves.rulings, 0, refKey(ref)),
});

const isNoted = (table: TableName, shelves: Shelves): table is NotedTable => table in shelves;

/** Shows an edit in the shelves, where the table is one that is looked into. */
function show(shelves: Shelves, edit: Edit, key: RecordKey): void {
  if (!isNoted(edit.table, shelves)) return;
  const shelf = shelves[edit.table] as Shelf<Tables[NotedTable]>;
  if ('put' in edit) putUp(shelf, key, edit.put as Tables[NotedTable]);
  else takeDown(shelf, key);
}

const keyOfEdit = (edit: Edit): RecordKey =>
  'put' in edit ? (keyOf[edit.table] as (record: Tables[TableName]) => RecordKey)(edit.put) : edit.drop;

/** What was decided about the records of one table: what is gone, and then what stands. */
type Page = { readonly drops: Set<RecordKey>; readonly puts: Map<RecordKey, Tables[TableName]> };

function write(pages: Map<TableName, Page>, edit: Edit, key: RecordKey): void {
  const page = pages.get(edit.table) ?? { drops: new Set(), puts: new Map() };
  pages.set(edit.table, page);
  if ('put' in edit) {
    page.puts.set(key, edit.put);
  } else {
    page.puts.delete(key);
    page.drops.add(key);
  }
}

/** A record that was dropped and put again is in both: drops come before puts, which is how a link moves. */
function changesOf(pages: ReadonlyMap<TableName, Page>, events: readonly DomainEvent[]): Changes {
  const put: Record<string, readonly Tables[TableName][]> = {};
  const drop: Record<string, readonly RecordKey[]> = {};
  for (const [table, { puts, drops }] of pages) {
    if (puts.size > 0) put[table] = [...puts.values()];
    if (drops.size > 0) drop[table] = [...drops];
  }
  return { put: put as Changes['put'], drop, events };
}

/** A notebook over the records that were gathered. */
export function openNotebook(records: Records): Notebook {
  const shelves = makeShelves();
  const pages = new Map<TableName, Page>();
  const events: DomainEvent[] = [];
  for (const table of Object.keys(shelves) as NotedTable[]) {
    const shelf = shelves[table] as Shelf<Tables[NotedTable]>;
    const keyIn = keyOf[table] as (record: Tables[NotedTable]) => RecordKey;
    for (const record of records[table] ?? []) putUp(shelf, keyIn(record), record);
  }
  const known = answersFrom(shelves);
  const keep = (edit: Edit): void => {
    const key = keyOfEdit(edit);
    show(shelves, edit, key);
    write(pages, edit, key);
  };
  return {
    ...known,
    keep,
    note: (happened) => {
      for (const event of happened) {
        for (const edit of evolve(event, known)) keep(edit);
        events.push(event);
      }
    },
    events: () => events,
    changes: () => changesOf(pages, events),
  };
}
