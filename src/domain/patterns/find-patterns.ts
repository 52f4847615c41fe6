import type { Actor } from '../actor.ts';
import { topFinding } from '../diagnosis/diagnose.ts';
import type { Cause, Diagnosis } from '../diagnosis/diagnosis.ts';
import type { DomainEvent } from '../event.ts';
import { type Instant, millisecondsOf, type ProductId, type ShopId } from '../ids.ts';
import type { RemovalReason, Tombstone } from '../integration.ts';
import type { PushRefusal } from '../push-plan.ts';

/** The one act that would mend a whole pattern. */
export type Repair =
  | 'fetch-products'
  | 'undo-removals'
  | 'activate-in-shop-by-hand'
  | 'open-shop-health'
  | 'sync-shop'
  | 'open-conflicts'
  | 'none';

/** Many missing links that are one case. */
export type FoundPattern = {
  readonly kind: 'removed-together' | 'same-cause' | 'same-refusal';
  readonly shopId: ShopId;
  readonly count: number;
  readonly because?: RemovalReason;
  readonly cause?: string;
  readonly by?: Actor;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly productIds: readonly ProductId[];
  readonly repair: Repair;
};

/** Two are a coincidence. */
const minOccurrences = 3;
/** Removals no further apart than this belong together. */
const gapMs = 10 * 60_000;

const repairOfRemoval: Readonly<Record<RemovalReason, Repair>> = {
  'inactive-in-shop': 'activate-in-shop-by-hand',
  'gone-from-shop': 'none',
  'became-parent': 'none',
  'removed-by-user': 'undo-removals',
  moved: 'open-conflicts',
  'shop-removed': 'sync-shop',
};

/** Links still missing that went in one shop, for one reason, by one hand, within minutes of each other. */
export function removalPatterns(tombstones: readonly Tombstone[]): readonly FoundPattern[] {
  const alike = groupBy(tombstones, ({ integration, because, by }) =>
    [integration.ref.shopId, because, by.kind, by.name].join('\u001f'),
  );
  return [...alike.values()]
    .flatMap(inBursts)
    .filter((burst) => burst.length >= minOccurrences)
    .map(removalPattern);
}

/** Cuts removals into runs without a long pause. */
function inBursts(tombstones: readonly Tombstone[]): readonly (readonly Tombstone[])[] {
  const bursts: Tombstone[][] = [];
  for (const tombstone of [...tombstones].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))) {
    const burst = bursts.at(-1);
    const before = burst?.at(-1)?.at;
    if (burst !== undefined && before !== undefined && millisecondsOf(tombstone.at) - millisecondsOf(before) <= gapMs) {
      burst.push(tombstone);
    } else bursts.push([tombstone]);
  }
  return bursts;
}

function removalPattern(burst: readonly Tombstone[]): FoundPattern {
  const [first, last] = [burst[0], burst.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a burst of removals holds at least one');
  return {
    kind: 'removed-together',
    shopId: first.integration.ref.shopId,
    count: burst.length,
    because: first.because,
    by: first.by,
    from: first.at,
    to: last.at,
    productIds: burst.map(({ integration }) => integration.productId),
    repair: repairOfRemoval[first.because],
  };
}

const repairOfCause: Readonly<Partial<Record<Cause, Repair>>> = {
  'connection-down': 'open-shop-health',
  'shop-paused': 'open-shop-health',
  'inactive-in-shop': 'activate-in-shop-by-hand',
  'shop-id-taken': 'open-conflicts',
  'sku-twice-in-shop': 'open-conflicts',
  ambiguous: 'open-conflicts',
  'removed-by-user': 'fetch-products',
  'gone-from-shop': 'none',
  refused: 'open-shop-health',
  'other-spelling': 'none',
  'variant-missing': 'fetch-products',
  'not-fetched-yet': 'sync-shop',
};

/** Links missing in one shop for the same cause; causes that are no fault make no pattern. */
export function causePatterns(diagnoses: readonly Diagnosis[]): readonly FoundPattern[] {
  const alike = groupBy(diagnoses, (one) => `${one.shopId}\u001f${topFinding(one)?.cause ?? ''}`);
  return [...alike.values()].flatMap((group): readonly FoundPattern[] => {
    const [first] = group;
    const cause = first === undefined ? undefined : topFinding(first)?.cause;
    const repair = cause === undefined ? undefined : repairOfCause[cause];
    if (first === undefined || cause === undefined || repair === undefined || group.length < minOccurrences) return [];
    const productIds = group.map(({ productId }) => productId);
    return [{ kind: 'same-cause', shopId: first.shopId, count: group.length, cause, productIds, repair }];
  });
}

export type RefusedPush = Extract<DomainEvent, { readonly type: 'push-refused' }>;

const repairOfRefusal: Readonly<Partial<Record<PushRefusal, Repair>>> = {
  'no-integration': 'fetch-products',
  'not-found-in-shop': 'fetch-products',
  'variant-moved': 'fetch-products',
  'inactive-in-shop': 'activate-in-shop-by-hand',
  'shop-paused': 'open-shop-health',
  'shop-unreachable': 'open-shop-health',
  'no-permission': 'open-shop-health',
  'location-missing': 'open-shop-health',
  'stock-by-location-unknown': 'open-shop-health',
};

/** Pushes that one shop refused for the same reason, each product counted once. */
export function refusalPatterns(refusals: readonly RefusedPush[]): readonly FoundPattern[] {
  const alike = groupBy(refusals, (one) => `${one.shopId}\u001f${one.why}`);
  return [...alike.values()].flatMap((group): readonly FoundPattern[] => {
    const [first] = group;
    const productIds = [...new Set(group.map(({ productId }) => productId))];
    if (first === undefined || productIds.length < minOccurrences) return [];
    const times = group.map(({ at }) => at).sort();
    const [from, to] = [times[0], times.at(-1)];
    const { shopId, why } = first;
    const repair = repairOfRefusal[why] ?? 'none';
    return [{ kind: 'same-refusal', shopId, count: productIds.length, cause: why, from, to, productIds, repair }];
  });
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
