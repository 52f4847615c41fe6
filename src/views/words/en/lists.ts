import type { InactiveSignal } from '../../../domain/inactive/inactive-row.ts';

/** English words of lists of products. */
export const lists = {
  patternKey: { fetch: 'a fetches all of them again.', undo: 'U takes the removal back.' },
  hasForOurs: (has: string, ours: string) => `${has} for ${ours}`,
  about: {
    pasted: (count: string) => `${count} pasted`,
    notes: (count: string) => `${count} with open notes`,
    lost: (count: string) => `${count} that lost a link`,
    differs: (count: string) => `${count} of which shops show another figure`,
    stuck: (count: string) => `${count} of which a shop takes no figure`,
  },
  unclear: (texts: string, more: string) =>
    `Not found, or more than one: ${texts}${more === '' ? '' : ` and ${more} more`}`,
  noneOfThem: 'None of them is known here',
  noneOfThemTodo: 'Esc goes back. / looks one of them up.',
  matchedBy: (what: string) => `matched: ${what}`,
  position: (first: string, last: string, total: string) => `${first}-${last} of ${total}`,
  productsIn: (products: string, places: string) => `${products} in ${places} places`,
  signal: {
    'shop-says': 'status in the shop',
    'link-missing': 'no link',
    'never-listed': 'never in the shop',
    'no-sale-since': 'no sale',
    'no-sales-reading': 'sales not read',
    'not-visible': 'not visible',
    'cannot-be-bought': 'cannot be bought',
  } satisfies Record<InactiveSignal['kind'], string>,
};
