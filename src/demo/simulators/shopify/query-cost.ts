import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';

/** The bucket of points of one shop. */
export type FakeBucket = { maximum: number; restoreRate: number; available: number; at: number };

/** Points that come back with time. */
export function refill(bucket: FakeBucket, now: number): void {
  const restored = (Math.max(0, now - bucket.at) / 1000) * bucket.restoreRate;
  bucket.available = Math.min(bucket.maximum, bucket.available + restored);
  bucket.at = now;
}

export const throttleStatus = (bucket: FakeBucket) => ({
  maximumAvailable: bucket.maximum,
  currentlyAvailable: Math.floor(bucket.available),
  restoreRate: bucket.restoreRate,
});

/**
 * What a question is charged. The true formula is Shopify's secret; this one has its traits: it is told before
 * the answer, grows with `first` and with nesting, and a mutation costs at least ten.
 */
export function costOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  const cost = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? []).reduce((total, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return total + cost(fragments.get(selection.name.value));
      if (selection.kind === Kind.INLINE_FRAGMENT) return total + cost(selection.selectionSet);
      if (selection.selectionSet === undefined) return total;
      const first = selection.arguments?.find((argument) => argument.name.value === 'first')?.value;
      const rows =
        first?.kind === Kind.INT
          ? Number(first.value)
          : first?.kind === Kind.VARIABLE
            ? Number(variables[first.name.value])
            : undefined;
      const inside = cost(selection.selectionSet);
      return total + (rows === undefined ? 1 + inside : 2 + Math.ceil((rows * (1 + inside)) / 10));
    }, 0);
  return document.definitions.reduce((total, definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return total;
    return total + (definition.operation === 'mutation' ? 10 : 0) + cost(definition.selectionSet);
  }, 0);
}
