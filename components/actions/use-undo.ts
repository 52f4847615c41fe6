import { productsOf } from '../../src/domain/event.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import { useApp } from '../context/app-context.ts';

const offered = 20;

/** Offers what was done lately, newest first, and says of each whether it can be undone. */
export function useUndo(): () => void {
  const { services, perform, openDialog, notify, words, formatFor, rememberNames } = useApp();
  const undo = (seq: number): void =>
    perform(async () => {
      const event = await services.history.undo(seq);
      notify(words.screen.undone(eventLine(event, formatFor()).sentence));
    });
  return () =>
    perform(async () => {
      const all = await services.history.undoable(offered);
      if (all.length === 0) return notify(words.screen.nothingToUndo, 'quiet');
      const ids = new Set(all.flatMap(({ event }) => productsOf(event)));
      rememberNames((await Promise.all([...ids].map((id) => services.lookup.identify(id)))).flat());
      openDialog({
        kind: 'menu',
        title: words.screen.undoTitle,
        choices: all.map(({ event, can }) => {
          const line = eventLine(event, formatFor());
          return {
            label: line.sentence,
            note: can ? line.ago : words.screen.cannotUndo,
            run: () => (can ? undo(event.seq) : notify(words.screen.cannotUndo, 'waiting')),
          };
        }),
      });
    });
}
