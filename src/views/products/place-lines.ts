import type { Place } from '../../services/services.ts';
import { age } from '../ages.ts';
import { number } from '../numbers.ts';
import { shownRef } from '../refs.ts';
import type { Telling } from '../telling.ts';
import type { Tone } from '../tones.ts';
import { adviceLabel, certaintyWord, diagnosisLabel, diagnosisTone } from '../triage/diagnosis-lines.ts';
import type { Words } from '../words.ts';

/** What a product's place in a shop comes to. */
export type PlaceState = 'linked' | 'stale' | 'missing' | 'conflict' | 'inactive' | 'unexpected' | 'trouble';

/** The state of a place: from its diagnosis, so that list and explanation never disagree. */
export function placeState(place: Pick<Place, 'diagnosis' | 'expected'>): PlaceState {
  const { diagnosis } = place;
  if (diagnosis.verdict === 'integrated') return diagnosis.stale === undefined ? 'linked' : 'stale';
  switch (diagnosis.findings[0].cause) {
    case 'connection-down':
      return 'trouble';
    case 'shop-id-taken':
    case 'sku-twice-in-shop':
    case 'ambiguous':
      return 'conflict';
    case 'inactive-in-shop':
      return 'inactive';
    default:
      return place.expected ? 'missing' : 'unexpected';
  }
}

const signs: Readonly<Record<PlaceState, string>> = {
  linked: '✓',
  stale: '!',
  missing: '×',
  conflict: '≠',
  inactive: '–',
  unexpected: '·',
  trouble: '?',
};

/** A place's state as a sign that also holds without colour. */
export const placeSign = (state: PlaceState): string => signs[state];

/** A place's state in a word or two. */
export const placeWord = (state: PlaceState, words: Words): string => words.domain.place[state];

/** A product's line in one shop made ready to draw. Empty texts are nothing to say. */
export type PlaceLine = {
  readonly state: PlaceState;
  readonly sign: string;
  readonly word: string;
  readonly tone: Tone;
  readonly shop: string;
  readonly ref: string;
  /** The shop's own word for how it stands. */
  readonly shopSays: string;
  readonly lastSent: string;
  readonly shopHas: string;
  /** How old what the shop said is. */
  readonly age: string;
  /** The cause, with how sure; empty where all is well. */
  readonly why: string;
  readonly next: string;
};

/** A product's place in a shop in words; the line is drawn also where the link is missing. */
export function placeLine(place: Place, telling: Telling): PlaceLine {
  const { words, now } = telling;
  const { listing, integration, diagnosis } = place;
  const state = placeState(place);
  const ref = integration?.ref ?? listing?.ref ?? place.tombstone?.integration.ref;
  const finding = diagnosis.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
  return {
    state,
    sign: placeSign(state),
    word: placeWord(state, words),
    tone: diagnosisTone(diagnosis),
    shop: place.shop.name,
    ref: ref === undefined ? '' : shownRef(ref),
    shopSays: listing === undefined ? '' : listing.goneAt === undefined ? listing.shopSays : words.domain.removedThere,
    lastSent:
      integration?.pushed === undefined
        ? integration === undefined
          ? ''
          : words.domain.never
        : number(integration.pushed.quantity, words),
    shopHas: shopHas(place, words),
    age: listing === undefined ? '' : age(listing.seenAt, now, words),
    why: whyLine(place, words),
    next: finding === undefined ? '' : adviceLabel(finding.next, words),
  };
}

const shopHas = ({ listing }: Place, words: Words): string => {
  if (listing === undefined || listing.goneAt !== undefined) return '';
  if (!listing.stock.tracked) return '∞';
  return listing.stock.quantity === undefined ? '?' : number(listing.stock.quantity, words);
};

const whyLine = ({ diagnosis }: Place, words: Words): string => {
  if (diagnosis.verdict === 'integrated') return diagnosis.stale === undefined ? '' : diagnosisLabel(diagnosis, words);
  const [finding] = diagnosis.findings;
  return `${diagnosisLabel(diagnosis, words)} (${certaintyWord(finding.certainty, words)})`;
};

/** How many of the expected shops have it: "4 of 5 shops". */
export const linkedOf = (linked: number, expected: number, words: Words): string =>
  expected === 0 ? words.domain.noShops : words.domain.ofShops(number(linked, words), number(expected, words));
