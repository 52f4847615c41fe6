import type { DomainEvent } from '../../domain/event.ts';
import type { RunCounts } from '../../domain/shop.ts';

export const noCounts: RunCounts = {
  seen: 0,
  productsCreated: 0,
  updated: 0,
  linked: 0,
  unlinked: 0,
  conflicts: 0,
  broken: 0,
};

const countedAs: { readonly [Type in DomainEvent['type']]?: keyof RunCounts } = {
  'product-created': 'productsCreated',
  'product-updated': 'updated',
  'product-renamed': 'updated',
  'activity-changed': 'updated',
  'listing-gone': 'updated',
  'integration-created': 'linked',
  'integration-removed': 'unlinked',
  'conflict-found': 'conflicts',
};

/** The counts after some more happened. */
export function countUp(
  counts: RunCounts,
  events: readonly DomainEvent[],
  more: { readonly seen?: number; readonly broken?: number } = {},
): RunCounts {
  const sum = { ...counts, seen: counts.seen + (more.seen ?? 0), broken: counts.broken + (more.broken ?? 0) };
  for (const { type } of events) {
    const name = countedAs[type];
    if (name !== undefined) sum[name] += 1;
  }
  return sum;
}

/** Whether a sync moved anything of ours. */
export const changedAnything = (counts: RunCounts): boolean =>
  counts.productsCreated + counts.updated + counts.linked + counts.unlinked + counts.conflicts > 0;
