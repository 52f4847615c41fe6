import type { Instant } from '../../src/domain/ids.ts';
import { number } from '../../src/views/format/numbers.ts';
import { clockTime } from '../../src/views/format/times.ts';
import { brokenRowText } from '../../src/views/warehouse/broken-row.ts';
import { syncLine, wouldGoLine } from '../../src/views/warehouse/warehouse-lines.ts';
import { useApp } from '../context/app-context.ts';

type ReadWarehouse = {
  /** Reads the warehouse, all of it. */
  readonly read: () => void;
  /** Asks whether so many products that are not shown any more are gone, and reads once more with the answer. */
  readonly acceptGone: (count: number) => void;
};

/** Reads the warehouse and says how that ended; `onRead` when it was. */
export function useReadWarehouse(onRead: () => void): ReadWarehouse {
  const { services, words, timeZone, runTask, notify, openDialog } = useApp();
  const say = words.warehouse;
  const read = (acceptGone?: number): void =>
    runTask(say.reading, async (signal) => {
      const onWaiting = (until: Instant | undefined): void => {
        if (until !== undefined) notify(say.waits(clockTime(until, timeZone)), 'waiting');
      };
      const result = await services.warehouse.sync({ onWaiting, acceptGone }, signal);
      onRead();
      if (result.busy !== undefined) return notify(say.busy(result.busy.user), 'waiting');
      if (result.trouble !== undefined) return notify(say.figuresStay, 'wrong');
      const { gone = 0, wouldGo } = result;
      const count = (value: number): string => number(value, words);
      if (wouldGo !== undefined)
        return notify(`${wouldGoLine(wouldGo, words)} ${say.wouldGoLook} ${say.wouldGoKey}`, 'waiting');
      const said = [
        syncLine(result, words),
        ...result.broken.slice(0, 1).map((row) => brokenRowText(row, words)),
        ...(gone === 0 ? [] : [say.gone(count(gone))]),
        ...(acceptGone === undefined || gone === 0 ? [] : [say.goneUndo]),
      ];
      notify(said.join(' '), result.broken.length > 0 ? 'waiting' : undefined);
    });
  const acceptGone = (count: number): void =>
    openDialog({
      kind: 'confirm',
      title: say.acceptTitle(number(count, words)),
      lines: [
        { text: say.acceptEffect, tone: 'waiting' },
        { text: say.acceptLook },
        { text: say.acceptUndo, tone: 'quiet' },
      ],
      yes: say.acceptYes(number(count, words)),
      onYes: () => read(count),
    });
  return { read: () => read(), acceptGone };
}
