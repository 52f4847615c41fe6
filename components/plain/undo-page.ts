import { productsOf } from '../../src/domain/event.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import { choose, type PlainContext } from './plain-context.ts';

const offered = 9;

/** Says what was done lately and which of it can be undone; undoes what is chosen. */
export async function undo(context: PlainContext): Promise<void> {
  const { services, words, print } = context;
  const all = await services.history.undoable(offered);
  if (all.length === 0) return print(words.screen.nothingToUndo);
  const ids = new Set(all.flatMap(({ event }) => productsOf(event)));
  const format = context.formatFor((await Promise.all([...ids].map((id) => services.lookup.identify(id)))).flat());
  const chosen = await choose(
    context,
    all.map(({ event, can }) => {
      const line = eventLine(event, format);
      return `${line.sentence} (${can ? line.ago : words.screen.cannotUndo})`;
    }),
  );
  const one = chosen === undefined ? undefined : all[chosen];
  if (one === undefined) return;
  if (!one.can) return print(words.screen.cannotUndo);
  print(words.screen.undone(eventLine(await services.history.undo(one.event.seq), format).sentence));
}
