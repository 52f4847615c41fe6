import type { Changes } from '../../domain/changes.ts';
import { type DomainEvent, productsOf } from '../../domain/event.ts';
import { makeChangeSet } from '../../domain/reconcile/change-set.ts';
import type { StoreReader } from '../../ports/store.ts';

/** The record changes that events mean, with the events: what a `change` returns. */
export async function changesFromEvents(now: StoreReader, events: readonly DomainEvent[]): Promise<Changes> {
  const productIds = [...new Set(events.flatMap(productsOf))];
  const [products, integrations, tombstones] = await Promise.all([
    now.products(productIds),
    now.integrationsOf(productIds),
    now.tombstonesOf(productIds),
  ]);
  const changeSet = makeChangeSet({ products, integrations, tombstones });
  changeSet.record(events);
  return changeSet.changes();
}
