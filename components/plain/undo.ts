import { productsOf } from '../../src/domain/event.ts';
import { eventLine } from '../../src/views/happenings/event-lines.ts';
import { choose, type PlainRoom } from './room.ts';

const offered = 9;

/** Says what was done lately and which of it can be undone; undoes what is chosen. */
export async function undo(room: PlainRoom): Promise<void> {
  const { services, words, say } = room;
  const all = await services.undoable(offered);
  if (all.length === 0) return say(words.screen.nothingToUndo);
  const ids = new Set(all.flatMap(({ event }) => productsOf(event)));
  const said = room.telling((await Promise.all([...ids].map((id) => services.identify(id)))).flat());
  const chosen = await choose(
    room,
    all.map(({ event, can }) => {
      const line = eventLine(event, said);
      return `${line.sentence} (${can ? line.ago : words.screen.cannotUndo})`;
    }),
  );
  const one = chosen === undefined ? undefined : all[chosen];
  if (one === undefined) return;
  if (!one.can) return say(words.screen.cannotUndo);
  say(words.screen.undone(eventLine(await services.undo(one.event.seq), said).sentence));
}
