import { millisecondsOf } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { StoreError } from '../ports/store-error.ts';
import type { ServerLog } from './server-log.ts';

type NotingParts = {
  readonly clock: Pick<Clock, 'now'>;
  readonly stopping: AbortSignal;
  /** What is wrong with the store though it may have answered. */
  readonly standing: () => StoreError | undefined;
};
type Noting = {
  /** Does this work, which answers whether the store was asked anything: if not, it is no sign that it is back. */
  readonly noting: (what: string, work: () => Promise<boolean>) => Promise<void>;
  /** What is wrong with the store, as it was last noted. */
  readonly noted: () => StoreError | undefined;
};

/**
 * Does what a server does every few seconds, and notes what keeps it from it. A store that is away may be so for hours:
 * that is noted once, and once more when it is back. What fails while the server stops is nobody's trouble.
 */
export function notingTrouble(log: ServerLog, { clock, stopping, standing }: NotingParts): Noting {
  const now = (): number => millisecondsOf(clock.now());
  let away: { readonly trouble: StoreError; readonly since: number } | undefined;
  const noting: Noting['noting'] = async (what, work) => {
    try {
      const isAsked = await work();
      const trouble = standing();
      if (trouble !== undefined) throw trouble;
      if (!isAsked || away === undefined) return;
      log.info('the store is back', { seconds: Math.round((now() - away.since) / 1_000) });
      away = undefined;
    } catch (error) {
      if (stopping.aborted) return;
      const told = error instanceof StoreError ? error.told : [];
      if (told.length > 0) log.error('these were told figures that could not be written down', { shops: told });
      if (!(error instanceof StoreError)) log.error(what, { err: error });
      else if (error.kind !== away?.trouble.kind) {
        const { kind, place, detail } = error;
        log.error('the store is in trouble; asked again until it is back', { kind, place, detail });
        away = { trouble: error, since: away?.since ?? now() };
      }
    }
  };
  return { noting, noted: () => away?.trouble };
}
