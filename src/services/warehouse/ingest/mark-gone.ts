import type { DomainEvent } from '../../../domain/event.ts';
import type { Instant, ProductId } from '../../../domain/ids.ts';
import type { Product } from '../../../domain/product.ts';
import { exceedsRemovalLimit } from '../../../domain/reconcile/pending-removals.ts';
import type { WarehouseId, WarehouseKey } from '../../../domain/warehouse/warehouse.ts';
import type { Warehouse } from '../../../ports/warehouse.ts';
import { changesFromEvents } from '../../dependencies/changes-from-events.ts';
import type { ServiceDependencies } from '../../dependencies/service-dependencies.ts';
import { productPages } from '../../facts/product-pages.ts';

/** What a whole reading showed. */
type Shown = {
  readonly source: WarehouseId;
  readonly warehouse: Warehouse;
  /** Every key that was shown, also in rows that could not be read. */
  readonly seen: ReadonlySet<string>;
  readonly at: Instant;
  /** So many a person accepts to be gone. */
  readonly accepted?: number;
};

export type MarkedGone = { readonly gone: readonly ProductId[]; readonly wouldGo?: number };

const askedAtMost = 200;

/**
 * Marks products gone that the warehouse had and a whole reading did not show: what lies there is unknown from then on,
 * not nought, and no shop is told a figure. Each is asked for once more by its key. Where very many would go (another
 * account's key, a list that came empty) none is marked, until a person accepts just that number.
 */
export async function markGone(deps: ServiceDependencies, shown: Shown, signal: AbortSignal): Promise<MarkedGone> {
  const { source, seen, accepted } = shown;
  const missing: Product[] = [];
  let known = 0;
  for await (const page of productPages(deps))
    for (const product of page) {
      const link = product.warehouse;
      if (link?.source !== source || link.goneAt !== undefined) continue;
      known += 1;
      if (!seen.has(link.key)) missing.push(product);
    }
  if (missing.length === 0) return { gone: [] };
  const isMany = seen.size === 0 || exceedsRemovalLimit(missing.length, known);
  if (isMany && accepted !== missing.length) return { gone: [], wouldGo: missing.length };
  const gone = isMany ? missing : await notThere(missing.slice(0, askedAtMost), shown, signal);
  await write(deps, gone, { ...shown, accepted: isMany ? accepted : undefined });
  return { gone: gone.map(({ id }) => id) };
}

/** Those that the warehouse does not have, asked by their keys. */
async function notThere(
  missing: readonly Product[],
  { warehouse }: Shown,
  signal: AbortSignal,
): Promise<readonly Product[]> {
  if (warehouse.productsOf === undefined) return missing;
  const keys = missing.flatMap(({ warehouse: link }) => (link === undefined ? [] : [link.key as WarehouseKey]));
  const { rows, broken } = await warehouse.productsOf(keys, signal);
  if (broken.some(({ key }) => key === undefined)) return [];
  const there = new Set<string | undefined>([...rows, ...broken].map(({ key }) => key));
  return missing.filter(({ warehouse: link }) => !there.has(link?.key));
}

const writtenAtOnce = 1_000;

async function write(
  deps: ServiceDependencies,
  gone: readonly Product[],
  { source, at, accepted }: Shown,
): Promise<void> {
  const asked = accepted === undefined ? {} : { accepted: true as const };
  for (let from = 0; from < gone.length; from += writtenAtOnce)
    await deps.store.change(async (now) => {
      const products = await now.products(gone.slice(from, from + writtenAtOnce).map(({ id }) => id));
      const known = products.filter(({ warehouse: link }) => link?.source === source);
      const events = known.map(({ id: productId }): DomainEvent => {
        return { at, by: deps.actor, type: 'gone-from-warehouse', productId, source, ...asked };
      });
      return changesFromEvents(now, events);
    });
}
