import type { PlaceFacts } from '../../domain/explaining/place-facts.ts';
import { later, millisecondsOf, type ProductId, type ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import { mark } from '../acts/marks.ts';
import { bestListing } from '../evidence/best-listing.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import { inactiveWithStock } from '../looking/inactive-with-stock.ts';
import type { FetchResult } from '../services.ts';
import type { World } from '../world.ts';
import { askShops } from './ask-shops.ts';
import type { Errand } from './errand.ts';
import { fetchFromShop } from './fetch-from-shop.ts';
import { runErrands } from './run-errands.ts';

export type RowToVerify = { readonly productId: ProductId; readonly shopId: ShopId };
type Told = (row: FetchResult, done: number, total: number) => void;

/** How long a look at a slow seller counts before it comes back on the list. */
const tickMs = 30 * 86_400_000;

/**
 * Asks the shops about rows of the report, a few at a time, and brings each place in line with the answer. What a
 * shop says is active and linked is ticked for a month, so that tomorrow's list is shorter. While the program is
 * only to look, the shops are asked and nothing is written.
 */
export async function verify(
  world: World,
  asked: { readonly rows: readonly RowToVerify[]; readonly onRow?: Told },
  signal: AbortSignal,
): Promise<readonly FetchResult[]> {
  const { rows, onRow } = asked;
  const products = new Map((await world.store.products(rows.map((row) => row.productId))).map((one) => [one.id, one]));
  const shops = new Map((await world.store.shops()).map((shop) => [shop.id, shop]));
  const errands = rows.flatMap(({ productId, shopId }): readonly Errand[] => {
    const [product, shop] = [products.get(productId), shops.get(shopId)];
    return product === undefined || shop === undefined ? [] : [{ product, shop, asked: product.sku ?? product.id }];
  });
  const run = (errand: Errand): Promise<FetchResult> => verifyPlace(world, errand, signal);
  return runErrands(errands, { run, signal, onResult: onRow });
}

type VerifiedPlace = { readonly product: Product; readonly shop: Shop };

async function verifyPlace(world: World, errand: Errand, signal: AbortSignal): Promise<FetchResult> {
  const { product, shop, asked } = errand;
  if (product === undefined) throw new Error(`only a known product can be verified, not ${asked}`);
  if (world.readOnly) return lookOnly(world, { product, shop }, { asked, signal });
  const result = await fetchFromShop(world, errand, signal);
  if (result.after?.linked === true && result.after.activity === 'active') await tick(world, { product, shop });
  return result;
}

/** The row stays away for a while, with the name of the one who looked. */
async function tick(world: World, { product, shop }: VerifiedPlace): Promise<void> {
  const still = await inactiveWithStock(world, { productId: product.id, shopIds: [shop.id] });
  if (still.rows.length === 0) return;
  const until = later(world.clock.now(), tickMs);
  await mark(world, { productId: product.id, shopId: shop.id, kind: 'ticked', until });
}

type Question = { readonly asked: string; readonly signal: AbortSignal };

async function lookOnly(
  world: World,
  { product, shop }: VerifiedPlace,
  { asked, signal }: Question,
): Promise<FetchResult> {
  const began = millisecondsOf(world.clock.now());
  const place = { products: [product], shopIds: [shop.id] };
  const stored = await gatherEvidence(world, world.store, place);
  const live = await askShops(world, stored, signal);
  const [facts] = await gatherEvidence(world, world.store, { ...place, live });
  const outcome = facts === undefined ? 'never-in-shop' : outcomeNow(facts);
  const tookMs = millisecondsOf(world.clock.now()) - began;
  return { shopId: shop.id, productId: product.id, asked, outcome, ruledOut: [], tookMs };
}

/** What a look alone says; a thing that is active and could be linked is refused here, since nothing may be written. */
function outcomeNow(facts: PlaceFacts): FetchResult['outcome'] {
  if (facts.live?.kind !== 'answered') return 'unreachable';
  const listing = bestListing(facts);
  if (listing === undefined) return facts.unknownRefs.length > 0 ? 'gone-from-shop' : 'never-in-shop';
  if (listing.goneAt !== undefined) return 'gone-from-shop';
  if (listing.activity !== 'active') return 'inactive-in-shop';
  if (facts.integration !== undefined) return 'already-linked';
  if (listing.sellable === 'parent') return 'not-sellable-itself';
  return facts.conflicts.length > 0 ? 'conflict' : 'refused';
}
