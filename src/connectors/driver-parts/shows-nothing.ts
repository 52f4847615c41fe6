/**
 * The words for a shop whose lists are empty when it is asked about one product: a key that may see nothing, or a shop
 * that is being moved, would make everything look deleted.
 */
export const showsNothing = 'the shop shows no products at all, so it is not believed about one';
