import { tellsLocations } from '../../domain/shop.ts';
import { availableAt } from '../../domain/warehouse/location-stock.ts';
import { shopLocationFigures } from '../../domain/warehouse/shop-location-figures.ts';
import { type LineFacts, type LineLink, type LineShop, notStocked } from './line-inputs.ts';

/** How the figure of a linked product stands. */
export type FigureState = {
  readonly differs: boolean;
  /** Not certain that the shop was told its figure, has it still and can be told another. */
  readonly unsent: boolean;
};

export const figureState = (facts: LineFacts, shop: LineShop, link: LineLink): FigureState =>
  tellsLocations(shop) ? atSeveral(facts, shop, link) : atOne(facts, shop, link);

/** How the figure of a shop that is told one stands. */
function atOne(facts: LineFacts, shop: LineShop, link: LineLink): FigureState {
  const { listing } = link;
  const free = availableAt(shop.locations, facts.product.available, facts.parts);
  const wanted = free === undefined || free >= 0 || shop.negative === 'send' ? free : 0;
  const shopHas = listing?.quantity ?? link.pushed;
  const isSent =
    free !== undefined && free >= 0 && listing?.acceptsStock === true && link.pushed !== undefined && shopHas === free;
  return { unsent: !isSent, differs: differs(wanted, link) };
}

/** How the figures of a shop stand that is told at several locations of its own: all of them, or it is looked at. */
function atSeveral(facts: LineFacts, shop: LineShop, { pushedAt, listing }: LineLink): FigureState {
  const figures = shopLocationFigures({
    shopLocations: shop.shopLocations ?? [],
    total: facts.product.available,
    parts: facts.parts,
    sendsNegative: shop.negative === 'send',
  });
  const isSent = figures?.every(({ location: { id }, quantity, held }) => {
    const there = listing?.at?.[id];
    if (there === notStocked) return quantity === 0;
    return held === undefined && quantity >= 0 && pushedAt?.[id] !== undefined && there === quantity;
  });
  const isOther = figures?.some(({ location: { id }, quantity }) => {
    const there = listing?.at?.[id];
    return there !== undefined && (there === notStocked ? 0 : there) !== quantity;
  });
  return {
    unsent: !(isSent === true && listing?.acceptsStock === true),
    differs: isOther === true && listing?.counted === true,
  };
}

/** Whether the shop has another figure than it ought to; one that no whole number holds is another. */
function differs(wanted: number | undefined, { listing, pushed }: LineLink): boolean {
  if (wanted === undefined) return false;
  if (listing === undefined) return pushed !== undefined && pushed !== wanted;
  return listing.counted && listing.quantity !== wanted;
}
