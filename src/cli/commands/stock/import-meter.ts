import { setImmediate } from 'node:timers/promises';
import type { BetweenPieces } from '../../../files/csv-table.ts';
import type { ImportOptions } from '../../../services/stock/stock-service.ts';
import { number } from '../../../views/format/numbers.ts';
import type { Session } from '../../command-context.ts';
import { countMeter } from '../../output/progress.ts';

/** How far a long file has come, told on one line; and what it left where it broke off. */
export type ImportMeter = {
  readonly reading: BetweenPieces;
  readonly onProgress: NonNullable<ImportOptions['onProgress']>;
  /** Says how much is written, and throws on. */
  readonly brokenOff: (error: unknown) => never;
  readonly end: () => void;
};

export function importMeter(session: Session): ImportMeter {
  const { words, signal, out } = session;
  const said = words.cli.stockFile;
  const meters = {
    reading: countMeter(session, said.reading),
    checked: countMeter(session, said.checked),
    written: countMeter(session, said.written),
  };
  let written: { readonly done: number; readonly total: number } | undefined;
  const end = (): void => {
    for (const meter of Object.values(meters)) meter.end();
  };
  const giveWay = async (): Promise<void> => {
    // A signal is heard only between two turns of the loop.
    await setImmediate();
    signal.throwIfAborted();
  };
  return {
    end,
    reading: async (share) => {
      meters.reading.show(Math.floor(100 * share), 100);
      await giveWay();
    },
    onProgress: async (what, done, total) => {
      if (what === 'written') written = { done, total };
      meters[what].show(done, total);
      if (done < total) await giveWay();
    },
    brokenOff: (error) => {
      end();
      if (written !== undefined) out.note(said.brokenOff(number(written.done, words), number(written.total, words)));
      throw error;
    },
  };
}
