import type { LiveAnswer } from '../../domain/diagnosis/place-facts.ts';
import type { PlanId, ProductId, ShopId } from '../../domain/ids.ts';
import type { PushPlan, PushRow, PushRowResult } from '../../domain/push-plan.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

export type PushRequest = {
  readonly shopIds?: readonly ShopId[];
  readonly productIds?: readonly ProductId[];
  /** The rows that the plan is about; the others are neither kept nor sent with it. */
  readonly only?: (row: PushRow) => boolean;
  /** What shops said of these products when they were asked: figures that are newer than what is stored count. */
  readonly answers?: readonly LiveAnswer[];
};

export type PushApply = {
  readonly planId: PlanId;
  /** How many zeroes (jumps, negatives, first pushes) the person has seen and means, by number. */
  readonly yes?: {
    readonly zeroes?: number;
    readonly jumps?: number;
    readonly firsts?: number;
    readonly negatives?: number;
    readonly changed?: number;
  };
  readonly onProgress?: (done: number, total: number) => void;
};

export type PushResult = {
  readonly planId: PlanId;
  readonly results: readonly PushRowResult[];
  /** Written in the shop. */
  readonly sent: number;
  /** The shop had the figure already: nothing was written. */
  readonly alreadyThere: number;
  readonly refused: number;
  readonly heldByGuard: number;
  readonly reRead: number;
  readonly troubles: readonly ShopFailure[];
  readonly cancelled: boolean;
};

/** Plans, shows and sends stock figures. */
export type PushService = {
  /** Kept plans, the newest first. */
  planIds(limit: number): Promise<readonly PlanId[]>;
  storedPlan(id: PlanId): Promise<PushPlan | undefined>;
  /** How the rows of an applied plan ended, as far as it was written down. */
  results(id: PlanId): Promise<readonly PushRowResult[]>;
  /** The newest plan, where its push was broken off before every row had its turn. */
  interruptedPlan(): Promise<PushPlan | undefined>;
  plan(request: PushRequest): Promise<PushPlan>;
  apply(request: PushApply, signal: AbortSignal): Promise<PushResult>;
};
