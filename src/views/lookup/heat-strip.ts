import type { PlaceState } from '../../domain/lookup/place-state.ts';
import type { PlaceSummary } from '../../services/lookup/lookup-service.ts';
import { shopStateSign, shopStateTone, shopStateWord } from '../diagnosis/shop-state-lines.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

/** More shops than these are counted, not drawn one by one. */
export const maxStripShops = 12;

/** The shops one by one, each with a sign that holds without colour: "DK✓ NO✓ SE◐ DE– EU✓". */
export const heatStrip = (places: readonly PlaceSummary[]): string =>
  places.map(({ shopId, state }) => `${shopCode(shopId)}${shopStateSign(state)}`).join(' ');

/** What is shown of a strip, each shop in the tone of its state; what was cut off stays without. */
export const stripPieces = (shown: string, places: readonly PlaceSummary[]): readonly Piece[] => {
  const states = new Map(places.map((one) => [heatStrip([one]), one.state]));
  return shown.split(/( +)/).flatMap((text): readonly Piece[] => {
    if (text === '') return [];
    const state = states.get(text);
    return [{ text, tone: state === undefined ? undefined : shopStateTone(state) }];
  });
};

/** What needs a look first; what is as it should be last. */
const urgency: readonly PlaceState[] = [
  'trouble',
  'conflict',
  'missing',
  'stale',
  'unbuyable',
  'inactive',
  'differs',
  'linked',
  'unexpected',
];

/** A strip in words: "SE differs, 31 for 260 · DE inactive · DK, NO, EU linked"; what needs a look first. */
export function stripWords(places: readonly PlaceSummary[], words: Words): readonly Piece[] {
  const alike = Map.groupBy(
    places,
    (place) => `${place.state} ${place.state === 'differs' ? figures(place, words) : ''}`,
  );
  return [...alike.values()]
    .flatMap((group) => (group[0] === undefined ? [] : [{ first: group[0], group }]))
    .toSorted((a, b) => urgency.indexOf(a.first.state) - urgency.indexOf(b.first.state))
    .flatMap(({ first, group }, index): readonly Piece[] => {
      const shops = group.map(({ shopId }) => shopCode(shopId)).join(', ');
      const detail = first.state === 'differs' ? figures(first, words) : '';
      return [
        ...(index === 0 ? [] : [{ text: ' · ', tone: 'quiet' as const }]),
        { text: `${shops} ` },
        { text: `${shopStateWord(first.state, words)}${detail}`, tone: shopStateTone(first.state) },
      ];
    });
}

const figures = ({ wanted, shopHas }: PlaceSummary, words: Words): string =>
  wanted === undefined || shopHas === undefined
    ? ''
    : `, ${words.lists.hasForOurs(number(shopHas, words), number(wanted, words))}`;
