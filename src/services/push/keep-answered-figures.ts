import { refKey } from '../../domain/changes.ts';
import { type LiveAnswer, withAnsweredFigure } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/**
 * Writes down the figures that shops told of these products since, so that a plan and the push of it rest on what a
 * person just saw: on an older figure every row would be read again and not sent. No link changes by it.
 */
export async function keepAnsweredFigures(
  deps: ServiceDependencies,
  productIds: readonly ProductId[],
  answers: readonly LiveAnswer[],
): Promise<void> {
  if (answers.length === 0) return;
  await deps.store.change(async (now) => {
    const links = await now.integrationsOf(productIds);
    const stored = new Map((await now.listingsAt(links.map(({ ref }) => ref))).map((one) => [refKey(one.ref), one]));
    const listings = links.flatMap(({ ref, pushed }): readonly Listing[] => {
      const before = stored.get(refKey(ref));
      if (before === undefined) return [];
      const told = withAnsweredFigure(before, pushed, answers);
      return told === before ? [] : [told];
    });
    return { put: { listings }, drop: {}, events: [] };
  });
}
