import type { ShopId } from '../../domain/ids.ts';
import type { FoundPattern } from '../../domain/patterns/find-patterns.ts';

/** Many links lost in one go, turned from many cases into one. */
export type Pattern = FoundPattern;

/** Many links lost in one go, turned from many cases into one. */
export type PatternService = {
  list(shopId?: ShopId): Promise<readonly Pattern[]>;
};
