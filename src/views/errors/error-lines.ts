import type { ShopErrorDetail, ShopErrorKind } from '../../ports/shop-error.ts';
import type { ImportProblem, RefusalKind } from '../../services/dependencies/refusal.ts';
import type { Words } from '../words/words.ts';
import { moreProblems, problemCount, problemLine } from './file-lines.ts';
import { requestWord } from './request-word.ts';
import { fieldReason } from './shape-reason.ts';
import { ownReason } from './shop-reason.ts';
import { waitLines } from './wait-lines.ts';

/** Trouble as people read it: what happened, the particulars, and what to do. */
export type ErrorLines = { readonly said: string; readonly details: readonly string[]; readonly advice: string };

/** Trouble with a shop, in words. `shop` is its name; the particulars come from the shop and hold no secret. */
export function shopErrorLines(
  trouble: { readonly kind: ShopErrorKind; readonly detail: ShopErrorDetail },
  shop: string,
  words: Words,
): ErrorLines {
  // Where no key was found the shop was asked nothing, and refused none.
  if (trouble.detail.reason === 'no-credentials') {
    const { lookedFor = [] } = trouble.detail;
    return { ...words.domain.requestError.noCredentials(shop, lookedFor.join(', ')), details: [] };
  }
  // A shop that has no such page was asked at the wrong address, whatever else it says.
  const wrongAddress = trouble.kind === 'refused' && trouble.detail.status === 404;
  const { shopError, tooManyRows, shopErrorDetail: say } = words.domain;
  const { detail } = trouble;
  const ofKind = shopErrorReasonWords(detail.reason, words) ?? {
    said: shopError[trouble.kind].said,
    advice: shopError[wrongAddress ? 'not-found' : trouble.kind].advice,
  };
  const { said, advice } =
    detail.rowLimit === undefined ? ofKind : { said: tooManyRows.said, advice: tooManyRows.advice(detail.shop) };
  const details: string[] = [];
  if (detail.permission !== undefined) details.push(say.permission(detail.permission));
  if (detail.target !== undefined) details.push(say.target(detail.target));
  if (detail.said !== undefined && detail.said !== '') details.push(saidLine(detail.said, detail.saidBy, words));
  if (detail.retryAfter !== undefined) details.push(...waitLines(detail.retryAfter, words));
  if (detail.status !== undefined) details.push(say.status(String(detail.status)));
  details.push(say.doing(requestWord(detail.doing, words)));
  return { said: said(shop), details, advice };
}

/** Our own words in the reader's language, or the shop's in quotes. */
function saidLine(said: string, saidBy: ShopErrorDetail['saidBy'], words: Words): string {
  const ofField = saidBy === 'shop' ? undefined : fieldReason(said, words);
  return ofField ?? ownReason({ said, saidBy }, words) ?? words.domain.shopErrorDetail.said(said);
}

/** What is said of one of the causes that a kind of trouble has; nothing for one that this version does not know. */
export function shopErrorReasonWords(reason: string | undefined, { domain }: Words) {
  const known: Readonly<Record<string, Words['domain']['shopErrorReason']['firewall'] | undefined>> =
    domain.shopErrorReason;
  return reason === undefined ? undefined : known[reason];
}

type About = Readonly<Record<string, string>>;
/** The problem is a `UrlProblem`, as it was written into the refusal. */
const addressLines = ({ problem, value = '' }: About, words: Words): { said: string; advice: string } => {
  const said = words.domain.badAddress;
  const known = Object.entries(said).find(([name]) => name === problem)?.[1] ?? said['not-a-url'];
  return known(value);
};

const first = (about: About, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = about[name];
    if (value !== undefined) return value;
  }
  return '';
};

type Refused = {
  readonly kind: RefusalKind;
  readonly about: About;
  readonly problems: readonly ImportProblem[];
};

