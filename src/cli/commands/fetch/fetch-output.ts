import { type Cause, causes } from '../../../domain/diagnosis/diagnosis.ts';
import type { ShopErrorKind } from '../../../ports/shop-error.ts';
import type { FetchResult } from '../../../services/fetch/fetch-service.ts';
import { causeLabel } from '../../../views/diagnosis/cause-words.ts';
import { refusalLines, shopErrorLines } from '../../../views/errors/error-lines.ts';
import { changesLine, outcomeSummary } from '../../../views/fetch/fetch-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { span } from '../../../views/format/times.ts';
import { wrap } from '../../../views/text/cell-text.ts';
import type { Tone } from '../../../views/text/tones.ts';
import type { Words } from '../../../views/words/words.ts';
import type { Session } from '../../command-context.ts';
import { type ExitCode, exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { type ListColumn, printTable } from '../../output/print-list.ts';
import { loadProducts, makeFormatContext } from '../../resolve-arguments.ts';

const isGood = ({ outcome }: FetchResult): boolean => outcome === 'linked' || outcome === 'already-linked';

const tone = (result: FetchResult): Tone =>
  isGood(result) ? 'good' : result.trouble === undefined ? 'waiting' : 'wrong';

const isCause = (text: string): text is Cause => causes.some((cause) => cause === text);

const sideLine = (side: FetchResult['before'], words: Words): string => {
  if (side === undefined) return words.cli.nothingKnown;
  const parts = [side.linked ? words.domain.place.linked : words.cli.notLinked];
  if (side.activity !== undefined) parts.push(words.domain.activity[side.activity]);
  if (side.quantity !== undefined) parts.push(words.domain.shopHas(number(side.quantity, words)));
  return parts.join(', ');
};

/** What the fetch changed, in a cell: only the end where nothing was known before. */
const beforeAfter = (result: FetchResult, words: Words): string => {
  const after = result.after === undefined ? '' : sideLine(result.after, words);
  const before = sideLine(result.before, words);
  if (result.after === undefined) return before;
  return before === after ? after : `${before} → ${after}`;
};

const columns = (formatContext: FormatContext): readonly ListColumn<FetchResult>[] => {
  const { words } = formatContext;
  const { title } = words.cli;
  return [
    {
      id: 'item',
      title: title.item,
      rank: 1,
      min: 8,
      max: 22,
      text: ({ productId, asked }) => (productId === undefined ? asked : formatContext.productName(productId)),
    },
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: ({ shopId }) => formatContext.shopName(shopId) },
    {
      id: 'outcome',
      title: title.outcome,
      rank: 0,
      min: 10,
      max: 52,
      text: ({ outcome }) => words.domain.fetched[outcome],
      tone,
    },
    { id: 'change', title: title.beforeAfter, rank: 2, min: 16, text: (result) => beforeAfter(result, words) },
    {
      id: 'took',
      title: title.took,
      rank: 4,
      min: 5,
      max: 8,
      align: 'right',
      text: ({ tookMs }) => span(tookMs, words),
    },
  ];
};

/** Trouble with one thing, in a shop that answers. */
const ofOneThing: readonly ShopErrorKind[] = ['refused', 'unintelligible'];

/** How fetching ends: interrupted, nothing reached, some not reached, some without a link. */
export function fetchExit(results: readonly FetchResult[]): ExitCode {
  if (results.some(({ outcome }) => outcome === 'cancelled')) return exit.interrupted;
  const unreached = results.filter(({ trouble }) => trouble !== undefined && !ofOneThing.includes(trouble.kind));
  if (unreached.length > 0) return unreached.length === results.length ? exit.connection : exit.partial;
  return results.length > 0 && results.every(isGood) ? exit.ok : exit.findings;
}

/** Only a few sets of causes are told one by one; `why` tells the rest. */
const maxGroups = 6;

