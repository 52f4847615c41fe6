import type { ProductId } from '../../domain/ids.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { Route } from '../navigation/route.ts';
import type { Piece, Tone } from '../text/tones.ts';

/** A row of the first page, which Enter opens. */
export type FirstPageRow = {
  readonly id: string;
  readonly section: 'attention' | 'shops' | 'recent';
  readonly pieces: readonly Piece[];
  readonly route?: Route;
  /** What it is, who did it and when, and the one repair: shown while the cursor is on it. */
  readonly about: readonly AboutLine[];
  /** The products that it tells of, the most telling first. */
  readonly productIds?: readonly ProductId[];
  /** The shop that it tells of. */
  readonly shop?: ShopOverview;
  /** It tells of conflicts: they are looked up when the cursor is on it. */
  readonly conflicts?: true;
};

/** A line that is wrapped where it is shown. */
export type AboutLine = Piece;

/** One thing that needs a person, before it is cut to a row. */
export type AttentionItem = {
  readonly id: string;
  readonly said: string;
  /** The same in fewer cells, the longest first, for where it does not fit. */
  readonly shorter?: readonly string[];
  readonly route: Route;
  readonly tone: Tone;
  readonly about: FirstPageRow['about'];
  readonly repair: string;
  readonly productIds?: readonly ProductId[];
  readonly conflicts?: true;
};
