import type { Integration } from '../integration.ts';
import type { Product } from '../product.ts';
import type { IntegrationState } from './integration-state.ts';

/** Why a linked shop shows another figure: we have none, none was sent, ours changed since, the shop changed it, or both. */
export type FigureCause =
  | 'never-counted'
  | 'never-sent'
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
  if (sent === undefined) return isUncounted(product) ? 'never-counted' : 'never-sent';
  const [ours, theirs] = other === undefined ? [wanted, shopHas] : [other.wanted, other.shopHas];
  if (sent === ours) return 'changed-there';
  return theirs === undefined || theirs === sent ? 'changed-here' : 'changed-on-both-sides';
}

/** Whether nobody ever counted it here, nor a warehouse told of it: its nought is no figure. */
export const isUncounted = ({ stock }: Pick<Product, 'stock'>): boolean => stock.at === undefined && stock.onHand === 0;
