import {
  type ListingRef,
  parseGtin,
  parseSku,
  type ShopProductId,
  type Sku,
  shownGtin,
  toShopProductId,
} from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { scannedText } from '../../domain/lookup/gs1.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import { shopSku } from '../../domain/shop.ts';
import type { ShopConnector, Urgency } from '../../ports/shop-connector.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { FetchJob } from './fetch-job.ts';

/** What a shop answered: everything under the ids that were asked for. */
export type Answer = {
  readonly ids: readonly ShopProductId[];
  readonly listings: readonly Listing[];
  /** Nothing was found, and the platform, or this shop of it, cannot be asked by the EAN there is. */
  readonly notAskedByGtin?: boolean;
};

/** Whom to ask, and where the thing was or might have been before. */
export type JobQuery = {
  readonly connector: ShopConnector;
  readonly known: readonly ListingRef[];
  readonly signal: AbortSignal;
};

/**
 * Asks by id, where no id helps by item number, and where that does not help by EAN or whatever the label bears; what
 * is found that way is asked for whole, by its id.
 */
export async function queryJob(
  deps: ServiceDependencies,
  job: FetchJob,
  { connector, known, signal }: JobQuery,
): Promise<Answer> {
  const { product, shop, asked } = job;
  const isId = job.signalled === 'id' || (job.signalled === undefined && /^\d{1,19}$/.test(asked.trim()));
  // A GS1 code means its GTIN, which some shops have for an item number.
  const meant = product === undefined && job.signalled === undefined ? parseSku(scannedText(asked)) : undefined;
  const guesses = product === undefined && isId ? [toShopProductId(asked.trim())] : [];
  const urgency: Urgency = job.oneOfMany === true ? 'background' : 'interactive';
  const asking = { connector, signal, urgency };
  const byId = await askById(asking, [...known.map(({ shopProductId }) => shopProductId), ...guesses]);
  const byNumber = product === undefined ? parseSku(asked) : product.sku && shopSku(shop, product.sku);
  const typed = job.signalled === 'id' ? undefined : byNumber;
  const isEnough = byId.listings.length > 0 && product === undefined;
  const named = isEnough ? [] : [typed, meant].filter((sku) => sku !== undefined);
  const skus = [...named, ...(await skusUnder(deps, known))];
  const answer = await askBySku(asking, byId, skus);
  const isAnswered = answer.listings.length > 0 || job.signalled === 'id';
  return isAnswered ? answer : askByBarcode(asking, answer, barcodesOf(job));
}

/** What a label may bear that is asked for: the EAN as it is printed, and what was typed where that is no item number of ours. */
function barcodesOf({ product, asked }: FetchJob): readonly string[] {
  const typed = scannedText(asked);
  const gtin = product?.gtin ?? parseGtin(typed);
  const isOwn = product !== undefined && (typed === product.sku || typed === product.id);
  return [...new Set([...(gtin === undefined ? [] : [shownGtin(gtin)]), ...(isOwn || typed === '' ? [] : [typed])])];
}

async function askByBarcode(asking: QueryTarget, answer: Answer, barcodes: readonly string[]): Promise<Answer> {
  const { connector, signal, urgency } = asking;
  if (connector.withGtin === undefined || !connector.can.findByGtin) {
    return { ...answer, notAskedByGtin: barcodes.some((text) => parseGtin(text) !== undefined) };
  }
  const found: Listing[] = [];
  let notAskedByGtin = false;
  for (const barcode of barcodes) {
    if (found.length > 0) break;
    const listings = await connector.withGtin(barcode, signal, urgency);
    found.push(...(listings ?? []));
    notAskedByGtin ||= listings === undefined && parseGtin(barcode) !== undefined;
  }
  const whole = await askElsewhere(asking, answer, found);
  return found.length === 0 && notAskedByGtin ? { ...whole, notAskedByGtin } : whole;
}

/** What is known to lie under the ids that are asked for: a copy that kept its id does not show when asked by it (S10). */
async function skusUnder({ store }: ServiceDependencies, refs: readonly ListingRef[]): Promise<readonly Sku[]> {
  const listings = (await store.listingsAt(refs)).filter(({ beside }) => beside !== undefined);
  return listings.flatMap(listingsUnderId).flatMap(({ sku }) => sku ?? []);
}

/**
 * Adds what the shop shows under item numbers that its answers by id do not carry: a thing with an id of its own is
 * asked for whole, by that; one that shares an id already asked for is taken as it was found.
 */
async function askBySku(asking: QueryTarget, byId: Answer, skus: readonly Sku[]): Promise<Answer> {
  const { connector, signal, urgency } = asking;
  const found: Listing[] = [];
  for (const sku of new Set(skus)) {
    if (byId.listings.some((listing) => listing.sku === sku)) continue;
    found.push(...(await connector.withSku(sku, signal, urgency)));
  }
  return askElsewhere(asking, byId, found);
}

/** What was found by another identifier, each thing asked for whole where its id was not asked yet. */
async function askElsewhere(asking: QueryTarget, byId: Answer, found: readonly Listing[]): Promise<Answer> {
  const isAsked = ({ ref }: Listing): boolean => byId.ids.includes(ref.shopProductId);
  const elsewhere = found.filter((listing) => !isAsked(listing)).map(({ ref }) => ref.shopProductId);
  const more = await askById(asking, elsewhere);
  return { ids: [...byId.ids, ...more.ids], listings: [...byId.listings, ...found.filter(isAsked), ...more.listings] };
}

type QueryTarget = { readonly connector: ShopConnector; readonly signal: AbortSignal; readonly urgency: Urgency };

async function askById({ connector, signal, urgency }: QueryTarget, ids: readonly ShopProductId[]): Promise<Answer> {
  const distinct = [...new Set(ids)];
  const listings: Listing[] = [];
  for (const id of distinct) listings.push(...(await connector.product(id, signal, urgency)));
  signal.throwIfAborted();
  return { ids: distinct, listings };
}
