import type { Product } from '../domain/product.ts';
import type { Services } from '../services/services.ts';
import type { Telling } from './telling.ts';
import type { Words } from './words.ts';

export type PlainPage = 'search' | 'shopId' | 'inactive' | 'conflicts' | 'shops' | 'activity';

/** What a page of the plain mode works with: it says lines and asks for lines. */
export type PlainRoom = {
  readonly services: Services;
  readonly words: Words;
  readonly say: (text: string) => void;
  /** The line that was typed; nothing when the input has ended. */
  readonly ask: (text: string) => Promise<string | undefined>;
  readonly telling: (products?: readonly Product[]) => Telling;
};

/** The choices of the plain mode, in the order of their numbers. */
export const plainMenu = ({
  screen,
}: Words): readonly { readonly label: string; readonly page: PlainPage | 'leave' }[] => [
  { label: screen.plain.search, page: 'search' },
  { label: screen.title['shop-id'], page: 'shopId' },
  { label: screen.title.inactive, page: 'inactive' },
  { label: screen.title.conflicts, page: 'conflicts' },
  { label: screen.title.shops, page: 'shops' },
  { label: screen.title.activity, page: 'activity' },
  { label: screen.plain.leave, page: 'leave' },
];
