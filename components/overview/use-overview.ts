import { useEffect } from 'react';
import type { StoredEvent } from '../../src/domain/event.ts';
import type { Attention } from '../../src/services/overview/overview-service.ts';
import type { Services } from '../../src/services/services.ts';
import { useApp } from '../context/app-context.ts';
import { useProductNames } from '../context/use-product-names.ts';
import { useQuery } from '../context/use-query.ts';

/** Events that the two weeks of lost links are counted from. */
const maxEvents = 1_000;
const none: readonly never[] = [];

/** What the first page is drawn from, as far as it is known. */
export type OverviewFacts = {
  readonly counts?: Awaited<ReturnType<Services['counts']>>;
  readonly events: readonly StoredEvent[];
  /** Absent while it is being worked out. */
  readonly attention?: Attention;
  /** Tells a name that came in from one that is still to come. */
  readonly named: number;
  readonly error?: unknown;
};

/** What the warehouse came to when it was last looked at: one who comes back finds the page as it was, until it is known anew. */
const known = new WeakMap<Services, Attention>();

/** Asks for what stands in the store as it is, and then for what has to be worked out over the whole warehouse. */
export function useOverview(): OverviewFacts {
  const { services, shops } = useApp();
  const summary = useQuery('overview', async () => {
    const [counts, events] = await Promise.all([services.counts(), services.history.list({ limit: maxEvents })]);
    return { counts, events };
  });
  const loaded = summary.value !== undefined;
  const judged = useQuery(`judged ${loaded} ${shops.length}`, async () =>
    loaded ? services.overview.attention() : undefined,
  );
  useEffect(() => {
    if (judged.value !== undefined) known.set(services, judged.value);
  }, [services, judged.value]);
  const events = summary.value?.events ?? none;
  return {
    counts: summary.value?.counts,
    events,
    attention: judged.value ?? known.get(services),
    named: useProductNames(events),
    error: summary.error ?? judged.error,
  };
}
