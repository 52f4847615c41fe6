import { productsOf } from '../../src/domain/event.ts';
import { isWarehouseCount } from '../../src/domain/history/undoable-kinds.ts';
import { actLine } from '../../src/views/history/act-lines.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import { choose, confirmTyped, type PlainContext } from './plain-context.ts';

const offered = 9;

/** Says what was done lately, an act a line, and takes back what is chosen. */
export async function undo(context: PlainContext): Promise<void> {
  const { services, words, print, signal } = context;
  const acts = await services.history.acts(offered);
  if (acts.length === 0) return print(words.screen.nothingToUndo);
  const ids = new Set(acts.filter(({ events }) => events.length === 1).flatMap(({ events }) => productsOf(events[0])));
  const format = context.formatFor(await services.lookup.products([...ids]));
  const chosen = await choose(
    context,
    acts.map((act) => {
      const line = actLine(act, format);
      return `${line.sentence} (${line.ago})`;
    }),
  );
  const act = chosen === undefined ? undefined : acts[chosen];
  if (act === undefined) return;
  const [first] = act.events;
  // It writes into another system.
  if (isWarehouseCount(first)) {
    print(words.warehouse.countBack(format.sourceName(first.stock.source ?? '')));
    if (!(await confirmTyped(context, String(first.counted?.was ?? 0)))) return;
  }
  const event = await services.history.undo(first.seq, signal);
  print(words.screen.undone(act.events.length > 1 ? actLine(act, format).sentence : eventLine(event, format).sentence));
}
