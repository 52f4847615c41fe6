import type { Integration } from '../integration.ts';
import type { Product } from '../product.ts';
import type { IntegrationState } from './integration-state.ts';

/**
 * Why a linked shop shows another figure: we have none, none was sent, the last did not get through, ours changed since,
 * the shop changed it, or both.
 */
export type FigureCause =
  | 'never-counted'
  | 'never-sent'
  | 'refused'
  | 'changed-here'
  | 'changed-there'
  | 'changed-on-both-sides'
  | 'not-stocked-there';

/** Why a shop has another figure than it ought to, by what it was last sent; at the first location that differs. */
export function figureCause(
  { integration, product }: { readonly integration?: Integration; readonly product: Pick<Product, 'stock'> },
  { wanted, shopHas, atLocations }: Pick<IntegrationState, 'wanted' | 'shopHas' | 'atLocations'>,
): FigureCause {
  const others = atLocations?.filter((one) => one.shopHas !== one.wanted) ?? [];
  const other = others.find(({ notStocked }) => notStocked !== true);
  if (other === undefined && others.length > 0) return 'not-stocked-there';
  const pushed = integration?.pushed;
  const sent = other === undefined ? pushed?.quantity : pushed?.locations?.find(({ id }) => id === other.id)?.quantity;
  // A nought that nobody counted is no figure: to send it would sell the shop out.
  if (sent === undefined && isUncounted(product)) return 'never-counted';
  return unsentBecause(integration, sent, other ?? { wanted, shopHas });
}

/** Why a shop, or one location of it, has another figure than it ought to have, by what it was last sent. */
export function unsentBecause(
  integration: Integration | undefined,
  sent: number | undefined,
  { wanted, shopHas, id }: Pick<IntegrationState, 'wanted' | 'shopHas'> & { readonly id?: string },
): Exclude<FigureCause, 'never-counted' | 'not-stocked-there'> {
  if (sent !== undefined && sent === wanted) return 'changed-there';
  if (sent !== undefined && shopHas !== undefined && shopHas !== sent) return 'changed-on-both-sides';
  if (isRefusedAt(integration, id)) return 'refused';
  return sent === undefined ? 'never-sent' : 'changed-here';
}

/** Whether the last figure for a location of the shop, or for all of it, did not get through. */
const isRefusedAt = (integration: Integration | undefined, location?: string): boolean =>
  integration?.refused?.some((one) => one.location === undefined || one.location === location) ?? false;

/** Whether nobody ever counted it here, nor a warehouse told of it: its nought is no figure. */
export const isUncounted = ({ stock }: Pick<Product, 'stock'>): boolean => stock.at === undefined && stock.onHand === 0;
