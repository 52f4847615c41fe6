import type { Words } from '../words/words.ts';

export type PlainPage = 'search' | 'shopId' | 'inactive' | 'conflicts' | 'push' | 'shops' | 'activity' | 'undo';

/** The choices of the plain mode, in the order of their numbers. */
export const plainMenu = ({
  screen,
}: Words): readonly { readonly label: string; readonly page: PlainPage | 'leave' }[] => [
  { label: screen.plain.search, page: 'search' },
  { label: screen.title['shop-id'], page: 'shopId' },
  { label: screen.title.inactive, page: 'inactive' },
  { label: screen.title.conflicts, page: 'conflicts' },
  { label: screen.title.push, page: 'push' },
  { label: screen.title.shops, page: 'shops' },
  { label: screen.title.activity, page: 'activity' },
  { label: screen.undoTitle, page: 'undo' },
  { label: screen.plain.leave, page: 'leave' },
];
