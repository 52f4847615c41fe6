import type { ShopId } from '../../src/domain/ids.ts';
import type { Services } from '../../src/services/services.ts';
import type { SyncProgress, SyncResult } from '../../src/services/sync/sync-service.ts';
import type { BusyTracker } from './busy-tracker.ts';

/** Readings on their way, which go on while the person works elsewhere. */
export type SyncJobs = {
  /** Reads shops; those already being read here are left alone. */
  sync(request: {
    readonly shopIds?: readonly ShopId[];
    readonly full?: boolean;
    readonly acceptRemovals?: number;
    readonly expected?: number;
  }): void;
  cancel(): void;
  running(): boolean;
  progress(): readonly SyncProgress[];
  /** Milliseconds since the reading began; 0 while none is on its way. */
  duration(): number;
  /** The last results, until the next reading begins. */
  results(): readonly SyncResult[];
  subscribe(listener: () => void): () => void;
};

export type SyncJobsOptions = {
  readonly services: Services;
  readonly busy: BusyTracker;
  readonly elapsed: () => number;
  readonly onEnd: (results: readonly SyncResult[]) => void | Promise<void>;
  readonly onError: (error: unknown) => void;
};

/** Milliseconds between two looks at progress: a person reads no faster, and a slow link is not flooded. */
const updateInterval = 250;

export function makeSyncJobs({ services, busy, elapsed, onEnd, onError }: SyncJobsOptions): SyncJobs {
  const listeners = new Set<() => void>();
  let stop: AbortController | undefined;
  let began = 0;
  let progress: readonly SyncProgress[] = [];
  let results: readonly SyncResult[] = [];
  let timer: NodeJS.Timeout | undefined;

  const emit = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const listener of listeners) listener();
  };
  const emitSoon = (): void => {
    timer ??= setTimeout(emit, updateInterval);
  };
  const recordProgress = (step: SyncProgress): void => {
    const index = progress.findIndex((known) => known.shopId === step.shopId);
    progress = index < 0 ? [...progress, step] : progress.with(index, step);
    emitSoon();
  };

  const run = async (request: Parameters<SyncJobs['sync']>[0], signal: AbortSignal): Promise<void> => {
    const end = busy.begin();
    try {
      results = await services.sync.run({ ...request, onProgress: recordProgress }, signal);
      await onEnd(results);
    } catch (error) {
      onError(error);
    } finally {
      stop = undefined;
      progress = [];
      emit();
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
      emit();
    },
    cancel: () => stop?.abort(),
    running: () => stop !== undefined,
    progress: () => progress,
    duration: () => (stop === undefined ? 0 : elapsed() - began),
    results: () => results,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
