import type { Instant, ProductId, ShopId } from '../../domain/ids.ts';
import type { InactiveRow } from '../../domain/inactive/inactive-row.ts';
import type { Money } from '../../domain/product.ts';
import type { FetchResult } from '../fetch/fetch-service.ts';

export type InactiveReport = {
  readonly rows: readonly InactiveRow[];
  readonly total: number;
  readonly value: readonly Money[];
  readonly byRung: Readonly<Record<InactiveRow['rung'], number>>;
  readonly ticked: number;
  /** Whether anything lies on the shelf: without, an empty list says nothing. */
  readonly anyGoods: boolean;
  /** Shops whose sales were never read: "no sale" is unknown there. */
  readonly withoutSales: readonly ShopId[];
};

export type InactiveQuery = {
  readonly shopIds?: readonly ShopId[];
  readonly productId?: ProductId;
  /** In whole units of a row's own currency. */
  readonly minValue?: number;
  readonly since?: Instant;
  readonly withTicked?: boolean;
  readonly offset?: number;
  readonly limit?: number;
};

/** Goods on the shelf that nobody can buy. */
export type InactiveService = {
  list(query: InactiveQuery): Promise<InactiveReport>;
  /** Asks the shops live about rows of the report and answers what each is now. */
  verify(
    rows: readonly { readonly productId: ProductId; readonly shopId: ShopId }[],
    signal: AbortSignal,
    onRow?: (row: FetchResult, done: number, total: number) => void,
  ): Promise<readonly FetchResult[]>;
};
