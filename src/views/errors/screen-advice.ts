import type { ShopTrouble } from '../../domain/shop.ts';
import type { ShopErrorDetail, ShopErrorKind } from '../../ports/shop-error.ts';
import type { StoreErrorKind, StoreWarning } from '../../ports/store-error.ts';
import type { Words } from '../words/words.ts';
import { type ErrorLines, shopErrorLines, shopErrorReasonWords } from './error-lines.ts';
import { isOnServer } from './store-place.ts';
import { megabytes, storeWarningLine } from './store-warning-lines.ts';

/** Trouble with a shop where keys are at hand: what to do is said in keys. */
export function screenShopErrorLines(
  trouble: { readonly kind: ShopErrorKind; readonly detail: ShopErrorDetail },
  shop: string,
  words: Words,
): ErrorLines {
  const lines = shopErrorLines(trouble, shop, words);
  const { screenTrouble: say } = words;
  if (trouble.detail.rowLimit !== undefined) return { ...lines, advice: say.tooManyRows };
  return inKeys(trouble.kind, lines, words);
}

const inKeys = <Lines extends { readonly advice: string }>(
  kind: string,
  lines: Lines,
  { screenTrouble }: Words,
): Lines => (kind === 'another-shop' ? { ...lines, advice: screenTrouble.anotherShop } : lines);

/** The same of trouble that was kept by its kind and words; nothing for a kind that this version does not know. */
export function keptTroubleLines(
  { kind, reason }: Pick<ShopTrouble, 'kind' | 'reason'>,
  shop: string,
  words: Words,
): { readonly said: string; readonly advice: string } | undefined {
  const known: Readonly<Record<string, Words['domain']['shopError'][ShopErrorKind] | undefined>> =
    words.domain.shopError;
  const lines = shopErrorReasonWords(reason, words) ?? known[kind];
  return lines && inKeys(kind, { said: lines.said(shop), advice: lines.advice }, words);
}

/** What to do about trouble with the store where keys are at hand; nothing where the same is said everywhere. */
export function screenStoreAdvice(
  { kind, place }: { readonly kind: StoreErrorKind; readonly place: string },
  words: Words,
): string | undefined {
  if (isOnServer(place) && kind in words.domain.serverError) return undefined;
  const advice: Partial<Record<StoreErrorKind, string>> = words.screenTrouble.store;
  return advice[kind];
}

/** A store that has outgrown its kind, said where keys are at hand. */
export function screenStoreWarning(warning: StoreWarning, words: Words): string {
  const say = words.screenTrouble.storeWarning;
  switch (warning.kind) {
    case 'long-journal':
      return say.longJournal(megabytes(warning.bytes, words), megabytes(warning.sensible, words));
    case 'no-text-index':
      return say.noTextIndex[warning.extension];
    default:
      return storeWarningLine(warning, words);
  }
}
