import type { Changes } from '../domain/changes.ts';
import { type DomainEvent, productsOf } from '../domain/event.ts';
import { openNotebook } from '../domain/linking/notebook.ts';
import type { StoreReader } from '../ports/store.ts';

/** The record changes that events mean, with the events: what a `change` returns. */
export async function changesOf(now: StoreReader, events: readonly DomainEvent[]): Promise<Changes> {
  const productIds = [...new Set(events.flatMap(productsOf))];
  const [products, integrations, tombstones] = await Promise.all([
    now.products(productIds),
    now.integrationsOf(productIds),
    now.tombstonesOf(productIds),
  ]);
  const notebook = openNotebook({ products, integrations, tombstones });
  notebook.note(events);
  return notebook.changes();
}
