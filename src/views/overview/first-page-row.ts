import type { Route } from '../navigation/route.ts';
import type { Piece } from '../text/tones.ts';

/** A row of the first page, which Enter opens. */
export type FirstPageRow = {
  readonly id: string;
  readonly section: 'attention' | 'shops' | 'recent';
  readonly pieces: readonly Piece[];
  readonly route?: Route;
};
