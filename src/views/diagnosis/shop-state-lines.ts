import type { Instant } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { figureCause } from '../../domain/integrations/figure-cause.ts';
import { integrationState, type LocationState } from '../../domain/integrations/integration-state.ts';
import { shownRef } from '../../domain/integrations/shown-ref.ts';
import { figureKnownAt, type Listing } from '../../domain/listing.ts';
import { type PlaceState, placeState } from '../../domain/lookup/place-state.ts';
import type { Product } from '../../domain/product.ts';
import { type ShopFigure, shopFigure } from '../../domain/push/shop-figure.ts';
import type { Place } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { age } from '../format/times.ts';
import { cleanName } from '../text/cell-text.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { adviceLabel, certaintyWord, diagnosisLabel, diagnosisTone } from './diagnosis-lines.ts';

/** The figure that a shop ought to have, the one it is known to have, and whether they differ. */
export const shopFigures = (place: Place, product: Product) => integrationState({ ...place, product });

/** The state of a place of a card. */
export const shopState = (place: Place, product: Product): PlaceState =>
  placeState({ ...place, stockDiffers: shopFigures(place, product).stockDiffers });

const signs: Readonly<Record<PlaceState, string>> = {
  linked: '✓',
  unbuyable: '!',
  differs: '◐',
  stale: '!',
  missing: '×',
  conflict: '≠',
  inactive: '–',
  unexpected: '·',
  trouble: '?',
};

const tones: Readonly<Record<PlaceState, Tone>> = {
  linked: 'good',
  unbuyable: 'waiting',
  differs: 'waiting',
  stale: 'waiting',
  missing: 'wrong',
  conflict: 'wrong',
  inactive: 'waiting',
  unexpected: 'quiet',
  trouble: 'wrong',
};

/** How a place's state is meant, where nothing but the state is known. */
export const shopStateTone = (state: PlaceState): Tone => tones[state];

/** A place's state as a sign that also holds without colour. */
export const shopStateSign = (state: PlaceState): string => signs[state];

/** A place's state in a word or two. */
export const shopStateWord = (state: PlaceState, words: Words): string => words.domain.place[state];

/** A product's line in one shop made ready to draw. Empty texts are nothing to say. */
export type ShopStateLine = {
  readonly state: PlaceState;
  readonly sign: string;
  readonly word: string;
  readonly tone: Tone;
  readonly shop: string;
  readonly ref: string;
  /** The shop's own word for how it stands. */
  readonly shopSays: string;
  readonly lastSent: string;
  /** The figure that the shop ought to have; empty without a link. */
  readonly ours: string;
  readonly shopHas: string;
  /** How far the shop's figure is from ours: "+12", "-229"; empty where they agree or one is not known. */
  readonly difference: string;
  /** How old what the shop said is. */
  readonly age: string;
  /** The cause, with how sure; empty where all is well. */
  readonly why: string;
  readonly next: string;
};

/** A product's place in a shop in words; the line is drawn also where the link is missing. */
export function shopStateLine(place: Place, product: Product, format: FormatContext): ShopStateLine {
  const { words, now } = format;
  const { listing, integration, diagnosis } = place;
  const state = shopState(place, product);
  const { wanted, shopHas: has, stockDiffers, atLocations } = shopFigures(place, product);
  const ref = shownRef(place);
  const finding = diagnosis.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
  return {
    state,
    sign: shopStateSign(state),
    word: shopStateWord(state, words),
    tone: state === 'differs' ? 'waiting' : diagnosisTone(diagnosis),
    shop: place.shop.name,
    ref: ref === undefined ? '' : formatRef(ref),
    shopSays: listing === undefined ? '' : listing.goneAt === undefined ? listing.shopSays : words.domain.deletedInShop,
    lastSent:
      integration?.pushed === undefined
        ? integration === undefined
          ? ''
          : words.domain.never
        : number(integration.pushed.quantity, words),
    ours: wanted === undefined ? '' : number(wanted, words),
    shopHas: shopHas(place, words),
    difference:
      stockDiffers && wanted !== undefined && has !== undefined && has !== wanted ? signed(has - wanted, words) : '',
    age: listing === undefined ? '' : age(figureAt(listing, integration), now, words),
    why:
      state === 'differs'
        ? words.screen.figureWhy[figureCause({ integration, product }, { wanted, atLocations })]
        : whyLine(place, words),
    next: finding === undefined ? '' : adviceLabel(finding.next, words),
  };
}

const signed = (value: number, words: Words): string => `${value > 0 ? '+' : ''}${number(value, words)}`;

/** What a shop has at each of its locations, and ought to have where that differs: "Aarhus 4", "Odense 2 (ought to have 3)". */
export const locationFigures = (atLocations: readonly LocationState[] | undefined, words: Words): readonly string[] =>
  (atLocations ?? []).map((state) => {
    const { name, wanted, shopHas: has } = state;
    const there = `${cleanName(name)} ${locationFigure(state, words)}`;
    return has === wanted
      ? there
      : `${there} ${words.domain.oughtToHave(wanted === undefined ? '?' : number(wanted, words))}`;
  });

/** What a shop has at one of its locations: a figure, "not stocked", or "?" where that was never read. */
export const locationFigure = (
  { shopHas: has, notStocked }: Pick<LocationState, 'shopHas' | 'notStocked'>,
  words: Words,
): string => (notStocked === true ? words.domain.notStockedThere : has === undefined ? '?' : number(has, words));

/** When the shop's figure was last known: it was read, or the shop took the one we sent. */
export const figureAt = (listing: Listing, integration: Integration | undefined): Instant =>
  figureKnownAt(listing, integration?.pushed);

const shopHas = ({ listing }: Place, words: Words): string =>
  listing === undefined ? '' : shownFigure(listing, words);

/** The stock of a listing for a table cell: a figure, or a sign where the shop counts it otherwise or not at all. */
export const shownFigure = (listing: Listing, words: Words): string =>
  listing.goneAt === undefined ? figureText(shopFigure(listing), words) : '';

/** What a shop says of its stock of one thing, for a table cell. */
export const figureText = (figure: ShopFigure, words: Words): string => {
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
  const label = diagnosisLabel(diagnosis, words);
  // What is sure needs no word for it: the word is for what is not.
  return finding.certainty === 'confirmed' ? label : `${label} (${certaintyWord(finding.certainty, words)})`;
};

/** How many of the expected shops have it: "4 of 5 shops". */
export const linkedShare = (linked: number, expected: number, words: Words): string =>
  expected === 0 ? words.domain.noShops : words.domain.ofShops(number(linked, words), number(expected, words));
