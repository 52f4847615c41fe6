import type { StaleReason } from '../../domain/diagnosis/diagnose.ts';
import type { Advice, Cause, Certainty, Diagnosis, Evidence, Finding } from '../../domain/diagnosis/diagnosis.ts';
import { firstNote, needsAttention } from '../../domain/diagnosis/link-notes.ts';
import type { Instant } from '../../domain/ids.ts';
import { conflictSentence } from '../conflicts/conflict-lines.ts';
import { quotedReason } from '../errors/shop-reason.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { age, ago } from '../format/times.ts';
import { actorName } from '../history/event-lines.ts';
import type { Tone } from '../text/tones.ts';
import { visibleText } from '../text/visible-text.ts';
import type { Words } from '../words/words.ts';
import { connectionWords, findingLabel, findingSentence } from './cause-words.ts';

/** How sure, in one word. */
export const certaintyWord = (certainty: Certainty, words: Words): string => words.domain.certainty[certainty];

/** What to do next, as one sentence. */
export const adviceSentence = (advice: Advice, words: Words): string => words.domain.advice[advice];

/** What to do next, in two or three words. */
export const adviceLabel = (advice: Advice, words: Words): string => words.domain.adviceShort[advice];

/** How sure, as a sign that also holds without colour. */
export const certaintySign = (certainty: Certainty): string =>
  ({ confirmed: '●', likely: '◐', possible: '○', 'ruled-out': '×' })[certainty];

/** One fact without its age. */
export const factSentence = (evidence: Evidence, format: FormatContext): string => {
  const { words } = format;
  const said = words.domain.evidence;
  switch (evidence.kind) {
    case 'shop-says':
      return said.shopSays(evidence.shopSays, formatRef(evidence.ref));
    case 'shop-does-not-know':
      return said.shopDoesNotKnow(formatRef(evidence.ref));
    case 'another-under-id':
      return said.anotherUnderId(formatRef(evidence.ref), evidence.sku);
    case 'shop-does-not-answer':
      return said.shopDoesNotAnswer(quotedReason(evidence, words));
    case 'shop-answers':
      return said.shopAnswers;
    case 'shop-is-paused':
      return said.shopIsPaused;
    case 'link-removed': {
      const removed = said.linkRemoved(
        actorName(evidence.by, words),
        words.domain.removal[evidence.because],
        formatRef(evidence.ref),
      );
      return evidence.note === undefined ? removed : `${removed}; ${said.note(evidence.note)}`;
    }
    case 'no-removal-known':
      return said.noRemovalKnown;
    case 'in-conflict':
      return conflictSentence(evidence.conflict, format);
    case 'id-held-by':
      return said.idHeldBy(formatRef(evidence.ref), format.productName(evidence.holder));
    case 'no-conflict':
      return said.noConflict;
    case 'marked-not-for-this-shop': {
      const marked = said.markedNotForThisShop(evidence.by);
      return evidence.text === undefined ? marked : `${marked}; ${said.note(evidence.text)}`;
    }
    case 'created-in-warehouse':
      return said.createdInWarehouse;
    case 'fetched-from':
      return said.fetchedFrom(format.shopName(evidence.shopId));
    case 'complete-reading-without-it':
      return said.completeReadingWithoutIt(words.domain.listings(number(evidence.listings, words)));
    case 'no-complete-reading':
      return said.noCompleteReading;
    case 'created-after-reading':
      return said.createdAfterReading;
    case 'listing-seen-unlinked':
      return said.listingSeenUnlinked(formatRef(evidence.ref));
    case 'near-spelling': {
      const [ours, theirs] = [visibleText(evidence.ours), visibleText(evidence.theirs)];
      const say = evidence.field === 'sku' ? said.nearSku : said.nearGtin;
      return say(ours, theirs, formatRef(evidence.ref));
    }
    case 'no-near-spelling':
      return said.noNearSpelling;
    case 'ruled-not-the-same':
      return said.ruledNotTheSame(evidence.by, formatRef(evidence.ref));
    case 'hidden-after-zero':
      return said.hiddenAfterZero(formatRef(evidence.ref));
    case 'parent-known':
      return said.parentKnown(formatRef(evidence.ref));
    case 'refused': {
      const why =
        evidence.why === 'unintelligible' ? words.domain.refusedFor.unintelligible : words.domain.refusal[evidence.why];
      return said.refused(
        evidence.said === undefined ? why : `${why} (${quotedReason({ said: evidence.said }, words)})`,
      );
    }
    default:
      return evidence satisfies never;
  }
};

