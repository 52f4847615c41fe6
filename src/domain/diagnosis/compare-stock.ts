import type { Integration } from '../integration.ts';
import { unsentBecause } from '../integrations/figure-cause.ts';
import type { LocationState } from '../integrations/integration-state.ts';
import type { Listing } from '../listing.ts';
import { moneyText } from '../money.ts';
import type { Content } from '../product.ts';
import { shopFigure } from '../push/shop-figure.ts';

/** Where, between the warehouse and the shop, a figure went astray. */
export type BrokeAt =
  | 'nowhere'
  /** The warehouse has another figure by now than the one that we read. */
  | 'changed-in-warehouse'
  /** The shop sells from locations, and nobody knows what lies there. */
  | 'stock-by-location-unknown'
  | 'no-link'
  | 'never-sent'
  /** The last figure that was to be told did not get through. */
  | 'refused'
  | 'not-sent-since-change'
  | 'changed-in-shop'
  /** Ours changed since it was sent, and the shop has another than it was sent: sold or counted there. */
  | 'changed-on-both-sides'
  | 'not-tracked-in-shop'
  | 'held-by-parent'
  | 'unreadable-in-shop'
  /** The shop keeps none of it at a location that ought to have some. */
  | 'not-stocked-at-location'
  | 'inactive-in-shop'
  | 'gone-from-shop'
  | 'shop-unreachable';

/** What a live look at one product in one shop found. */
export type LiveCheck =
  | { readonly kind: 'seen'; readonly listing: Listing }
  | { readonly kind: 'gone' }
  /** The shop shows it so that nobody can read it. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unreachable' };

/**
 * Follows a figure from the warehouse over the last push to the shop, and says where it broke. `wanted` is
 * what we keep, `theirs` what the warehouse says just now, where it could be asked.
 */
export function locateMismatch(
  { wanted, theirs, atLocations }: Figures,
  integration: Integration | undefined,
  context: LiveCheck | undefined,
): BrokeAt {
  if (integration === undefined) return 'no-link';
  if (context === undefined || context.kind === 'unreachable') return 'shop-unreachable';
  if (context.kind === 'gone') return 'gone-from-shop';
  if (context.kind === 'unreadable') return 'unreadable-in-shop';
  const { listing } = context;
  if (listing.activity !== 'active') return 'inactive-in-shop';
  const figure = shopFigure(listing);
  if (figure.kind === 'unreadable' || figure.kind === 'unknown') return 'unreadable-in-shop';
  if (figure.kind === 'on-parent') return 'held-by-parent';
  if (figure.kind === 'not-counted') return 'not-tracked-in-shop';
  if (theirs !== undefined && theirs !== wanted) return 'changed-in-warehouse';
  if (wanted === undefined) return 'stock-by-location-unknown';
  if (atLocations !== undefined) return mismatchAt(atLocations, integration);
  if (figure.quantity === wanted) return 'nowhere';
  return brokeAt[unsentBecause(integration, integration.pushed?.quantity, { wanted, shopHas: figure.quantity })];
}

type Figures = {
  readonly wanted?: number;
  readonly theirs?: number;
  /** At each location of the shop, where it is told at several. */
  readonly atLocations?: readonly LocationState[];
};

/** The first location of a shop that has another figure than it ought to, and why. */
function mismatchAt(atLocations: readonly LocationState[], integration: Integration): BrokeAt {
  const others = atLocations.filter((one) => one.wanted !== one.shopHas);
  if (others.length === 0) return 'nowhere';
  const other = others.find(({ notStocked }) => notStocked !== true);
  if (other === undefined) return 'not-stocked-at-location';
  if (other.shopHas === undefined) return 'unreadable-in-shop';
  const pushed = integration.pushed?.locations?.find(({ id }) => id === other.id);
  return brokeAt[unsentBecause(integration, pushed?.quantity, other)];
}

/** Where the way broke, by why it did. */
const brokeAt = {
  'changed-there': 'changed-in-shop',
  'changed-on-both-sides': 'changed-on-both-sides',
  refused: 'refused',
  'never-sent': 'never-sent',
  'changed-here': 'not-sent-since-change',
} as const satisfies Readonly<Record<ReturnType<typeof unsentBecause>, BrokeAt>>;

const texts: Readonly<Record<'name' | 'description' | 'price', (content: Content) => string>> = {
  name: (content) => content.name,
  description: (content) => content.description ?? '',
  price: (content) => (content.price === undefined ? '' : moneyText(content.price)),
};

/**
 * What a customer reads differently in the shop than we keep it. Prices compare within one currency only; the address of
 * a picture says nothing of the picture.
 */
export function contentDifferences(
  ours: Content,
  theirs: Content,
): readonly { readonly field: keyof Content; readonly ours: string; readonly theirs: string }[] {
  const otherCurrency = ours.price?.currency !== theirs.price?.currency;
  return (['name', 'price', 'description'] as const).flatMap((field) => {
    const [left, right] = [texts[field](ours), texts[field](theirs)];
    return left === right || (field === 'price' && otherCurrency) ? [] : [{ field, ours: left, theirs: right }];
  });
}
