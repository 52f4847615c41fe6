import { diagnose } from '../../domain/diagnosis/diagnose.ts';
import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId } from '../../domain/ids.ts';
import { integrationState } from '../../domain/integrations/integration-state.ts';
import { placeState } from '../../domain/lookup/place-state.ts';
import { groupBy } from '../dependencies/group-by.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { bestListing } from '../facts/best-listing.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import type { AskedProducts } from '../facts/place-records.ts';
import type { LookupHit, PlaceSummary } from './lookup-service.ts';

export type PlaceCounts = Pick<LookupHit, 'linked' | 'expected' | 'differing' | 'places'>;

/** What is said of a listing that belongs to no product. */
export const noPlaces: PlaceCounts = { linked: 0, expected: 0, differing: 0, places: [] };

/** How each product stands in every shop, and in how many of its shops it is linked. */
export async function placeCounts(
  deps: ServiceDependencies,
  asked: AskedProducts,
): Promise<ReadonlyMap<ProductId, PlaceCounts>> {
  const facts = await gatherPlaceFacts(deps, deps.store, asked);
  const ofProduct = groupBy(facts, ({ product }) => product.id);
  return new Map(
    [...ofProduct].map(([id, here]) => {
      const places = here.map(summaryOf);
      return [
        id,
        {
          linked: here.filter(({ integration }) => integration !== undefined).length,
          expected: here.filter(({ expected, integration }) => expected || integration !== undefined).length,
          differing: places.filter(({ differs }) => differs).length,
          places: places.map(({ place }) => place),
        },
      ];
    }),
  );
}

function summaryOf(facts: PlaceFacts): { readonly place: PlaceSummary; readonly differs: boolean } {
  const { stockDiffers, wanted, shopHas } = integrationState({ ...facts, listing: bestListing(facts) });
  const state = placeState({ diagnosis: diagnose(facts), expected: facts.expected, stockDiffers });
  return { place: { shopId: facts.shop.id, state, wanted, shopHas }, differs: stockDiffers };
}
