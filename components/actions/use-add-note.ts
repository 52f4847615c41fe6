import { type Instant, later, type ProductId, type ShopId } from '../../src/domain/ids.ts';
import { localDate } from '../../src/views/format/times.ts';
import { useApp } from '../context/app-context.ts';

const day = 24 * 3_600_000;
const choices = [7, 30, 90];

/** Keeps a note for the next shift, for good or until a date. */
export function useAddNote(): (productId: ProductId, shopId?: ShopId) => void {
  const { services, words, openDialog, perform, notify, timeZone } = useApp();

  const keep = (
    productId: ProductId,
    note: { readonly text: string; readonly shopId?: ShopId; readonly until?: Instant },
  ) =>
    perform(async () => {
      await services.marks.add({ productId, kind: 'note', ...note });
      notify(words.screen.noted);
    });
  const askUntil = (productId: ProductId, note: { readonly text: string; readonly shopId?: ShopId }): void =>
    openDialog({
      kind: 'menu',
      title: words.screen.noteUntilTitle,
      choices: [
        { label: words.screen.noteForever, run: () => keep(productId, note) },
        ...choices.map((days) => {
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
    openDialog({
      kind: 'prompt',
      title: words.screen.noteTitle,
      hint: words.screen.noteHint,
      acceptsScan: true,
      onText: (typed) => {
        const text = typed.trim();
        if (text !== '') askUntil(productId, { text, shopId });
      },
    });
}
