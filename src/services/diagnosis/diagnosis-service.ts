import type { BrokeAt } from '../../domain/diagnosis/compare-stock.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { LiveAnswer } from '../../domain/diagnosis/place-facts.ts';
import type { Instant, ProductId, ShopId } from '../../domain/ids.ts';
import type { Content, Stock } from '../../domain/product.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

/** Warehouse, last sent, and what the shop says now; and where between them it broke. */
export type StockComparison = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  readonly wanted: number;
  readonly stock: Stock;
  readonly lastSent?: number;
  readonly lastSentAt?: Instant;
  readonly shopNow?: number;
  readonly brokeAt: BrokeAt;
  readonly content: readonly { readonly field: keyof Content; readonly ours: string; readonly theirs: string }[];
  readonly trouble?: ShopFailure;
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
