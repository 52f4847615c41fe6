import type { Product } from '../src/domain/product.ts';
import type { Services } from '../src/services/services.ts';
import type { Telling } from '../src/views/telling.ts';
import type { Words } from '../src/views/words.ts';

/** What a page of the plain mode works with: it says lines and asks for lines. */
export type PlainRoom = {
  readonly services: Services;
  readonly words: Words;
  readonly say: (text: string) => void;
  /** The line that was typed; nothing when the input has ended. */
  readonly ask: (text: string) => Promise<string | undefined>;
  readonly telling: (products?: readonly Product[]) => Telling;
};
