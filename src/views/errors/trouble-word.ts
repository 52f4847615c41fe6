import type { ShopTrouble } from '../../domain/shop.ts';
import type { Words } from '../words/words.ts';

const wordIn = (words: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

/** A trouble in a word or two, by its reason, else its kind; nothing for one that this version does not know. */
export const troubleWord = (
  { kind, reason = '' }: Pick<ShopTrouble, 'kind' | 'reason'>,
  { domain }: Words,
): string | undefined => wordIn(domain.shopTroubleReason, reason) ?? wordIn(domain.shopTrouble, kind);
