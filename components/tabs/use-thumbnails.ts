import { useEffect, useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';
import type { ShownPicture } from '../../src/services/pictures/picture-service.ts';
import type { ComparedPictures } from '../../src/views/product/content-compare.ts';
import { canDraw } from '../../src/views/terminal/picture.ts';
import { useApp } from '../context/app-context.ts';
import { useDebounced } from '../context/use-debounced.ts';
import { usePictureProtocol } from './use-picture-protocol.ts';

/** A picture, and whose it is: a shop's, or ours where no shop is named. */
export type Thumbnail = { readonly shopId?: ShopId; readonly picture: ShownPicture };

const none: readonly Thumbnail[] = [];

/**
 * The picture of the shop under the cursor, and ours beside it where the shop shows another one. Nothing is fetched
 * where the terminal draws no pictures or a card asks nothing by itself, nor while the cursor is on its way.
 */
export function useThumbnails(
  { product, places }: ProductCard,
  shopId: ShopId | undefined,
  { found }: ComparedPictures,
): readonly Thumbnail[] {
  const { services, askOnOpen, busy, perform } = useApp();
  const protocol = usePictureProtocol();
  const [shown, setShown] = useState<readonly Thumbnail[]>(none);
  const isWanted = protocol !== undefined && askOnOpen;
  const addressAt = (id: ShopId): string => places.find(({ shop }) => shop.id === id)?.listing?.content.imageUrl ?? '';
  const isOurs =
    shopId !== undefined && (addressAt(shopId) === product.content.imageUrl || found.get(shopId)?.kind === 'same');
  // Shops whose pictures are the same show the same one: it is fetched once, as ours.
  const wanted = shopId === undefined || isOurs ? '' : shopId;
  const settled = useDebounced(wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shop that the cursor came to rest on
  useEffect(() => {
    if (!isWanted || settled !== wanted) return undefined;
    const stop = new AbortController();
    const end = busy.begin();
    const asked: readonly (ShopId | undefined)[] = shopId === undefined || isOurs ? [undefined] : [shopId, undefined];
    Promise.all(
      asked.map(async (id): Promise<readonly Thumbnail[]> => {
        const picture = await services.pictures.show({ productId: product.id, shopId: id, signal: stop.signal });
        const isDrawable = picture !== undefined && protocol !== undefined && canDraw(protocol, picture.format);
        return isDrawable ? [{ shopId: id, picture }] : none;
      }),
    )
      .then((all) => {
        if (!stop.signal.aborted) setShown(all.flat());
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) perform(() => Promise.reject(error));
      })
      .finally(end);
    return () => stop.abort();
  }, [services, isWanted, product.id, settled, wanted]);
  return isWanted ? shown : none;
}
