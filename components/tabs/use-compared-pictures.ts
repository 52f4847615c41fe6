import { useEffect, useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';
import type { PictureComparison } from '../../src/services/pictures/picture-service.ts';
import type { ComparedPictures } from '../../src/views/product/content-compare.ts';
import { useApp } from '../context/app-context.ts';

const nothing: ComparedPictures = { found: new Map(), comparing: false };

/**
 * Compares the pictures of an open card in the background, where the settings let a card ask; anew when one of their
 * addresses changes. Leaving the tab breaks it off.
 */
export function useComparedPictures({ product, places }: ProductCard): ComparedPictures {
  const { services, askOnOpen, busy, perform } = useApp();
  const [pictures, setPictures] = useState<ComparedPictures>(nothing);
  const addresses = [product.content, ...places.map(({ listing }) => listing?.content)]
    .map((content) => content?.imageUrl ?? '')
    .join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the addresses are what is compared
  useEffect(() => {
    if (!askOnOpen) return undefined;
    const stop = new AbortController();
    const end = busy.begin();
    let found: ReadonlyMap<ShopId, PictureComparison> = new Map();
    setPictures({ found, comparing: true });
    const onCompared = (shop: ShopId, one: PictureComparison): void => {
      if (stop.signal.aborted) return;
      found = new Map([...found, [shop, one]]);
      setPictures({ found, comparing: true });
    };
    services.pictures
      .compare(product.id, { signal: stop.signal, onCompared })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) perform(() => Promise.reject(error));
      })
      .finally(() => {
        if (!stop.signal.aborted) setPictures({ found, comparing: false });
        end();
      });
    return () => stop.abort();
  }, [services, askOnOpen, product.id, addresses]);
  return pictures;
}
