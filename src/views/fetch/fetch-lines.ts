import { type Cause, causes } from '../../domain/diagnosis/diagnosis.ts';
import type { FetchChange, FetchResult } from '../../services/fetch/fetch-service.ts';
import { causeLabel } from '../diagnosis/cause-words.ts';
import { adviceLabel } from '../diagnosis/diagnosis-lines.ts';
import { shopErrorLines } from '../errors/error-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { span } from '../format/times.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

const tones: Readonly<Record<FetchResult['outcome'], Tone>> = {
  linked: 'good',
  'already-linked': 'good',
  'inactive-in-shop': 'waiting',
  conflict: 'waiting',
  'gone-from-shop': 'waiting',
  'never-in-shop': 'quiet',
  'not-asked': 'waiting',
  'not-sellable-itself': 'quiet',
  'left-unlinked': 'waiting',
  refused: 'wrong',
  unreachable: 'wrong',
  cancelled: 'quiet',
  'shop-paused': 'waiting',
};

const isCause = (text: string): text is Cause => causes.some((cause) => cause === text);

const stateOf = (state: NonNullable<FetchResult['before']>, { words }: FormatContext): string =>
  [
    state.linked ? words.domain.place.linked : words.domain.place.missing,
    state.activity === undefined ? '' : words.domain.activity[state.activity],
    state.quantity === undefined ? '' : number(state.quantity, words),
  ]
    .filter((part) => part !== '')
    .join(' ');

/** What a fetch found, as one line: outcome, before and after, what it ruled out, and how long it took. */
export function fetchLine(result: FetchResult, format: FormatContext): { readonly text: string; readonly tone: Tone } {
  const { words, shopName } = format;
  const outcome =
    result.trouble === undefined
      ? words.domain.fetched[result.outcome]
      : shopErrorLines(result.trouble, shopName(result.shopId), words).said;
  const before = result.before === undefined ? '' : stateOf(result.before, format);
  const after = result.after === undefined ? '' : stateOf(result.after, format);
  const parts = [`${shopName(result.shopId)}: ${outcome}`];
  if (result.outcome === 'shop-paused')
    return { text: [...parts, adviceLabel('resume-shop', words)].join(' · '), tone: 'waiting' };
  if (before !== '' && after !== '' && before !== after) parts.push(`${before} → ${after}`);
  if (result.ruledOut.length > 0) {
    const ruled = result.ruledOut.map((cause) => (isCause(cause) ? causeLabel(cause, words) : cause)).join(', ');
    parts.push(`${words.domain.ruledOut.toLowerCase()}: ${ruled}`);
  }
  if (result.notAskedBy !== undefined && result.outcome !== 'not-asked') parts.push(words.domain.notAskedByGtin);
  const changed = changesLine(result, format);
  if (changed !== '') parts.push(changed);
  parts.push(span(result.tookMs, words));
  return { text: parts.join(' · '), tone: tones[result.outcome] };
}

/** What asking changed here beyond the one link that was asked about: nothing is written without a word. */
export function changesLine({ changes = [], productId, outcome }: FetchResult, format: FormatContext): string {
  const { words, productName } = format;
  const isShown = (change: FetchChange): boolean =>
    change.kind === 'linked' && change.productId === productId && outcome === 'linked';
  const sentences = changes
    .filter((change) => !isShown(change))
    .map(({ kind, productId: id, ref }) =>
      words.domain.fetchChange[kind](id === undefined ? '' : productName(id), formatRef(ref)),
    );
  return sentences.length === 0 ? '' : words.domain.askingChanged(sentences.join(', '));
}

const failed = new Set<FetchResult['outcome']>(['refused', 'unreachable', 'cancelled', 'shop-paused']);

/** Those that a second try may help. */
export const failedOf = (results: readonly FetchResult[]): readonly FetchResult[] =>
  results.filter((result) => failed.has(result.outcome));

/** Many results in one sentence: "33 done, 6 failed: 25 linked, 8 not active in the shop, 6 the shop did not answer". */
export function resultsSentence(results: readonly FetchResult[], words: Words): string {
  const bad = failedOf(results).length;
  const done = words.screen.bulkDone(number(results.length - bad, words), number(bad, words));
  return `${done}: ${outcomeSummary(results, words, words.screen.linkAgain)}`;
}

/** What many results come to: good where nothing is left to be done, and something to look at where one place is not as it should be. */
export function resultsTone(results: readonly FetchResult[]): Tone {
  const all = results.map(({ outcome }) => tones[outcome]);
  if (all.some((tone) => tone === 'wrong' || tone === 'waiting')) return 'waiting';
  return all.includes('good') ? 'good' : 'quiet';
}

/** Results worth a line each, the interesting ones first: a shop that never had the product says little. */
export const notableResults = (results: readonly FetchResult[]): readonly FetchResult[] =>
  results.filter(
    (result) => result.outcome !== 'never-in-shop' || results.every((one) => one.outcome === 'never-in-shop'),
  );

/**
 * How many ended how, the most first: "25 linked, 8 not active in the shop, so no product integration". What a person
 * had deleted comes last, with how it is linked again.
 */
export function outcomeSummary(
  results: readonly FetchResult[],
  words: Words,
  linkAgain: (count: number) => string,
): string {
  const left = results.filter(({ outcome }) => outcome === 'left-unlinked');
  const others = results.filter(({ outcome }) => outcome !== 'left-unlinked');
  const groups = [...Map.groupBy(others, ({ outcome }) => outcome)].toSorted(([, a], [, b]) => b.length - a.length);
  const counted = groups.map(([outcome, some]) => `${number(some.length, words)} ${words.domain.fetched[outcome]}`);
  if (left.length === 0) return counted.join(', ');
  const deleted = `${number(left.length, words)} ${words.domain.fetched['left-unlinked']}`;
  return `${[...counted, deleted].join(', ')}; ${linkAgain(left.length)}`;
}

/** So many changes are told by name; the rest is counted, and each stands with its row. */
const maxNamed = 3;

/** What verifying changed beside what was asked, by name, and that it can be undone: nothing is changed without a word. */
export function verifiedChanges(results: readonly FetchResult[], format: FormatContext, undo: string): string {
  const { words, productName, shopName } = format;
  const sentences = results.flatMap(({ shopId, changes = [] }) =>
    changes.map(
      ({ kind, productId, ref }) =>
        `${shopName(shopId)}: ${words.domain.fetchChange[kind](productId === undefined ? '' : productName(productId), formatRef(ref))}`,
    ),
  );
  if (sentences.length === 0) return '';
  const more = sentences.length - maxNamed;
  const named = sentences.slice(0, maxNamed).join(', ');
  const all = more > 0 ? words.domain.namedAndMore(named, number(more, words)) : named;
  return `${words.domain.askingChanged(all)}. ${undo}`;
}
