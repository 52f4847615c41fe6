import { type Instant, later, type ProductId, type ShopId } from '../../src/domain/ids.ts';
import { localDate } from '../../src/views/ages.ts';
import { useDesk } from '../desk/use-desk.ts';

const day = 24 * 3_600_000;
const offers = [7, 30, 90];

/** Keeps a note for the next shift, for good or until a date. */
export function useNote(): (productId: ProductId, shopId?: ShopId) => void {
  const { services, words, ask, act, say, timeZone } = useDesk();

  const keep = (
    productId: ProductId,
    note: { readonly text: string; readonly shopId?: ShopId; readonly until?: Instant },
  ) =>
    act(async () => {
      await services.mark({ productId, kind: 'note', ...note });
      say(words.screen.noted);
    });
  const askUntil = (productId: ProductId, note: { readonly text: string; readonly shopId?: ShopId }): void =>
    ask({
      kind: 'menu',
      title: words.screen.noteUntilTitle,
      choices: [
        { label: words.screen.noteForGood, run: () => keep(productId, note) },
        ...offers.map((days) => {
          const until = later(services.now(), days * day);
          return {
            label: words.domain.days(String(days)),
            note: words.domain.until(localDate(until, timeZone)),
            run: () => keep(productId, { ...note, until }),
          };
        }),
      ],
    });
  return (productId, shopId) =>
    ask({
      kind: 'prompt',
      title: words.screen.noteTitle,
      hint: words.screen.noteHint,
      takesScan: true,
      onText: (typed) => {
        const text = typed.trim();
        if (text !== '') askUntil(productId, { text, ...(shopId === undefined ? {} : { shopId }) });
      },
    });
}
