import type { BrokeAt } from '../../domain/diagnosis/compare-stock.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { LiveAnswer } from '../../domain/diagnosis/place-facts.ts';
import type { Instant, ProductId, ShopId } from '../../domain/ids.ts';
import type { LocationState } from '../../domain/integrations/integration-state.ts';
import type { Content, Stock } from '../../domain/product.ts';
import type { ShopFigure } from '../../domain/push/shop-figure.ts';
import type { Localised } from '../../ports/platform.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

/** What the warehouse says just now, asked while the shops are. */
export type WarehouseWord = { readonly source: string; readonly label?: Localised } & (
  | {
      readonly kind: 'told';
      readonly stock: Stock;
      /** What the shop ought to be told by it; none where it sells from locations of which nothing is known. */
      readonly figure?: number;
    }
  /** The warehouse does not have it, or it was never matched there. */
  | { readonly kind: 'not-there' }
  /** Two products there may be it: which figure is meant, nobody can tell. */
  | { readonly kind: 'shared' }
  | { readonly kind: 'unreachable'; readonly trouble: ShopFailure }
);

/** Warehouse, ours, last sent, and what the shop says now; and where between them it broke. */
export type StockComparison = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  /** What the shop ought to have by what we keep; none where it sells from locations of which nothing is known. */
  readonly wanted?: number;
  /** Absent: our own stock is all there is. */
  readonly warehouse?: WarehouseWord;
  readonly stock: Stock;
  readonly lastSent?: number;
  readonly lastSentAt?: Instant;
  readonly shopNow?: number;
  /** The same in all its states; absent where the shop does not show it or could not be asked. */
  readonly shopFigure?: ShopFigure;
  /** At each location of the shop, where it is told at several. */
  readonly atLocations?: readonly LocationState[];
  readonly brokeAt: BrokeAt;
  readonly content: readonly { readonly field: keyof Content; readonly ours: string; readonly theirs: string }[];
  /** Why the shop could not be asked. */
  readonly trouble?: ShopFailure;
  /** What of it nobody can read, where the shop shows it so. */
  readonly unreadable?: Pick<BrokenRow, 'where' | 'said'>;
};

/** Why a product is linked in a shop or not, and where stock figures part. */
export type DiagnosisService = {
  explain(
    productId: ProductId,
    shopId?: ShopId,
    live?: { readonly signal: AbortSignal },
  ): Promise<readonly Diagnosis[]>;
  /** Asks the shops in the background what they show of a product; each answer is told as it comes, nothing is written. */
  askShops(
    productId: ProductId,
    asking: { readonly signal: AbortSignal; readonly onAnswer: (shop: ShopId, answer: LiveAnswer) => void },
  ): Promise<void>;
  compareStock(
    request: { readonly productId?: ProductId; readonly shopId?: ShopId },
    signal: AbortSignal,
  ): Promise<readonly StockComparison[]>;
};
