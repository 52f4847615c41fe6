import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { FetchResult } from '../../src/services/fetch/fetch-service.ts';
import { failedOf } from '../../src/views/fetch/fetch-lines.ts';
import { shortName } from '../../src/views/format/format-context.ts';
import { useApp } from '../context/app-context.ts';
import { useConfirmMany } from './use-confirm-many.ts';
import { useShowResults } from './use-show-results.ts';

/** Fetches many products again, after asking where they are very many: each gets a result, and those that failed can be tried again. */
export function useFetchAll(shopId?: ShopId): (products: readonly Product[], onDone: () => void) => void {
  const { services, words, runTask, messages } = useApp();
  const confirmMany = useConfirmMany();
  const beginResults = useShowResults();
  const shopIds = shopId === undefined ? undefined : [shopId];

  const fetchAll = (ids: readonly ProductId[], names: ReadonlyMap<ProductId, string>, onDone: () => void): void =>
    runTask(words.screen.fetching(String(ids.length)), async (signal) => {
      const show = beginResults();
      const onResult = (_: FetchResult, done: number, total: number): void =>
        messages.showProgress(words.screen.fetchingAt(String(done), String(total)));
      const results = await services.fetch.run({ asked: ids, shopIds, onResult }, signal);
      if (failedOf(results).length === 0) onDone();
      show({
        results,
        nameOf: (id) => names.get(id) ?? id,
        retry: (failed) => fetchAll([...new Set(failed.flatMap((result) => result.productId ?? []))], names, onDone),
      });
    });
  return (products, onDone) => {
    const names = new Map(products.map((product) => [product.id, shortName(product, words)]));
    const ids = products.map((product) => product.id);
    confirmMany(ids.length, () => fetchAll(ids, names, onDone));
  };
}
