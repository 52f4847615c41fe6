import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { LinkNote } from '../diagnosis/link-notes.ts';

/** What a product's place in a shop comes to. */
export type PlaceState =
  | 'linked'
  | 'differs'
  | 'unbuyable'
  | 'stale'
  | 'missing'
  | 'conflict'
  | 'inactive'
  | 'unexpected'
  | 'trouble';

export type JudgedPlace = {
  readonly diagnosis: Diagnosis;
  /** Whether a link is expected there at all. */
  readonly expected: boolean;
  readonly stockDiffers: boolean;
};

type JudgedLink = {
  /** Nothing flows over it. */
  readonly isStale: boolean;
  readonly notes?: readonly LinkNote[];
  readonly stockDiffers: boolean;
};

/** The state of a link that stands: what keeps everything from flowing weighs more than what keeps people from buying. */
export function linkState({ isStale, notes = [], stockDiffers }: JudgedLink): PlaceState {
  if (isStale) return 'stale';
  if (notes.some(({ kind }) => kind === 'cannot-be-bought')) return 'unbuyable';
  return stockDiffers ? 'differs' : 'linked';
}

/** The state of a place: from its diagnosis and its figure, so that lists and explanations never disagree. */
export function placeState({ diagnosis, expected, stockDiffers }: JudgedPlace): PlaceState {
  if (diagnosis.verdict === 'integrated')
    return linkState({ isStale: diagnosis.stale !== undefined, notes: diagnosis.notes, stockDiffers });
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
      return expected ? 'missing' : 'unexpected';
  }
}
