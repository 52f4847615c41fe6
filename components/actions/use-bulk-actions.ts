import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { FetchResult } from '../../src/services/fetch/fetch-service.ts';
import { shortName } from '../../src/views/format/format-context.ts';
import { useApp } from '../context/app-context.ts';
import { useConfirmMany } from './use-confirm-many.ts';
import { failedOf, useShowResults } from './use-show-results.ts';

/** What can be done with many products at once: each gets a result of its own, and those that failed can be tried again. */
export function useBulkActions(shopId?: ShopId): (products: readonly Product[], onDone: () => void) => void {
  const { services, words, openDialog, perform, runTask, notify, go, messages } = useApp();
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
  const notHere = (ids: readonly ProductId[], here: ShopId, onDone: () => void): void =>
    perform(async () => {
      await services.marks.addAll(ids.map((productId) => ({ productId, shopId: here, kind: 'not-for-this-shop' })));
      onDone();
      notify(words.screen.bulkMarked(String(ids.length)));
    });
  return (products, onDone) => {
    const ids = products.map((product) => product.id);
    const names = new Map(products.map((product) => [product.id, shortName(product, words)]));
    if (ids.length === 0) return;
    const confirmed = (run: () => void) => () => confirmMany(ids.length, run);
    openDialog({
      kind: 'menu',
      title: words.screen.bulkTitle(String(ids.length)),
      choices: [
        { label: words.screen.bulkFetch, run: confirmed(() => fetchAll(ids, names, onDone)) },
        { label: words.screen.bulkPush, run: () => go({ screen: 'push', productIds: ids, shopIds, make: true }) },
        ...(shopId === undefined
          ? []
          : [{ label: words.screen.bulkNotHere, run: confirmed(() => notHere(ids, shopId, onDone)) }]),
      ],
    });
  };
}
