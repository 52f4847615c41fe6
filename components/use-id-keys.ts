import type { ProductId, ShopId } from '../src/domain/ids.ts';
import type { Actions } from './key-desk.ts';
import { useCopy } from './use-copy.ts';
import { useDesk } from './use-desk.ts';
import { useFetch } from './use-fetch.ts';
import { useNote } from './use-note.ts';

/** What the keys do with a product of which a row knows only the id. */
export function useIdKeys(): (productId: ProductId, shopId: ShopId, name: string) => Actions {
  const { go } = useDesk();
  const copy = useCopy();
  const fetch = useFetch();
  const note = useNote();
  return (productId, shopId, name) => ({
    why: () => go({ screen: 'product', productId, tab: 'why', shopId }),
    timeline: () => go({ screen: 'product', productId, tab: 'timeline' }),
    fetch: () => fetch([productId], [shopId]),
    copy: () => copy(name, name),
    note: () => note(productId, shopId),
  });
}