/** What the fetches ruled out, said once for all of a shop that came to the same. */
const printRuledOut = (
  { out, words }: Session,
  results: readonly FetchResult[],
  formatContext: FormatContext,
): void => {
  const open = results.filter((result) => !isGood(result) && result.ruledOut.some((cause) => cause !== 'unknown'));
  const alike = Map.groupBy(open, ({ shopId, ruledOut }) => `${shopId} ${ruledOut.join(' ')}`);
  for (const group of [...alike.values()].slice(0, maxGroups)) {
    const [first] = group;
    if (first === undefined) continue;
    const causes = first.ruledOut.filter((cause) => cause !== 'unknown');
    const said = causes.map((cause) => (isCause(cause) ? causeLabel(cause, words) : cause)).join(', ');
    const shop = formatContext.shopName(first.shopId);
    const many = group.length === 1 ? shop : `${shop} (${words.domain.products(number(group.length, words))})`;
    const line = words.cli.ruledOutIn(many, said);
    const lines = Number.isFinite(out.width) ? wrap(line, out.width) : [line];
    for (const text of lines) out.say([{ text, tone: 'quiet' }]);
  }
};

/** Answers with what fetches found, for `fetch` and `verify` alike. */
export async function printFetchResults(
  session: Session,
  kind: string,
  results: readonly FetchResult[],
): Promise<ExitCode> {
  const { out, words } = session;
  const code = fetchExit(results);
  if (session.format === 'json') {
    out.data(jsonDocument(kind, { results }));
    return code;
  }
  const ids = results.flatMap(({ productId, changes = [] }) =>
    [productId, ...changes.map((change) => change.productId)].filter((id) => id !== undefined),
  );
  const known = await makeFormatContext(session, await loadProducts(session, ids));
  // What was not reached any more is counted, not listed.
  const reached = results.filter(({ outcome }) => outcome !== 'cancelled');
  if (reached.length > 0) printTable(session, columns(known), reached);
  printRuledOut(session, reached, known);
  printChanges(session, reached, known);
  if (results.length > 1) printSums(session, results);
  else if (results.some(({ outcome }) => outcome === 'left-unlinked')) out.note(words.cli.tip.linkAgain);
  if (results.some(hasUndoable)) out.note(words.cli.tip.undo);
  for (const shopId of new Set(results.flatMap((one) => (one.outcome === 'shop-paused' ? [one.shopId] : [])))) {
    printError(out, refusalLines({ kind: 'shop-paused', about: { shop: shopId }, problems: [] }, words));
  }
  for (const { trouble, shopId } of oncePerShop(results)) {
    if (trouble !== undefined && trouble.kind !== 'cancelled')
      printError(out, shopErrorLines(trouble, known.shopName(shopId), words));
  }
  return code;
}

const hasUndoable = ({ changes = [] }: FetchResult): boolean =>
  changes.some(({ kind }) => kind === 'linked' || kind === 'unlinked');

/** What asking changed: links and products beyond the one that was asked for, and what could not be asked. */
const printChanges = ({ out, words }: Session, results: readonly FetchResult[], known: FormatContext): void => {
  for (const result of results) {
    const changed = changesLine(result, known);
    const shop = known.shopName(result.shopId);
    if (changed !== '') out.say([{ text: `${shop}: ${changed}`, tone: 'waiting' }]);
    if (result.notAskedBy !== undefined && result.outcome !== 'not-asked')
      out.say([{ text: `${shop}: ${words.domain.notAskedByGtin}`, tone: 'quiet' }]);
  }
};

const printSums = ({ out, words }: Session, results: readonly FetchResult[]): void => {
  out.note();
  out.note([
    { text: words.domain.rows(number(results.length, words)), tone: 'strong' },
    `: ${outcomeSummary(results, words, () => words.cli.tip.linkAgain)}`,
  ]);
};

// Four thousand products of one shop that does not answer are one trouble.
const oncePerShop = (results: readonly FetchResult[]): readonly FetchResult[] => {
  const seen = new Set<string>();
  return results.filter(({ trouble, shopId }) => {
    const key = `${shopId} ${trouble?.kind ?? ''}`;
    if (trouble === undefined || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};