const refusalSaid = ({ kind, about, problems }: Refused, words: Words): { said: string; advice: string } => {
  const say = words.domain.requestError;
  const shop = first(about, 'shop', 'shopId', 'id');
  const product = first(about, 'product', 'sku', 'productId', 'asked', 'text');
  switch (kind) {
    case 'read-only':
      return say.readOnly;
    case 'unknown-shop':
      return say.unknownShop(shop);
    case 'unknown-product':
      return about.near === undefined
        ? say.unknownProduct(product)
        : { ...say.unknownProduct(product), advice: `${words.cli.didYouMean} ${about.near}` };
    case 'shop-exists':
      return say.shopExists(shop);
    case 'id-too-like':
      return say.idTooLike(first(about, 'id'), shop);
    case 'id-reserved':
      return say.idReserved(first(about, 'id'), first(about, 'variable'));
    case 'address-taken':
      return say.addressTaken(shop, first(about, 'url'));
    case 'shop-paused':
      return say.shopPaused(shop);
    case 'no-webhooks':
      return say.noWebhooks(shop);
    case 'unknown-platform':
      return say.unknownPlatform(shop, first(about, 'platform'));
    case 'no-credentials':
      return say.noCredentials(shop, first(about, 'names', 'looked', 'credentials', 'lookedFor'));
    case 'sync-running-elsewhere':
      return say.syncRunningElsewhere(shop, first(about, 'holder', 'by', 'user'));
    case 'not-linked':
      return say.notLinked(product, shop);
    case 'already-linked':
      return say.alreadyLinked(product, shop, first(about, 'listing'));
    case 'unknown-listing':
      return say.unknownListing(first(about, 'listing'), shop);
    case 'not-for-sale':
      return say.notForSale(first(about, 'listing'), shop, first(about, 'says'));
    case 'nothing-to-undo':
      return say.nothingToUndo;
    case 'cannot-undo':
      return say.cannotUndo(first(about, 'seq'), undoRefusal(first(about, 'why'), words));
    case 'no-conflict':
      return say.noConflict(first(about, 'listing', 'ref', 'shopProductId', 'id'));
    case 'choice-does-not-fit':
      return say.choiceDoesNotFit(first(about, 'choice'));
    case 'unknown-plan':
      return say.unknownPlan(first(about, 'plan', 'planId', 'id'));
    case 'plan-expired':
      return say.planExpired;
    case 'plan-applied':
      return say.planApplied;
    case 'bad-import':
      // What could no longer be taken in after parts of the file were written.
      return say[about.written === undefined ? 'badImport' : 'badImportLater'](
        problemCount({ about, problems }, words),
      );
    case 'bad-value':
      if (about.problem !== undefined) return addressLines(about, words);
      if (about.field === 'id') return say.badId(first(about, 'value'));
      return say.badValue(first(about, 'name', 'field', 'what', 'option'), first(about, 'value', 'url', 'said'));
    case 'no-warehouse':
      return words.warehouse.refusal.none;
    case 'warehouse-exists':
      return words.warehouse.refusal.exists(first(about, 'warehouse'));
    case 'no-warehouse-key':
      return words.warehouse.refusal.noKey(first(about, 'names'));
    case 'stock-from-warehouse':
      return words.warehouse.refusal.stockFromWarehouse(first(about, 'warehouse'));
    case 'no-warehouse-hooks':
      return words.warehouse.refusal.noHooks(first(about, 'warehouse'));
    case 'no-locations':
      return words.warehouse.refusal.noLocations(first(about, 'warehouse'));
    case 'one-shop-location':
      return words.warehouse.refusal.oneShopLocation(first(about, 'platform'));
    case 'unknown-shop-location':
      return words.warehouse.refusal.unknownShopLocation(first(about, 'location'), first(about, 'known'));
    case 'location-told-twice':
      return words.warehouse.refusal.locationToldTwice(first(about, 'location'), first(about, 'at'));
    case 'told-by-location':
      return words.warehouse.refusal.toldByLocation(first(about, 'shop'));
    case 'no-counting':
      return words.warehouse.refusal.noCounting(first(about, 'warehouse'));
    case 'not-in-warehouse':
      return words.warehouse.refusal.notInWarehouse(first(about, 'warehouse'));
    case 'needs-number':
      return say.needsNumber({
        what: guardQuestion(first(about, 'guard'), words),
        count: first(about, 'count'),
        given: first(about, 'given'),
      });
    case 'needs-reason':
      return say.needsReason;
    default:
      return kind satisfies never;
  }
};

const undoRefusal = (why: string, words: Words): string =>
  Object.entries(words.domain.undoRefusal).find(([name]) => name === why)?.[1] ?? why;

const guardQuestion = (guard: string, words: Words): string =>
  Object.entries(words.domain.guardQuestion).find(([name]) => name === guard)?.[1] ?? guard;

/** So many bad lines are named one by one; the rest are counted. */
const linesNamed = 20;

/** What was asked for and cannot be done, in words. */
export function refusalLines(refusal: Refused, words: Words): ErrorLines {
  const { said, advice } = refusalSaid(refusal, words);
  const named = refusal.problems.slice(0, linesNamed).map((problem) => problemLine(problem, words));
  return { said, details: [...named, ...moreProblems(refusal, named.length, words)], advice };
}
