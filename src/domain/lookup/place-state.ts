import type { Diagnosis } from '../diagnosis/diagnosis.ts';

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

/** The state of a place: from its diagnosis and its figure, so that lists and explanations never disagree. */
export function placeState({ diagnosis, expected, stockDiffers }: JudgedPlace): PlaceState {
  if (diagnosis.verdict === 'integrated') {
    if (diagnosis.stale !== undefined) return 'stale';
    if (diagnosis.notes?.some(({ kind }) => kind === 'cannot-be-bought') === true) return 'unbuyable';
    return stockDiffers ? 'differs' : 'linked';
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
      return expected ? 'missing' : 'unexpected';
  }
}
