import { productsOf } from '../../src/domain/event.ts';
import { isWarehouseCount } from '../../src/domain/history/undoable-kinds.ts';
import type { RecentAct } from '../../src/services/history/history-service.ts';
import { shopCode } from '../../src/views/format/refs.ts';
import { actLine } from '../../src/views/history/act-lines.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import { useApp } from '../context/app-context.ts';

const offered = 20;
/** Products that are named at the most: a sentence about many rows names none. */
const maxNamed = 40;

/** Offers to undo: the last act of this person at once, or one of the earlier ones. */
export function useUndo(): { readonly last: () => void; readonly earlier: () => void } {
  const { services, perform, runTask, openDialog, dialogOpen, notify, words, formatFor, rememberNames } = useApp();
  const takeBack = async (act: RecentAct, signal?: AbortSignal): Promise<void> => {
    const before = actLine(act, formatFor()).sentence;
    const event = await services.history.undo(act.events[0].seq, signal);
    notify(words.screen.undone(act.events.length > 1 ? before : eventLine(event, formatFor()).sentence));
  };
  const warehouseOf = ({ events: [first] }: RecentAct): string | undefined =>
    isWarehouseCount(first) ? formatFor().sourceName(first.stock.source ?? '') : undefined;
  const undo = (act: RecentAct): void => {
    const warehouse = warehouseOf(act);
    if (warehouse === undefined) perform(() => takeBack(act));
    else runTask(words.warehouse.counting(warehouse), (signal) => takeBack(act, signal));
  };
  const named = async (acts: readonly RecentAct[]): Promise<void> => {
    const single = acts.filter(({ events }) => events.length === 1).flatMap(({ events }) => events.flatMap(productsOf));
    rememberNames(await services.lookup.products([...new Set(single)].slice(0, maxNamed)));
  };
  const ask = (act: RecentAct): void => {
    const line = actLine(act, { ...formatFor(), shopName: shopCode });
    const warehouse = warehouseOf(act);
    openDialog({
      kind: 'confirm',
      title: words.screen.undoLastTitle,
      lines: [
        { text: line.sentence, tone: 'strong' },
        { text: [line.shop, line.who, line.ago].filter((part) => part !== '').join(' · '), tone: 'quiet' },
        ...(warehouse === undefined ? [] : [{ text: words.warehouse.countBack(warehouse), tone: 'waiting' as const }]),
        { text: words.screen.undoEarlier, tone: 'quiet' },
      ],
      yes: words.screen.undoYes,
      onYes: () => undo(act),
    });
  };
  const acts = (work: (all: readonly RecentAct[]) => void): void =>
    perform(async () => {
      const all = await services.history.acts(offered);
      await named(all);
      // Something else may have been asked meanwhile: that question stays.
      if (!dialogOpen()) work(all);
    });
  return {
    last: () =>
      acts((all) => {
        const act = all.find(({ own }) => own);
        if (act !== undefined) return ask(act);
        notify(all.length === 0 ? words.screen.nothingToUndo : words.screen.nothingOfYours, 'quiet');
      }),
    earlier: () =>
      acts((all) => {
        if (all.length === 0) return notify(words.screen.nothingToUndo, 'quiet');
        openDialog({
          kind: 'menu',
          title: words.screen.undoTitle,
          choices: all.map((act) => {
            const line = actLine(act, { ...formatFor(), shopName: shopCode });
            // An act over many rows does not name its shop in its own words.
            const label = act.events.length > 1 && line.shop !== '' ? `${line.shop}: ${line.sentence}` : line.sentence;
            return { label, note: line.ago, run: () => undo(act) };
          }),
        });
      }),
  };
}
