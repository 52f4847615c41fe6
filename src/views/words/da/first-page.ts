import { many } from '../counts.ts';
import type { firstPage as English } from '../en/first-page.ts';

/** Danske ord på forsiden. */
export const firstPage: typeof English = {
  differences: (count, products, old) =>
    `${many(count, 'lagerforskel', 'lagerforskelle')} på ${products}${old === '' ? '' : `, ${old} over et døgn gamle`}`,
  differencesAbout: 'Shoppene viser et andet tal end vores.',
  differencesRepair: 'Enter viser dem, p sender vores derfra.',
  held: (count, guards) => `${many(count, 'lagertal', 'lagertal')} tilbageholdt: ${guards}`,
  otherGuards: 'andre',
  heldAbout: 'De her tal sendes ikke, før nogen har set dem.',
  heldRepair: 'Enter laver planen: se den, så udfører a den.',
  conflictsRepair: 'Enter åbner dem: vælg, hvem der får koblingen.',
  inactive: (products, value) => `${products} på lager, som en shop ikke kan sælge${value === '' ? '' : `: ${value}`}`,
  inactiveRepair: 'Enter viser dem, i spørger shoppene, x afkrydser.',
  notes: (count) => many(count, 'åben note', 'åbne noter'),
  notesRepair: 'Enter viser produkterne.',
  noteBy: (who, when) => `${who}, ${when}`,
  asks: (shop, links) => `${shop}: synkroniseringen stoppede for at spørge: ${links} ville forsvinde`,
  told: (shop, links) => `${shop}: den har meldt varer væk: ${links} ville blive fjernet, men holdes tilbage`,
  asksRepair: 'Enter åbner shoppen. S spørger igen, og du svarer.',
  trouble: (shop, what) => `${shop}: ${what}`,
  troubleRepair: 'Enter åbner shoppen. T tester forbindelsen.',
  manyTroubleRepair: 'Enter viser shoppene. T dér tester en forbindelse.',
  more: (shops) => `Flere tabte koblinger: ${shops}`,
  guard: {
    zero: 'til nul',
    jump: 'spring',
    'first-push': 'første',
    negative: 'under nul',
    'zero-hides': 'til nul, som skjuler det',
    'changed-in-shop': 'ændret i shoppen',
    'by-gtin': 'koblet på EAN alene',
  },
  rest: (count) => `og ${count} mere`,
  synced: (shops) => `${shops}: synkroniseret, intet nyt`,
  column: {
    linked: 'Koblet',
    lost: 'Tabt, 14 døgn',
    lostShort: 'Tabt 14d',
    differing: 'Afviger',
    unsellable: 'Kan ikke købes',
    lastSync: 'Sidste synk',
    next: 'Næste',
    name: 'Navn',
  },
  sync: {
    full: (age) => `fuld ${age}`,
    changes: (age) => `ændringer ${age}`,
    'broken-off': (age) => `afbrudt ${age}`,
    failed: (age) => `fejlet ${age}`,
  },
};
