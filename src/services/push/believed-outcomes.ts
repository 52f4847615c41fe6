import type { Shop } from '../../domain/shop.ts';
import type { PushOutcome, ShopConnector } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { assertShowsOthers } from '../fetch/shows-others.ts';
import { answerOrError } from './follow-shop.ts';

type Answered = {
  readonly shop: Shop;
  readonly outcomes: readonly PushOutcome[];
  readonly connector: ShopConnector;
};

const isUnknown = (outcome: PushOutcome): boolean => outcome.kind === 'refused' && outcome.why === 'not-found-in-shop';

/** Outcomes as they can be told: a shop that knows none of what it was told, nor anything else, says nothing of any. */
export async function believedOutcomes(
  deps: ServiceDependencies,
  { shop, outcomes, connector }: Answered,
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (outcomes.length === 0 || !outcomes.every(isUnknown)) return outcomes;
  const refs = outcomes.map(({ ref }) => ref);
  const shown = { refs, ids: refs.map(({ shopProductId }) => shopProductId), listings: [] };
  const trouble = await answerOrError(() => assertShowsOthers(deps, { shop, connector, signal }, shown));
  if (!(trouble instanceof ShopError) || trouble.kind !== 'unintelligible') return outcomes;
  const { said } = trouble.detail;
  return refs.map((ref) => ({ ref, kind: 'refused', why: 'refused-by-shop', said }));
}
