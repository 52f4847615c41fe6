import { productsOf } from '../../src/domain/event.ts';
import { eventLine } from '../../src/views/happenings/event-lines.ts';
import { useDesk } from '../desk/use-desk.ts';

const offered = 20;

/** Offers what was done lately, newest first, and says of each whether it can be undone. */
export function useUndo(): () => void {
  const { services, act, ask, say, words, telling, knows } = useDesk();
  const undo = (seq: number): void =>
    act(async () => {
      const event = await services.undo(seq);
      say(words.screen.undone(eventLine(event, telling()).sentence));
    });
  return () =>
    act(async () => {
      const all = await services.undoable(offered);
      if (all.length === 0) return say(words.screen.nothingToUndo, 'quiet');
      const ids = new Set(all.flatMap(({ event }) => productsOf(event)));
      knows((await Promise.all([...ids].map((id) => services.identify(id)))).flat());
      ask({
        kind: 'menu',
        title: words.screen.undoTitle,
        choices: all.map(({ event, can }) => {
          const line = eventLine(event, telling());
          return {
            label: line.sentence,
            note: can ? line.ago : words.screen.cannotUndo,
            run: () => (can ? undo(event.seq) : say(words.screen.cannotUndo, 'waiting')),
          };
        }),
      });
    });
}
