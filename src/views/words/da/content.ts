import type { content as English } from '../en/content.ts';

/** Danske ord om det, shops viser af et produkt. */
export const content: typeof English = {
  title: 'Vores',
  ours: 'ja',
  same: 'ens',
  other: 'en anden',
  none: 'ingen',
  unknown: 'ikke kendt der',
  name: 'Navn',
  price: 'Pris',
  description: 'Beskrivelse',
  picture: 'Billede',
  otherAddress: 'anden adresse',
  follows: 'Følger',
  followed: 'vores følger den',
  followsShop: (ref) => `Vores følger ${ref}`,
  followsNone: 'Vores følger ingen shop',
  lastUpdate: (ref, when) => `sidste opdatering modtaget fra ${ref}, ${when}`,
  noUpdate: 'ingen opdatering modtaget endnu',
};
