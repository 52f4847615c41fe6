import type { Words } from '../words/words.ts';

/** What was asked for; as the adapter calls it where it named a thing of its own. */
export const requestWord = (doing: string, { requests }: Words): string =>
  Object.entries(requests).find(([name]) => name === doing)?.[1] ?? doing;
