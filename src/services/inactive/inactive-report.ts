import { refKey } from '../../domain/changes.ts';
import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import { type Instant, later, type ProductId, type ShopId } from '../../domain/ids.ts';
import type { InactiveRow } from '../../domain/inactive/inactive-row.ts';
import { type InactiveFacts, judgeInactive, unsoldBefore } from '../../domain/inactive/judge-inactive.ts';
import type { Listing, Sale } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import { wholeUnits } from '../../domain/money.ts';
import type { Product } from '../../domain/product.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { bestListing } from '../facts/best-listing.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import { gatherRecords, type PlaceRecords } from '../facts/place-records.ts';
import type { InactiveQuery, InactiveReport } from './inactive-service.ts';
import { makeReportTally } from './report-tally.ts';

/**
 * Goods on the shelf that a shop perhaps does not sell, product by product and shop by shop: the surest first,
 * then by value at risk. `minValue` counts in whole units of whatever currency a row has. Judged anew each time; ticked rows are left out until
 * their tick runs out.
 */
export async function inactiveWithStock(deps: ServiceDependencies, query: InactiveQuery): Promise<InactiveReport> {
  const limits = await limitsOf(deps);
  const shelf = await deps.store.inStock();
  const from = query.offset ?? 0;
  const to = query.limit === undefined ? undefined : from + query.limit;
  const tally = makeReportTally({
    isAskedFor: (row) => isAskedFor(row, query),
    withTicked: query.withTicked === true,
    keep: to,
  });
  for await (const products of candidates(deps, limits, query.productId))
    tally.add(await judgePage(deps, products, limits));
  const sum = tally.sum((shopId, offShow) => offShow > Math.max(minHidden, (shelf.linked.get(shopId) ?? 0) / 2));
  const states = await deps.store.shopStates();
  const shops = (await deps.store.shops()).filter(({ id }) => query.shopIds?.includes(id) ?? true);
  return {
    ...sum,
    rows: sum.rows.slice(from, to),
    anyGoods: shelf.any,
    withoutSales: shops
      .filter(({ id }) => states.find(({ shopId }) => shopId === id)?.sales === undefined)
      .map(({ id }) => id),
  };
}

/** So many may be off show by oversight, however few there are in all. */
const minHidden = 20;

const pageSize = 1_000;

/** Goods on the shelf that some shop perhaps does not sell, by the page: all others are passed over by the store. */
async function* candidates(
  { store }: ServiceDependencies,
  { at, unsoldBefore: limits }: Limits,
  productId?: ProductId,
): AsyncGenerator<readonly Product[]> {
  const unsoldBefore = new Map([...limits].flatMap(([id, before]) => (before === undefined ? [] : [[id, before]])));
  let ids: readonly ProductId[] = productId === undefined ? [] : [productId];
  do {
    if (productId === undefined)
      ids = await store.inactiveCandidates({ after: ids.at(-1), unsoldBefore, at, limit: pageSize });
    yield (await store.products(ids)).filter(({ stock }) => stock.onHand > 0);
  } while (productId === undefined && ids.length === pageSize);
}

async function judgePage(
  deps: ServiceDependencies,
  products: readonly Product[],
  limits: Limits,
): Promise<readonly InactiveRow[]> {
  const { store } = deps;
  const records = await gatherRecords(store, { products }, limits.at);
  const linkedIn = new Map<ProductId, number>();
  for (const { productId } of records.integrations) linkedIn.set(productId, (linkedIn.get(productId) ?? 0) + 1);
  const incomplete = products.filter(({ id }) => (linkedIn.get(id) ?? 0) < records.shops.length);
  const refs = records.integrations.map(({ ref }) => ref);
  const [listings, sales, missing] = await Promise.all([
    store.listingsAt(refs),
    store.salesAt(refs.filter(({ shopId }) => limits.unsoldBefore.get(shopId) !== undefined)),
    gatherPlaceFacts(deps, store, { products: incomplete, withoutRefusals: true }),
  ]);
  const linked = linkedFacts({ records, listings, sales, limits });
  const unlinked = missing.filter((place) => place.integration === undefined && place.expected);
  return [...linked, ...unlinked.map(unlinkedFacts)].flatMap((facts) => judgeInactive(facts) ?? []);
}

type LinkedRecords = {
  readonly records: PlaceRecords;
  readonly listings: readonly Listing[];
  readonly sales: readonly Sale[];
  readonly limits: Limits;
};

function linkedFacts({ records, listings, sales, limits }: LinkedRecords): readonly InactiveFacts[] {
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const saleAt = new Map(sales.map((sale) => [refKey(sale.ref), sale]));
  const productOf = new Map(records.products.map((product) => [product.id, product]));
  const shopOf = new Map(records.shops.map((shop) => [shop.id, shop]));
  return records.integrations.flatMap((integration): readonly InactiveFacts[] => {
    const product = productOf.get(integration.productId);
    const shop = shopOf.get(integration.ref.shopId);
    if (product === undefined || shop === undefined) return [];
    const key = refKey(integration.ref);
    const listing = listingAt.get(key);
    const sale = saleAt.get(key);
    return [
      {
        product,
        shop,
        integration,
        listing,
        sale,
        state: records.state(shop.id),
        everListed: true,
        tick: tickOf(records.marks(product.id), shop.id),
        freshSince: limits.freshSince,
        unsoldBefore: limits.unsoldBefore.get(shop.id),
      },
    ];
  });
}

function unlinkedFacts({ product, shop, state, tombstone, ...place }: PlaceFacts): InactiveFacts {
  return {
    product,
    shop,
    state,
    tombstone,
    listing: bestListing({ product, shop, ...place }),
    everListed: tombstone !== undefined || place.listings.some(({ ruledOutBy }) => ruledOutBy === undefined),
    tick: tickOf(place.marks, shop.id),
    freshSince: place.freshSince,
  };
}

/** What the clock and the settings say, worked out once a report. */
type Limits = {
  readonly at: Instant;
  readonly freshSince: Instant;
  readonly unsoldBefore: ReadonlyMap<ShopId, Instant | undefined>;
};

async function limitsOf({ store, clock, tuning }: ServiceDependencies): Promise<Limits> {
  const at = clock.now();
  const states = await store.shopStates();
  return {
    at,
    freshSince: later(at, -tuning.staleMs),
    unsoldBefore: new Map(states.map((state) => [state.shopId, unsoldBefore(state, tuning.unsoldDays)])),
  };
}

/** The tick that counts here: of this shop, or of all. */
const tickOf = (marks: readonly Mark[], shopId: ShopId): Mark | undefined =>
  marks.find((mark) => mark.kind === 'ticked' && (mark.shopId === undefined || mark.shopId === shopId));

const isAskedFor = (row: InactiveRow, { shopIds, minValue, since }: InactiveQuery): boolean =>
  (shopIds === undefined || shopIds.includes(row.shopId)) &&
  (minValue === undefined || minValue <= 0 || (row.value !== undefined && wholeUnits(row.value) >= minValue)) &&
  (since === undefined || (row.since !== undefined && row.since >= since));
