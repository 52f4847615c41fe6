import type { lists as English } from '../en/lists.ts';

/** Danske ord i lister over produkter. */
export const lists: typeof English = {
  patternKey: { fetch: 'a henter dem alle igen.', undo: 'U fortryder sletningen.' },
  hasForOurs: (has, ours) => `${has} i stedet for ${ours}`,
  about: {
    pasted: (count) => `${count} sat ind`,
    notes: (count) => `${count} med åbne noter`,
    lost: (count) => `${count} som mistede en kobling`,
    differs: (count) => `${count} hvor shops viser et andet tal`,
    stuck: (count) => `${count} hvor en shop ikke tager imod tallet`,
  },
  unclear: (texts, more) => `Ikke fundet, eller flere end én: ${texts}${more === '' ? '' : ` og ${more} mere`}`,
  noneOfThem: 'Ingen af dem er kendt her',
  noneOfThemTodo: 'Esc går tilbage. / slår en af dem op.',
  matchedBy: (what) => `fundet på: ${what}`,
  position: (first, last, total) => `${first}-${last} af ${total}`,
  productsIn: (products, places) => `${products}, ${places} steder`,
  signal: {
    'shop-says': 'status i shoppen',
    'link-missing': 'ingen kobling',
    'never-listed': 'aldrig i shoppen',
    'no-sale-since': 'intet salg',
    'no-sales-reading': 'salg ikke læst',
    'not-visible': 'ikke synlig',
    'cannot-be-bought': 'kan ikke købes',
  },
};
