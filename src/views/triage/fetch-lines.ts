import { type Cause, causes } from '../../domain/explaining/diagnosis.ts';
import type { FetchResult } from '../../services/services.ts';
import { span } from '../ages.ts';
import { shopTroubleLines } from '../happenings/trouble-lines.ts';
import { number } from '../numbers.ts';
import type { Telling } from '../telling.ts';
import type { Tone } from '../tones.ts';
import { adviceLabel, causeLabel } from './diagnosis-lines.ts';

const tones: Readonly<Record<FetchResult['outcome'], Tone>> = {
  linked: 'good',
  'already-linked': 'good',
  'inactive-in-shop': 'waiting',
  conflict: 'waiting',
  'gone-from-shop': 'waiting',
  'never-in-shop': 'quiet',
  'not-sellable-itself': 'quiet',
  refused: 'wrong',
  unreachable: 'wrong',
  cancelled: 'quiet',
  'shop-paused': 'waiting',
};

const isCause = (text: string): text is Cause => causes.some((cause) => cause === text);

const stateOf = (state: NonNullable<FetchResult['before']>, { words }: Telling): string =>
  [
    state.linked ? words.domain.place.linked : words.domain.place.missing,
    state.activity === undefined ? '' : words.domain.activity[state.activity],
    state.quantity === undefined ? '' : number(state.quantity, words),
  ]
    .filter((part) => part !== '')
    .join(' ');

/** What a fetch found, as one line: outcome, before and after, what it ruled out, and how long it took. */
export function fetchLine(result: FetchResult, telling: Telling): { readonly text: string; readonly tone: Tone } {
  const { words, shopName } = telling;
  const outcome =
    result.trouble === undefined
      ? words.domain.fetched[result.outcome]
      : shopTroubleLines(result.trouble, shopName(result.shopId), words).said;
  const before = result.before === undefined ? '' : stateOf(result.before, telling);
  const after = result.after === undefined ? '' : stateOf(result.after, telling);
  const parts = [`${shopName(result.shopId)}: ${outcome}`];
  if (result.outcome === 'shop-paused')
    return { text: [...parts, adviceLabel('resume-shop', words)].join(' · '), tone: 'waiting' };
  if (before !== '' && after !== '' && before !== after) parts.push(`${before} → ${after}`);
  if (result.ruledOut.length > 0) {
    const ruled = result.ruledOut.map((cause) => (isCause(cause) ? causeLabel(cause, words) : cause)).join(', ');
    parts.push(`${words.domain.ruledOut.toLowerCase()}: ${ruled}`);
  }
  parts.push(span(result.tookMs, words));
  return { text: parts.join(' · '), tone: tones[result.outcome] };
}

/** Results worth a line each, the interesting ones first: a shop that never had the product says little. */
export const tellingResults = (results: readonly FetchResult[]): readonly FetchResult[] =>
  results.filter(
    (result) => result.outcome !== 'never-in-shop' || results.every((one) => one.outcome === 'never-in-shop'),
  );
