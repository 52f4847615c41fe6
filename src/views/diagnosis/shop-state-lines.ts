import { shopFigure } from '../../domain/push/shop-figure.ts';
import type { Place } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { age } from '../format/times.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { adviceLabel, certaintyWord, diagnosisLabel, diagnosisTone } from './diagnosis-lines.ts';

/** What a product's place in a shop comes to. */
export type ShopState =
  | 'linked'
  | 'unbuyable'
  | 'stale'
  | 'missing'
  | 'conflict'
  | 'inactive'
  | 'unexpected'
  | 'trouble';

/** The state of a place: from its diagnosis, so that list and explanation never disagree. */
export function shopState(place: Pick<Place, 'diagnosis' | 'expected'>): ShopState {
  const { diagnosis } = place;
  if (diagnosis.verdict === 'integrated') {
    if (diagnosis.stale !== undefined) return 'stale';
    return diagnosis.notes?.some(({ kind }) => kind === 'cannot-be-bought') === true ? 'unbuyable' : 'linked';
  }
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

const signs: Readonly<Record<ShopState, string>> = {
  linked: '✓',
  unbuyable: '!',
  stale: '!',
  missing: '×',
  conflict: '≠',
  inactive: '–',
  unexpected: '·',
  trouble: '?',
};

/** A place's state as a sign that also holds without colour. */
export const shopStateSign = (state: ShopState): string => signs[state];

/** A place's state in a word or two. */
export const shopStateWord = (state: ShopState, words: Words): string => words.domain.place[state];

/** A product's line in one shop made ready to draw. Empty texts are nothing to say. */
export type ShopStateLine = {
  readonly state: ShopState;
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
export function shopStateLine(place: Place, format: FormatContext): ShopStateLine {
  const { words, now } = format;
  const { listing, integration, diagnosis } = place;
  const state = shopState(place);
  const ref = integration?.ref ?? listing?.ref ?? place.tombstone?.integration.ref;
  const finding = diagnosis.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
  return {
    state,
    sign: shopStateSign(state),
    word: shopStateWord(state, words),
    tone: diagnosisTone(diagnosis),
    shop: place.shop.name,
    ref: ref === undefined ? '' : formatRef(ref),
    shopSays: listing === undefined ? '' : listing.goneAt === undefined ? listing.shopSays : words.domain.deletedInShop,
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
  const figure = shopFigure(listing);
  switch (figure.kind) {
    case 'counted':
      return number(figure.quantity, words);
    case 'not-counted':
      return figure.outOfStock ? '0 (∞)' : '∞';
    case 'on-parent':
      return '↑';
    default:
      return '?';
  }
};

const whyLine = ({ diagnosis }: Place, words: Words): string => {
  if (diagnosis.verdict === 'integrated')
    return diagnosis.stale === undefined && diagnosis.notes === undefined ? '' : diagnosisLabel(diagnosis, words);
  const [finding] = diagnosis.findings;
  return `${diagnosisLabel(diagnosis, words)} (${certaintyWord(finding.certainty, words)})`;
};

/** How many of the expected shops have it: "4 of 5 shops". */
export const linkedShare = (linked: number, expected: number, words: Words): string =>
  expected === 0 ? words.domain.noShops : words.domain.ofShops(number(linked, words), number(expected, words));
