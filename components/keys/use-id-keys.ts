import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import { useCopy } from '../acts/use-copy.ts';
import { useFetch } from '../acts/use-fetch.ts';
import { useNote } from '../acts/use-note.ts';
import { useDesk } from '../desk/use-desk.ts';
import type { Actions } from '../terminal/key-desk.ts';

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
