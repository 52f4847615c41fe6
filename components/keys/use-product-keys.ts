import type { ShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import { ticket } from '../../src/views/triage/ticket.ts';
import { useCopy } from '../acts/use-copy.ts';
import { useFetch } from '../acts/use-fetch.ts';
import { useNote } from '../acts/use-note.ts';
import { type Desk, useDesk } from '../desk/use-desk.ts';
import type { Actions } from '../terminal/key-desk.ts';

const ticketEvents = 20;

/** What the keys do with one product, on every screen that shows products. `shopId` narrows it to one shop. */
export function useProductKeys(): (product: Product | undefined, shopId?: ShopId) => Actions {
  const desk = useDesk();
  const copy = useCopy();
  const fetch = useFetch();
  const note = useNote();
  return (product, shopId) =>
    product === undefined ? {} : productActions({ desk, copy, fetch, note, product, shopId });
}

type Given = {
  readonly desk: Desk;
  readonly copy: ReturnType<typeof useCopy>;
  readonly fetch: ReturnType<typeof useFetch>;
  readonly note: ReturnType<typeof useNote>;
  readonly product: Product;
  readonly shopId?: ShopId;
};

function productActions({ desk, copy, fetch, note, product, shopId }: Given): Actions {
  const { services, words, go, ask, act, say } = desk;
  const { id } = product;
  const shopIds = shopId === undefined ? undefined : [shopId];

  const copyTicket = (): void =>
    act(async () => {
      const card = await services.product(id);
      if (card === undefined) return;
      const events = await services.timeline({ productId: id, limit: ticketEvents });
      copy(ticket({ card, events }, desk.telling([card.product])), words.screen.theTicket);
    });
  const count = (): void =>
    ask({
      kind: 'prompt',
      title: words.screen.countTitle,
      start: String(product.stock.onHand),
      hint: words.screen.countHint,
      onText: (text) =>
        act(async () => {
          if (!/^-?\d+$/.test(text.trim())) return say(words.screen.notANumber(text), 'waiting');
          await services.setStock(id, Number(text.trim()));
          say(words.screen.counted(text.trim()));
        }),
    });
  return {
    why: () => go({ screen: 'product', productId: id, tab: 'why', shopId }),
    timeline: () => go({ screen: 'product', productId: id, tab: 'timeline' }),
    fetch: () => fetch([id], shopIds),
    copy: () => copy(product.sku ?? id, product.sku ?? id),
    ticket: copyTicket,
    note: () => note(id, shopId),
    count,
    push: () => go({ screen: 'push', productIds: [id], shopIds }),
  };
}
