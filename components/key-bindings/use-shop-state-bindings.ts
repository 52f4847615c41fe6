import { shownRef } from '../../src/domain/integrations/shown-ref.ts';
import type { Place, ProductCard } from '../../src/services/lookup/lookup-service.ts';
import { shortName } from '../../src/views/format/format-context.ts';
import { formatRef } from '../../src/views/format/refs.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useShowShopLink } from '../actions/use-show-shop-link.ts';
import { useApp } from '../context/app-context.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { useProductBindings } from './use-product-bindings.ts';

/** What the keys do with one product in one shop. */
export function useShopStateBindings(card: ProductCard, place: Place | undefined): Actions {
  const { services, words, openDialog, perform, notify, go } = useApp();
  const copy = useCopy();
  const showLink = useShowShopLink();
  const keys = useProductBindings()(card.product, place?.shop.id);
  if (place === undefined) return keys;
  const { product } = card;
  const { shop, integration, conflict, listing } = place;
  const ref = shownRef(place);
  const name = shortName(product, words);

  const isMarked = place.mark?.kind === 'not-for-this-shop';
  const remove = (): void =>
    openDialog({
      kind: 'confirm',
      title: words.screen.removeTitle(name, shop.name),
      lines: [
        { text: words.screen.removeEffect(shop.name), tone: 'waiting' },
        { text: words.screen.removeUndo, tone: 'quiet' },
      ],
      yes: words.screen.removeYes,
      onYes: () =>
        perform(async () => {
          await services.integrations.remove(product.id, shop.id, words.screen.removeNote);
          notify(words.screen.removed(name, shop.name));
        }),
    });
  const askNotHere = (): void =>
    openDialog({
      kind: 'confirm',
      title: isMarked ? words.screen.expectAgainTitle(name, shop.name) : words.screen.notHereTitle(name, shop.name),
      lines: [{ text: words.screen.notHereUndo, tone: 'quiet' }],
      yes: isMarked ? words.screen.expectAgainYes : words.screen.notHereYes,
      onYes: notHere,
    });
  const notHere = (): void =>
    perform(async () => {
      const kind = 'not-for-this-shop' as const;
      if (isMarked) {
        await services.marks.remove({ productId: product.id, shopId: shop.id, kind });
        notify(words.screen.expectedAgain(name, shop.name));
      } else {
        await services.marks.add({ productId: product.id, shopId: shop.id, kind });
        notify(words.screen.notExpected(name, shop.name));
      }
    });
  return {
    ...keys,
    // The card says what p sends, and to how many shops: it is never narrowed to the one under the cursor.
    push: () => go({ screen: 'push', productIds: [product.id], make: true }),
    open: () => {
      if (conflict !== undefined) go({ screen: 'conflict', at: conflict.ref });
      else keys.why?.();
    },
    ...(ref === undefined
      ? {}
      : {
          copy: () => copy(formatRef(ref), formatRef(ref)),
          holder: () => go({ screen: 'shop-id', text: ref.shopProductId }),
        }),
    ...(listing?.adminUrl === undefined ? {} : { 'shop-link': () => showLink(listing.adminUrl ?? '', shop.name) }),
    remove: integration === undefined ? undefined : remove,
    'not-here': askNotHere,
  };
}
