import type { Place, ProductCard } from '../../src/services/services.ts';
import { shownRef } from '../../src/views/refs.ts';
import { shortName } from '../../src/views/telling.ts';
import { useCopy } from '../acts/use-copy.ts';
import { useShopLink } from '../acts/use-shop-link.ts';
import { useDesk } from '../desk/use-desk.ts';
import type { Actions } from '../terminal/key-desk.ts';
import { useProductKeys } from './use-product-keys.ts';

/** What the keys do with one product in one shop. */
export function usePlaceKeys(card: ProductCard, place: Place | undefined): Actions {
  const { services, words, ask, act, say, go } = useDesk();
  const copy = useCopy();
  const showLink = useShopLink();
  const keys = useProductKeys()(card.product, place?.shop.id);
  if (place === undefined) return keys;
  const { product } = card;
  const { shop, integration, conflict, listing, tombstone } = place;
  const ref = integration?.ref ?? listing?.ref ?? tombstone?.integration.ref;
  const name = shortName(product, words);

  const remove = (): void =>
    ask({
      kind: 'confirm',
      title: words.screen.removeTitle(name, shop.name),
      lines: [
        { text: words.screen.removeEffect(shop.name), tone: 'waiting' },
        { text: words.screen.removeUndo, tone: 'quiet' },
      ],
      yes: words.screen.removeYes,
      onYes: () =>
        act(async () => {
          await services.remove(product.id, shop.id, words.screen.removeNote);
          say(words.screen.removed(name, shop.name));
        }),
    });
  const notHere = (): void =>
    act(async () => {
      const kind = 'not-for-this-shop' as const;
      if (place.mark?.kind === kind) {
        await services.unmark({ productId: product.id, shopId: shop.id, kind });
        say(words.screen.expectedAgain(name, shop.name));
      } else {
        await services.mark({ productId: product.id, shopId: shop.id, kind });
        say(words.screen.notExpected(name, shop.name));
      }
    });
  return {
    ...keys,
    open: () => {
      if (conflict !== undefined) go({ screen: 'conflict', ref: conflict.ref });
      else keys.why?.();
    },
    ...(ref === undefined
      ? {}
      : {
          copy: () => copy(shownRef(ref), shownRef(ref)),
          holder: () => go({ screen: 'shop-id', text: ref.shopProductId }),
        }),
    ...(listing?.adminUrl === undefined ? {} : { 'shop-link': () => showLink(listing.adminUrl ?? '', shop.name) }),
    ...(integration === undefined ? {} : { remove }),
    'not-here': notHere,
  };
}
