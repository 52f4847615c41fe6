import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Mark } from '../../domain/mark.ts';
import type { PushGuard, PushRefusal } from '../../domain/push-plan.ts';
import type { InactiveReport } from '../inactive/inactive-service.ts';
import type { IntegrationPage } from '../integrations/integration-service.ts';
import type { Pattern } from '../patterns/pattern-service.ts';

/** Linked places where the shop shows another figure than it ought to. */
export type StockDifferences = {
  readonly count: number;
  /** Of them, those where our figure has stood for more than a day. */
  readonly old: number;
  readonly byShop: ReadonlyMap<ShopId, number>;
  readonly productIds: readonly ProductId[];
  /** Of them, those whose link takes no figure until something is mended at the product, by what it is. */
  readonly stuck: { readonly byWhy: ReadonlyMap<PushRefusal, number>; readonly productIds: readonly ProductId[] };
};

/** Figures that would not go out unasked, by the first guard that stops each. */
export type HeldPushes = {
  readonly byGuard: ReadonlyMap<PushGuard, number>;
  readonly productIds: readonly ProductId[];
};

/** What has to be worked out over the whole warehouse before anybody can say what needs a person. */
export type Attention = {
  readonly patterns: readonly Pattern[];
  readonly report: InactiveReport;
  /** The newest first. */
  readonly notes: readonly Mark[];
  /** Without a shop where there are too many links to count them for a first page. */
  readonly counts: ReadonlyMap<ShopId, IntegrationPage['counts']>;
  readonly differences: StockDifferences;
  readonly held: HeldPushes;
};

/** What the first page tells of. */
export type OverviewService = {
  attention(): Promise<Attention>;
};
