/**
 * The words for a shop whose lists are empty when it is asked about one product: a key that may see nothing, or a shop
 * that is being moved, would make everything look deleted.
 */
export const showsNothing = {
  found: 'the shop shows no products at all, so it is not believed about one',
  reason: 'shows-nothing',
} as const;

/** The words for a shop that shows another product than the one that was asked for: that says nothing about this one. */
export const showsOther = (asked: string, shown: string): string =>
  `asked for product ${asked}, the shop shows ${shown}`;
