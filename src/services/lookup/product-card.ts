import { refKey } from '../../domain/changes.ts';
import { diagnose } from '../../domain/diagnosis/diagnose.ts';
import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import { namedProducts } from '../../domain/lookup/named-products.ts';
import { differencesBetween } from '../../domain/lookup/shop-differences.ts';
import type { Mark } from '../../domain/mark.ts';
import { available, type Product } from '../../domain/product.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { bestListing } from '../facts/best-listing.ts';
import { type FigureAge, figureAges } from '../facts/figure-ages.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import type { LiveAnswers, Place, ProductCard } from './lookup-service.ts';

/** A product with one line for each shop, missing lines drawn too; with what shops said since, where they were asked. */
export async function product(
  deps: ServiceDependencies,
  id: ProductId,
  answers?: LiveAnswers,
): Promise<ProductCard | undefined> {
  const [found] = await deps.store.products([id]);
  if (found === undefined) return undefined;
  const stored = await gatherPlaceFacts(deps, deps.store, { products: [found] });
  const live = answers === undefined ? undefined : stillNewest(answers, stored);
  const facts =
    live === undefined || live.size === 0
      ? stored
      : await gatherPlaceFacts(deps, deps.store, { products: [found], live });
  const refs = facts.flatMap((place) => bestListing(place)?.ref ?? []);
  const sales = await deps.store.salesAt(refs);
  const parts = await deps.store.stockLevelsOf([id]);
  const card = cardOf(found, { facts, sales, parts, figure: figureAges(deps)(found) });
  const others = namedProducts(card.places.map(({ diagnosis }) => diagnosis));
  return others.length === 0 ? card : { ...card, named: await deps.store.products(others) };
}

/** An answer counts until something newer of that shop was written down: a fetch, a sync, a figure that was sent. */
function stillNewest(answers: LiveAnswers, stored: readonly PlaceFacts[]): LiveAnswers {
  const newestIn = new Map(
    stored.map(({ shop, listings, integration }) => [
      shop.id,
      [...listings.map(({ listing }) => listing.seenAt), integration?.pushed?.at ?? ''].reduce(
        (newest, at) => (at > newest ? at : newest),
        '',
      ),
    ]),
  );
  return new Map([...answers].filter(([shopId, { at }]) => at > (newestIn.get(shopId) ?? '')));
}

type CardFacts = {
  readonly facts: readonly PlaceFacts[];
  readonly sales: readonly Sale[];
  readonly parts: readonly LocationStock[];
  readonly figure: FigureAge;
};

function cardOf(found: Product, { facts, sales, parts, figure }: CardFacts): ProductCard {
  const saleAt = new Map(sales.map((sale) => [refKey(sale.ref), sale]));
  const places = facts.map((place) => placeOf(place, saleAt));
  const lastSale = sales.reduce<Sale | undefined>(
    (last, sale) => (last && last.at >= sale.at ? last : sale),
    undefined,
  );
  const expected = places.filter((place) => place.expected || place.integration !== undefined);
  return {
    product: found,
    available: available(found.stock),
    figure,
    parts: parts.toSorted((a, b) => (a.location < b.location ? -1 : 1)),
    places,
    linked: places.filter(({ integration }) => integration !== undefined).length,
    expected: expected.length,
    lastSale,
    marks: facts[0]?.marks ?? [],
    named: [],
    differences: differencesBetween(places.flatMap(({ integration, listing }) => (integration && listing) ?? [])),
  };
}

function placeOf(facts: PlaceFacts, saleAt: ReadonlyMap<string, Sale>): Place {
  const { shop, state, parts, integration, tombstone, expected } = facts;
  const listing = bestListing(facts);
  const sale = listing && saleAt.get(refKey(listing.ref));
  const [conflict] = facts.conflicts;
  const mark = markHere(facts);
  return {
    shop,
    ourGtin: facts.product.gtin,
    expected,
    diagnosis: diagnose(facts),
    state,
    parts,
    integration,
    listing,
    tombstone,
    conflict,
    sale,
    mark,
  };
}

/** What a person noted about this shop; that no link is wanted says more than a tick, and a tick more than a note. */
function markHere({ marks, shop }: PlaceFacts): Mark | undefined {
  const here = marks.filter(({ shopId }) => shopId === shop.id);
  const kinds = ['not-for-this-shop', 'ticked', 'note'] as const;
  return kinds.flatMap((kind) => here.find((mark) => mark.kind === kind) ?? [])[0];
}
