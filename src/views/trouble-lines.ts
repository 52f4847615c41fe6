import type { ShopErrorDetail, ShopErrorKind } from '../ports/shop-error.ts';
import type { StoreErrorKind } from '../ports/store-error.ts';
import type { ImportProblem, RefusalKind } from '../services/services.ts';
import { number } from './numbers.ts';
import type { Words } from './words.ts';

/** Trouble as people read it: what happened, the particulars, and what to do. */
export type TroubleLines = { readonly said: string; readonly details: readonly string[]; readonly advice: string };

/** Trouble with a shop, in words. `shop` is its name; the particulars come from the shop and hold no secret. */
export function shopTroubleLines(
  trouble: { readonly kind: ShopErrorKind; readonly detail: ShopErrorDetail },
  shop: string,
  words: Words,
): TroubleLines {
  const { said } = words.domain.shopTrouble[trouble.kind];
  // A shop that has no such page was asked at the wrong address, whatever else it says.
  const wrongAddress = trouble.kind === 'refused' && trouble.detail.status === 404;
  const { advice } = words.domain.shopTrouble[wrongAddress ? 'not-found' : trouble.kind];
  const say = words.domain.shopTroubleDetail;
  const { detail } = trouble;
  const details: string[] = [];
  if (detail.permission !== undefined) details.push(say.permission(detail.permission));
  if (detail.target !== undefined) details.push(say.target(detail.target));
  if (detail.said !== undefined && detail.said !== '') details.push(say.said(detail.said));
  if (detail.retryAfter !== undefined) details.push(say.retryAfter(String(Math.ceil(detail.retryAfter))));
  if (detail.status !== undefined) details.push(say.status(String(detail.status)));
  details.push(say.doing(detail.doing));
  return { said: said(shop), details, advice };
}

/** Trouble with the store, in words. */
export function storeTroubleLines(
  trouble: { readonly kind: StoreErrorKind; readonly place: string; readonly detail: string },
  words: Words,
): TroubleLines {
  const { said, advice } = words.domain.storeTrouble[trouble.kind];
  return { said, details: [trouble.place, trouble.detail].filter((line) => line !== ''), advice };
}

type About = Readonly<Record<string, string>>;
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
  const say = words.domain.refusedTo;
  const shop = first(about, 'shop', 'shopId', 'id');
  const product = first(about, 'product', 'sku', 'productId', 'asked', 'text');
  switch (kind) {
    case 'read-only':
      return say.readOnly;
    case 'unknown-shop':
      return say.unknownShop(shop);
    case 'unknown-product':
      return say.unknownProduct(product);
    case 'shop-exists':
      return say.shopExists(shop);
    case 'no-credentials':
      return say.noCredentials(shop, first(about, 'names', 'looked', 'credentials', 'lookedFor'));
    case 'sync-running-elsewhere':
      return say.syncRunningElsewhere(shop, first(about, 'holder', 'by', 'user'));
    case 'not-linked':
      return say.notLinked(product, shop);
    case 'already-linked':
      return say.alreadyLinked(product, shop);
    case 'nothing-to-undo':
      return say.nothingToUndo;
    case 'cannot-undo':
      return say.cannotUndo(first(about, 'why', 'what', 'because', 'type'));
    case 'no-conflict':
      return say.noConflict(first(about, 'ref', 'shopProductId', 'id'));
    case 'choice-does-not-fit':
      return say.choiceDoesNotFit(first(about, 'choice'));
    case 'unknown-plan':
      return say.unknownPlan(first(about, 'plan', 'planId', 'id'));
    case 'plan-expired':
      return say.planExpired;
    case 'plan-applied':
      return say.planApplied;
    case 'bad-import':
      return say.badImport(number(problems.length, words));
    case 'bad-value':
      return say.badValue(first(about, 'name', 'field', 'what', 'option'), first(about, 'value', 'url', 'said'));
    case 'needs-number':
      return say.needsNumber(first(about, 'number', 'count', 'expected', 'wouldRemove'));
    case 'needs-reason':
      return say.needsReason;
    default:
      return kind satisfies never;
  }
};

/** What was asked for and cannot be done, in words. */
export function refusalLines(refusal: Refused, words: Words): TroubleLines {
  const { said, advice } = refusalSaid(refusal, words);
  return { said, details: refusal.problems.map((problem) => problemLine(problem, words)), advice };
}

/** One bad line of a file: `line 7, column onHand: "3,5" is not a whole number`. */
export function problemLine(problem: ImportProblem, words: Words): string {
  const { cli } = words;
  const where =
    problem.column === undefined
      ? cli.line(String(problem.line))
      : cli.lineColumn(String(problem.line), problem.column);
  const known = (cli.problem as Readonly<Record<string, string>>)[problem.what] ?? problem.what;
  return problem.value === undefined ? `${where}: ${known}` : `${where}: ${known}: "${problem.value}"`;
}
