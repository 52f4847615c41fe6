import type { ShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import { ticket } from '../../src/views/diagnosis/ticket.ts';
import { useAddNote } from '../actions/use-add-note.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useCount } from '../actions/use-count.ts';
import { useFetch } from '../actions/use-fetch.ts';
import { type AppContext, useApp } from '../context/app-context.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';

const ticketEvents = 20;

/** What the keys do with one product, on every screen that shows products. `shopId` narrows it to one shop. */
export function useProductBindings(): (product: Product | undefined, shopId?: ShopId) => Actions {
  const app = useApp();
  const copy = useCopy();
  const fetch = useFetch();
  const note = useAddNote();
  const count = useCount();
  return (product, shopId) =>
    product === undefined ? {} : productActions({ app, copy, fetch, note, count, product, shopId });
}

type BindingInput = {
  readonly app: AppContext;
  readonly copy: ReturnType<typeof useCopy>;
  readonly fetch: ReturnType<typeof useFetch>;
  readonly note: ReturnType<typeof useAddNote>;
  readonly count: ReturnType<typeof useCount>;
  readonly product: Product;
  readonly shopId?: ShopId;
};

function productActions({ app, copy, fetch, note, count, product, shopId }: BindingInput): Actions {
  const { services, words, go, perform } = app;
  const { id } = product;
  const shopIds = shopId === undefined ? undefined : [shopId];

  const copyTicket = (): void =>
    perform(async () => {
      const card = await services.lookup.product(id);
      if (card === undefined) return;
      const events = await services.history.list({ productId: id, limit: ticketEvents });
      copy(ticket({ card, events }, app.formatFor([card.product, ...card.named])), words.screen.theTicket);
    });
  return {
    why: () => go({ screen: 'product', productId: id, tab: 'why', shopId }),
    timeline: () => go({ screen: 'product', productId: id, tab: 'timeline' }),
    fetch: () => fetch([id], shopIds),
    copy: () => copy(product.sku ?? id, product.sku ?? id),
    ticket: copyTicket,
    note: () => note(id, shopId),
    count: () => count(product),
    push: () => go({ screen: 'push', productIds: [id], shopIds, make: true }),
  };
}
