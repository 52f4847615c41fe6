import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import { useAddNote } from '../actions/use-add-note.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useFetch } from '../actions/use-fetch.ts';
import { useApp } from '../context/app-context.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';

/** What the keys do with a product of which a row knows only the id. */
export function useRowBindings(): (productId: ProductId, shopId: ShopId, name: string) => Actions {
  const { go } = useApp();
  const copy = useCopy();
  const fetch = useFetch();
  const note = useAddNote();
  return (productId, shopId, name) => ({
    why: () => go({ screen: 'product', productId, tab: 'why', shopId }),
    timeline: () => go({ screen: 'product', productId, tab: 'timeline' }),
    fetch: () => fetch([productId], [shopId]),
    copy: () => copy(name, name),
    note: () => note(productId, shopId),
  });
}
