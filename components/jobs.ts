import type { ShopId } from '../src/domain/ids.ts';
import type { Services, SyncProgress, SyncResult } from '../src/services/services.ts';
import type { Busy } from './busy.ts';

/** Readings on their way, which go on while the person works elsewhere. */
export type Jobs = {
  /** Reads shops; those already being read here are left alone. */
  sync(request: {
    readonly shopIds?: readonly ShopId[];
    readonly full?: boolean;
    readonly acceptRemovals?: number;
  }): void;
  cancel(): void;
  running(): boolean;
  progress(): readonly SyncProgress[];
  /** Milliseconds since the reading began; 0 while none is on its way. */
  lasted(): number;
  /** The last results, until the next reading begins. */
  results(): readonly SyncResult[];
  subscribe(listener: () => void): () => void;
};

export type JobsOptions = {
  readonly services: Services;
  readonly busy: Busy;
  readonly elapsed: () => number;
  readonly onEnd: (results: readonly SyncResult[]) => void;
  readonly onTrouble: (error: unknown) => void;
};

/** Milliseconds between two looks at progress: a person reads no faster, and a slow link is not flooded. */
const pace = 250;

export function makeJobs({ services, busy, elapsed, onEnd, onTrouble }: JobsOptions): Jobs {
  const listeners = new Set<() => void>();
  let stop: AbortController | undefined;
  let began = 0;
  let progress: readonly SyncProgress[] = [];
  let results: readonly SyncResult[] = [];
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const listener of listeners) listener();
  };
  const tellSoon = (): void => {
    timer ??= setTimeout(tell, pace);
  };
  const saw = (step: SyncProgress): void => {
    const index = progress.findIndex((known) => known.shopId === step.shopId);
    progress = index < 0 ? [...progress, step] : progress.with(index, step);
    tellSoon();
  };

  const run = async (request: Parameters<Jobs['sync']>[0], signal: AbortSignal): Promise<void> => {
    const end = busy.begin();
    try {
      results = await services.sync({ ...request, onProgress: saw }, signal);
      onEnd(results);
    } catch (error) {
      onTrouble(error);
    } finally {
      stop = undefined;
      progress = [];
      tell();
      end();
    }
  };

  return {
    sync(request) {
      if (stop !== undefined) return;
      stop = new AbortController();
      began = elapsed();
      progress = [];
      results = [];
      void run(request, stop.signal);
      tell();
    },
    cancel: () => stop?.abort(),
    running: () => stop !== undefined,
    progress: () => progress,
    lasted: () => (stop === undefined ? 0 : elapsed() - began),
    results: () => results,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
