import { sameRef } from '../../domain/changes.ts';
import type { LiveAnswer } from '../../domain/diagnosis/place-facts.ts';
import { type Gtin, type ListingRef, type ShopProductId, type Sku, shownGtin } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Shop, ShopTrouble } from '../../domain/shop.ts';
import type { ShopConnector, Urgency } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { makeVerifiedConnectors } from '../dependencies/connect-verified.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { assertShowsOthers } from './shows-others.ts';

/** What to ask a shop: about things it once gave an id, and about an item number. */
export type ShopQuery = { readonly refs: readonly ListingRef[]; readonly sku?: Sku; readonly gtin?: Gtin };

/** Asks one shop now, by id and by item number. Reads only, here and in the shop; trouble is an answer. */
export async function queryShop(
  deps: ServiceDependencies,
  shop: Shop,
  asked: ShopQuery & { readonly signal: AbortSignal; readonly urgency?: Urgency },
): Promise<LiveAnswer> {
  const trouble = (troubleKind: string, rest: Omit<ShopTrouble, 'kind'>): LiveAnswer => ({
    kind: 'trouble',
    at: deps.clock.now(),
    troubleKind,
    ...rest,
  });
  if (deps.connectors.connect(shop) === undefined) return trouble('no-credentials', { said: '' });
  try {
    const connector = await makeVerifiedConnectors(deps)(shop, asked.signal);
    const answer = await listingsNow(connector, asked);
    const { refs, signal, urgency } = asked;
    const shown = { refs, ids: refs.map(({ shopProductId }) => shopProductId), listings: answer.listings };
    await assertShowsOthers(deps, { shop, connector, signal, urgency }, shown);
    return { kind: 'answered', at: deps.clock.now(), ...answer };
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
    const { said = '', saidBy, reason } = error.detail;
    return trouble(error.kind, { said, saidBy, reason });
  }
}

async function listingsNow(
  connector: ShopConnector,
  { refs, sku, gtin, signal, urgency }: ShopQuery & { readonly signal: AbortSignal; readonly urgency?: Urgency },
): Promise<{ readonly listings: readonly Listing[]; readonly unknown: readonly ListingRef[] }> {
  const ids: readonly ShopProductId[] = [...new Set(refs.map(({ shopProductId }) => shopProductId))];
  const byId: Listing[] = [];
  for (const id of ids) byId.push(...(await connector.product(id, signal, urgency)));
  const bySku = sku === undefined ? [] : await connector.withSku(sku, signal, urgency);
  const isNew = ({ ref }: Listing): boolean => !byId.some((one) => sameRef(one.ref, ref));
  const named = [...byId, ...bySku.filter(isNew)];
  const canAsk = named.length === 0 && gtin !== undefined && connector.can.findByGtin;
  const listings = canAsk ? ((await connector.withGtin?.(shownGtin(gtin), signal, urgency)) ?? []) : named;
  return { listings, unknown: refs.filter((ref) => !listings.some((one) => sameRef(one.ref, ref))) };
}
