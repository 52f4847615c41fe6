import { z } from 'zod';
import type { StoreChange } from '../../ports/store-questions.ts';
import { everything } from '../tables/watchers.ts';

const names = z.lazy(() => z.union([z.literal('all'), z.array(z.string())]));
const shape = z.lazy(() => z.object({ tables: names, shops: names, products: names }));

/** What a text from the table of changes says. */
export const readChange = (text: string): StoreChange => {
  const read = shape.safeParse(JSON.parse(text));
  return read.success ? (read.data as StoreChange) : everything;
};
