import type { Advice, Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { Words } from '../words/words.ts';
import { adviceSentence } from './diagnosis-lines.ts';

/** What a person does about a link that nothing gets through; the others say so in their notes, or nobody knows. */
const staleNext: Readonly<
  Partial<Record<NonNullable<Extract<Diagnosis, { verdict: 'integrated' }>['stale']>, Advice>>
> = {
  'connection-down': 'open-shop-health',
  'shop-unreachable': 'open-shop-health',
  'no-permission': 'open-shop-health',
  'shop-paused': 'resume-shop',
  'inactive-in-shop': 'activate-in-shop-by-hand',
  'not-found-in-shop': 'fetch-product',
};

/** The next step for a link that stands and carries nothing; empty where there is none to name. */
export function staleAdvice(diagnosis: Diagnosis, words: Words): string {
  if (diagnosis.verdict === 'not-integrated' || diagnosis.stale === undefined) return '';
  const next = staleNext[diagnosis.stale];
  if (next !== undefined) return adviceSentence(next, words);
  const known: Readonly<Record<string, string | undefined>> = words.domain.refusalNext;
  return known[diagnosis.stale] ?? '';
}
