import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import { useApp } from '../context/app-context.ts';
import { useConfirmMany } from './use-confirm-many.ts';
import { useFetchAll } from './use-fetch-all.ts';

/** What can be done with many products at once: each gets a result of its own, and those that failed can be tried again. */
export function useBulkActions(shopId?: ShopId): (products: readonly Product[], onDone: () => void) => void {
  const { services, words, openDialog, perform, notify, go } = useApp();
  const confirmMany = useConfirmMany();
  const fetchAll = useFetchAll(shopId);
  const shopIds = shopId === undefined ? undefined : [shopId];

  const notHere = (ids: readonly ProductId[], here: ShopId, onDone: () => void): void =>
    perform(async () => {
      await services.marks.addAll(ids.map((productId) => ({ productId, shopId: here, kind: 'not-for-this-shop' })));
      onDone();
      notify(words.screen.bulkMarked(String(ids.length)));
    });
  return (products, onDone) => {
    const ids = products.map((product) => product.id);
    if (ids.length === 0) return;
    const confirmed = (run: () => void) => () => confirmMany(ids.length, run);
    openDialog({
      kind: 'menu',
      title: words.screen.bulkTitle(String(ids.length)),
      choices: [
        { label: words.screen.bulkFetch, run: () => fetchAll(products, onDone) },
        {
          label: words.screen.bulkPush,
          run: () => go({ screen: 'push', productIds: ids, shopIds, make: true, marked: true }),
        },
        ...(shopId === undefined
          ? []
          : [{ label: words.screen.bulkNotHere, run: confirmed(() => notHere(ids, shopId, onDone)) }]),
      ],
    });
  };
}
