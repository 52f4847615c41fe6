import { toShopId } from '../../domain/ids.ts';
import type { ShopErrorDetail, ShopErrorKind } from '../../ports/shop-error.ts';
import type { StoreErrorKind } from '../../ports/store-error.ts';
import type { ImportProblem, RefusalKind } from '../../services/dependencies/refusal.ts';
import type { FormatContext } from '../format/format-context.ts';
import { type ErrorLines, refusalLines, shopErrorLines } from './error-lines.ts';
import { screenShopErrorLines, screenStoreAdvice } from './screen-advice.ts';
import { storeErrorLines } from './store-error-lines.ts';

/** The three errors that are no bugs, as they are told apart where only their shape is known. */
type Known =
  | { readonly name: 'ShopError'; readonly kind: ShopErrorKind; readonly detail: ShopErrorDetail }
  | { readonly name: 'StoreError'; readonly kind: StoreErrorKind; readonly place: string; readonly detail: string }
  | {
      readonly name: 'Refusal';
      readonly kind: RefusalKind;
      readonly about: Readonly<Record<string, string>>;
      readonly problems: readonly ImportProblem[];
    };

const isKnown = (error: unknown): error is Known =>
  error instanceof Error && ['ShopError', 'StoreError', 'Refusal'].includes(error.name) && 'kind' in error;

/** Whether it is one of the troubles that a person can do something about; anything else is a bug. */
export const isKnownError = (error: unknown): boolean => isKnown(error);

/** A part of the program that is loaded when it is first needed, and lies there no more. */
const isOfReplacedFiles = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code));

/** Any error in words: what happened, and what to do. */
export function anyErrorLines(error: unknown, format: FormatContext): ErrorLines {
  const { words, shopName } = format;
  if (!isKnown(error)) {
    return {
      said: words.screen.bug.said,
      details: [error instanceof Error ? error.message : String(error)],
      advice: isOfReplacedFiles(error) ? words.screen.bug.replaced : words.screen.bug.advice,
    };
  }
  switch (error.name) {
    case 'ShopError':
      return shopErrorLines(error, shopName(toShopId(error.detail.shop)), words);
    case 'StoreError':
      return storeErrorLines(error, words);
    case 'Refusal':
      return refusalLines(error, words);
    default:
      return error satisfies never;
  }
}

/** The same where keys are at hand: what to do is said in keys, not as a command to type elsewhere. */
export function screenErrorLines(error: unknown, format: FormatContext): ErrorLines {
  const { words, shopName } = format;
  const lines = anyErrorLines(error, format);
  if (!isKnown(error)) return lines;
  switch (error.name) {
    case 'ShopError':
      return screenShopErrorLines(error, shopName(toShopId(error.detail.shop)), words);
    case 'StoreError':
      return { ...lines, advice: screenStoreAdvice(error, words) ?? lines.advice };
    case 'Refusal': {
      if (error.about.problem === 'has-credentials') return { ...lines, advice: words.screenTrouble.keyInAddress };
      const advice: Partial<Record<RefusalKind, string>> = words.screenAdvice;
      return { ...lines, advice: advice[error.kind] ?? lines.advice };
    }
    default:
      return error satisfies never;
  }
}
