import type { StoreErrorKind } from '../../ports/store-error.ts';
import type { Words } from '../words/words.ts';
import type { ErrorLines } from './error-lines.ts';
import { storeDetailLine } from './store-detail.ts';
import { isOnServer } from './store-place.ts';

type StoreTrouble = {
  readonly kind: StoreErrorKind;
  readonly place: string;
  readonly detail: string;
  /** Who was told what could not be written down then. */
  readonly told?: readonly string[];
};

/** A database on a server has no folder to look after, and a certificate that can be wrong. */
function wordsForStore({ kind, place }: StoreTrouble, words: Words): { said: string; advice: string } {
  const { storeError, serverError } = words.domain;
  const ofServer: Partial<Record<StoreErrorKind, { readonly said: string; readonly advice: string }>> = serverError;
  return (isOnServer(place) ? ofServer[kind] : undefined) ?? storeError[kind];
}

/** Why a store can only be read, and what that means. */
export const onlyReadLine = (why: StoreTrouble, words: Words): string =>
  words.domain.onlyRead(wordsForStore(why, words).said);

/** Trouble with the store, in words. */
export function storeErrorLines(trouble: StoreTrouble, words: Words): ErrorLines {
  const { said, advice } = wordsForStore(trouble, words);
  const { told = [] } = trouble;
  const details = [trouble.place, storeDetailLine(trouble.detail, words)].filter((line) => line !== '');
  return { said: told.length === 0 ? said : `${said} ${words.domain.toldUnwritten(told.join(', '))}`, details, advice };
}
