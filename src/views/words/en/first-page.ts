import type { PushGuard } from '../../../domain/push-plan.ts';
import { many } from '../counts.ts';

/** English words of the first page. */
export const firstPage = {
  differences: (count: string, products: string, old: string) =>
    `${many(count, 'stock difference', 'stock differences')} in ${products}${old === '' ? '' : `, ${old} over a day old`}`,
  differencesAbout: 'The shops show another figure than ours.',
  differencesRepair: 'Enter lists them, p there sends ours.',
  stuck: (count: string) => `${many(count, 'figure', 'figures')} that a shop does not take`,
  stuckAbout: 'What was sent last was refused; it is not taken until that is mended.',
  stuckRepair: 'Enter lists them, w there says what to do.',
  held: (count: string, guards: string) => `${many(count, 'push', 'pushes')} held: ${guards}`,
  otherGuards: 'others',
  heldAbout: 'These figures do not go out unasked.',
  heldRepair: 'Enter makes the plan: look, then a carries it out.',
  conflictsRepair: 'Enter opens them: choose who gets the link.',
  inactive: (products: string, value: string) =>
    `${products} with stock that some shop cannot sell${value === '' ? '' : `: ${value}`}`,
  inactiveRepair: 'Enter lists them, i there asks the shops, x ticks off.',
  notes: (count: string) => many(count, 'open note', 'open notes'),
  notesRepair: 'Enter lists the products.',
  noteBy: (who: string, when: string) => `${who}, ${when}`,
  asks: (shop: string, links: string) => `${shop}: the sync stopped to ask: ${links} would go`,
  told: (shop: string, links: string) => `${shop}: it told that goods are gone: ${links} would go and are held`,
  asksRepair: 'Enter opens the shop. S asks again, and you answer.',
  trouble: (shop: string, what: string) => `${shop}: ${what}`,
  troubleRepair: 'Enter opens the shop. T tests its connection.',
  manyTroubleRepair: 'Enter lists the shops. T there tests a connection.',
  more: (shops: string) => `More links lost: ${shops}`,
  guard: {
    zero: 'to zero',
    jump: 'jump',
    'first-push': 'first',
    negative: 'negative',
    'zero-hides': 'to zero, which hides it',
    'changed-in-shop': 'changed in the shop',
    'by-gtin': 'linked by EAN alone',
  } satisfies Record<PushGuard, string>,
  rest: (count: string) => `and ${count} more`,
  synced: (shops: string) => `${shops}: synced, nothing new`,
  column: {
    linked: 'Linked',
    lost: 'Lost, 14 days',
    lostShort: 'Lost 14d',
    differing: 'Differ',
    unsellable: 'Unsellable',
    lastSync: 'Last sync',
    next: 'Next',
    name: 'Name',
  },
  sync: {
    full: (age: string) => `full ${age}`,
    changes: (age: string) => `changes ${age}`,
    'broken-off': (age: string) => `broken off ${age}`,
    failed: (age: string) => `failed ${age}`,
  },
};
