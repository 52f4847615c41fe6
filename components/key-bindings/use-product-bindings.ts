import type { ShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import { ticket } from '../../src/views/diagnosis/ticket.ts';
import { useAddNote } from '../actions/use-add-note.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useFetch } from '../actions/use-fetch.ts';
import { type AppContext, useApp } from '../context/app-context.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';

const ticketEvents = 20;
/** A count of more digits is a code that was scanned into the question. */
const maxCountDigits = 6;

/** What the keys do with one product, on every screen that shows products. `shopId` narrows it to one shop. */
export function useProductBindings(): (product: Product | undefined, shopId?: ShopId) => Actions {
  const app = useApp();
  const copy = useCopy();
  const fetch = useFetch();
  const note = useAddNote();
  return (product, shopId) =>
    product === undefined ? {} : productActions({ app, copy, fetch, note, product, shopId });
}

type BindingInput = {
  readonly app: AppContext;
  readonly copy: ReturnType<typeof useCopy>;
  readonly fetch: ReturnType<typeof useFetch>;
  readonly note: ReturnType<typeof useAddNote>;
  readonly product: Product;
  readonly shopId?: ShopId;
};

function productActions({ app, copy, fetch, note, product, shopId }: BindingInput): Actions {
  const { services, words, go, openDialog, perform, notify } = app;
  const { id } = product;
  const shopIds = shopId === undefined ? undefined : [shopId];

  const copyTicket = (): void =>
    perform(async () => {
      const card = await services.lookup.product(id);
      if (card === undefined) return;
      const events = await services.history.list({ productId: id, limit: ticketEvents });
      copy(ticket({ card, events }, app.formatFor([card.product])), words.screen.theTicket);
    });
  const count = (): void =>
    openDialog({
      kind: 'prompt',
      title: words.screen.countTitle,
      start: String(product.stock.onHand),
      hint: words.screen.countHint,
      onText: (text) =>
        perform(async () => {
          if (!/^-?\d+$/.test(text.trim())) return notify(words.screen.notANumber(text), 'waiting');
          if (text.trim().length > maxCountDigits) return notify(words.screen.codeNotCount(text.trim()), 'waiting');
          await services.stock.set(id, Number(text.trim()));
          notify(words.screen.counted(text.trim()));
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
    push: () => go({ screen: 'push', productIds: [id], shopIds, make: true }),
  };
}