/** One fact with its age: `the shop says "draft" about 10234 (3 min ago)`. */
export function evidenceSentence(evidence: Evidence, format: FormatContext): string {
  const said = factSentence(evidence, format);
  const { live, asked } = format.words.domain.evidence;
  const isLive = 'live' in evidence && evidence.live;
  if (evidence.at === undefined) return isLive ? `${said} (${live})` : said;
  // An answer grows old on the screen like any other figure.
  const since = ago(evidence.at, format.now, format.words);
  return `${said} (${isLive ? asked(since) : since})`;
}

/** One cause made ready to draw: every line is a whole text. */
export type FindingLines = {
  readonly cause: Cause;
  readonly certainty: Certainty;
  readonly sign: string;
  readonly certaintyWord: string;
  readonly label: string;
  readonly sentence: string;
  readonly evidence: readonly string[];
  readonly against: readonly string[];
  /** How old the oldest fact is: "3 min". */
  readonly age?: string;
  readonly advice: string;
  readonly adviceLabel: string;
};

/** A finding in words: cause, how sure, what speaks for and against, how old, and the one next step. */
export function findingLines(finding: Finding, format: FormatContext): FindingLines {
  const { words } = format;
  return {
    cause: finding.cause,
    certainty: finding.certainty,
    sign: certaintySign(finding.certainty),
    certaintyWord: certaintyWord(finding.certainty, words),
    label: findingLabel(finding, words),
    sentence: findingSentence(finding, words),
    evidence: finding.evidence.map((fact) => evidenceSentence(fact, format)),
    against: finding.against.map((fact) => evidenceSentence(fact, format)),
    age: finding.asOf === undefined ? undefined : age(finding.asOf, format.now, words),
    advice: adviceSentence(finding.next, words),
    adviceLabel: adviceLabel(finding.next, words),
  };
}

type Headline = Pick<FormatContext, 'words' | 'now'>;
type Linked = Extract<Diagnosis, { verdict: 'integrated' }>;

/** The verdict in one sentence: what a person reads first. What is to be known of a link that stands follows in its notes. */
export function diagnosisHeadline(diagnosis: Diagnosis, { words, now }: Headline): string {
  if (diagnosis.verdict === 'not-integrated') return findingSentence(diagnosis.findings[0], words);
  const ref = formatRef(diagnosis.integration.ref);
  if (diagnosis.stale === undefined) return words.domain.integrated(ref);
  return words.domain.integratedStale(ref, staleReason(diagnosis, words, now));
}

/** The verdict in a few words, for a table cell. */
export function diagnosisLabel(diagnosis: Diagnosis, words: Words): string {
  if (diagnosis.verdict === 'not-integrated') return findingLabel(diagnosis.findings[0], words);
  if (diagnosis.stale !== undefined) return staleReason(diagnosis, words);
  const note = firstNote(diagnosis.notes);
  return note === undefined ? words.domain.place.linked : words.domain.linkNoteShort[note.kind];
}

/** Why nothing gets through, in a few words. */
export const staleLabel = ({ why, trouble }: StaleReason, words: Words): string =>
  why === 'connection-down'
    ? connectionWords(trouble ?? { kind: 'unreachable' }, words).label
    : words.domain.refusal[why];

/** The same, with what was said and how long ago that was learned where a moment is given. */
function staleReason({ stale, staleSince, staleSaid, trouble }: Linked, words: Words, now?: Instant): string {
  if (stale === undefined) return '';
  const why = staleLabel({ why: stale, trouble }, words);
  if (now === undefined) return why;
  const said = staleSaid === undefined || staleSaid === '' ? '' : quotedReason({ said: staleSaid }, words);
  const more = [said, staleSince === undefined ? '' : ago(staleSince, now, words)].filter((part) => part !== '');
  return more.length === 0 ? why : `${why} (${more.join(', ')})`;
}

/** How a verdict is meant, for a colour beside the words. */
export function diagnosisTone(diagnosis: Diagnosis): Tone {
  if (diagnosis.verdict === 'integrated')
    return diagnosis.stale === undefined && !(diagnosis.notes ?? []).some(needsAttention) ? 'good' : 'waiting';
  switch (diagnosis.findings[0].cause) {
    case 'only-in-warehouse':
    case 'not-for-this-shop':
    case 'never-in-this-shop':
    case 'shop-paused':
      return 'quiet';
    default:
      return 'waiting';
  }
}
