import { join } from 'node:path';
import type { Changes } from '../domain/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store, StoreReader } from '../ports/store.ts';
import type { WhyNotNew } from '../ports/store-engine.ts';
import { StoreError } from '../ports/store-error.ts';
import type { CompactionStep } from './compaction/compaction.ts';
import { makeCompactor } from './compaction/compactor.ts';
import { usualMonths } from './compaction/keep-since.ts';
import { openGeneration } from './compaction/open-generation.ts';
import { makePauseWork } from './compaction/pause.ts';
import { locksFolder } from './disk/file-names.ts';
import { tellsChanges } from './disk/tells-changes.ts';
import { catchUp, type Generation, loadGeneration } from './generation/generation.ts';
import { closeJournal } from './generation/journal.ts';
import { makeTroubleWatch } from './generation/trouble-watch.ts';
import { type BatchStep, type PendingChange, writeBatch } from './generation/write-batch.ts';
import { makeFileHistory } from './history/history-files.ts';
import type { HeldLock } from './locking/held-lock.ts';
import { type LockStep, makeLock } from './locking/lock.ts';
import { makeMutex } from './locking/mutex.ts';
import { watchFolder } from './locking/watch-folder.ts';
import { delegatingReader } from './queries/delegating-reader.ts';
import { makeReader } from './queries/reader.ts';
import { makeSearch } from './search/search.ts';
import { changeOf, makeWatchers } from './tables/watchers.ts';

/** Where a process may die while it writes; given only by tests, which kill it there. */
export type StoreStep = BatchStep | CompactionStep | LockStep | 'swept';

export type JsonStoreOptions = {
  /** The store's own folder; made where it is not. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Months that history is kept. */
  readonly keepMonths?: number;
  /** Bytes of journal after which a new snapshot is written; for a large store half of the snapshot, if that is more. */
  readonly compactAfter?: number;
  /** The same in a pause and when the store is closed, so that nobody waits for it; as `compactAfter` when only that is given. */
  readonly compactInPauseAfter?: number;
  /** Milliseconds to wait for a living writer. */
  readonly timeoutMs?: number;
  /** Milliseconds without a sign of life after which a writer on another machine counts as dead. */
  readonly staleMs?: number;
  /** Milliseconds between two looks at what others wrote; where the file system tells, they only find what it cannot. */
  readonly lookEveryMs?: number;
  readonly whyNotNew?: WhyNotNew;
  readonly onStep?: (step: StoreStep) => void;
};

const batchSize = 64;
/** So long after the last change a new snapshot is written, where one is due. */
const pauseMs = 2000;

/** The same decision, which notes what it came to. */
const noting =
  (made: Changes[], decide: PendingChange['decide']): PendingChange['decide'] =>
  async (now) => {
    const changes = await decide(now);
    made.push(changes);
    return changes;
  };

/**
 * The JSON store: a snapshot and an append-only journal in a folder, and everything in memory by its natural
 * keys. Many processes of one machine may use it at once: who writes takes a short lock, reads what the others
 * wrote, decides, appends one line and makes it safe on disk. Who reads never waits. Rejects with `StoreError`.
 */
export async function jsonStore(options: JsonStoreOptions): Promise<Store> {
  const { folder, onStep, keepMonths = usualMonths } = options;
  const compactAfter = options.compactAfter ?? 64 * 1024 * 1024;
  const compactInPauseAfter = options.compactInPauseAfter ?? options.compactAfter ?? 16 * 1024 * 1024;
  const lock = makeLock(join(folder, locksFolder), options);
  const watchers = makeWatchers();
  const troubles = makeTroubleWatch(folder);
  const runExclusive = makeMutex();
  const waiting: PendingChange[] = [];
  let now = await openGeneration(folder, lock, options.whyNotNew);
  let writing = false;
  let closed = false;

  const readerOf = ({ tables }: Generation): StoreReader => {
    const history = makeFileHistory(() => ({ folder, ...now }), refresh);
    return makeReader(tables, history, makeSearch(tables));
  };
  /** Takes what the files now hold for what is so. Answers whether anything is new. */
  const adopt = (next: Generation): boolean => {
    const isNew =
      next.lastSeq !== now.lastSeq ||
      next.tables !== now.tables ||
      next.journal.place.bytes !== now.journal.place.bytes;
    if (next.tables !== now.tables) reader = readerOf(next);
    now = next;
    return isNew;
  };
  const refresh = async (): Promise<void> => {
    if (!writing) await runExclusive(async () => void adopt(await catchUp(folder, now)));
  };
  let reader = readerOf(now);
  troubles.trust(now);
  const replace = (next: Generation): void => {
    now = next;
    troubles.trust(now);
  };
  const { clock } = options;
  const compactor = makeCompactor({ folder, clock, keepMonths, onStep, generation: () => now, replace });

  const look = (): void => {
    const looked = runExclusive(async () => {
      if (closed) return;
      if (adopt(await catchUp(folder, now))) {
        troubles.trust(now);
        watchers.notify();
      } else await troubles.verify(now, readAnew);
      troubles.looked();
    });
    // Who only looks on keeps what it has, and says that it is old; whoever writes next meets the same trouble.
    looked.catch(troubles.looked);
  };
  const readAnew = async (): Promise<Generation> => {
    await reload();
    watchers.notify();
    return now;
  };
  const reload = async (): Promise<void> => {
    const next = await loadGeneration(folder);
    if (next === undefined) throw new StoreError('missing', folder, 'the store is gone');
    closeJournal(now.journal);
    adopt(next);
  };

  const writeWaiting = async (held: HeldLock): Promise<void> => {
    if (adopt(await catchUp(folder, now))) watchers.notify();
    const onChange = (next: Generation): void => void adopt(next);
    const batch = waiting.slice(0, batchSize);
    const made: Changes[] = [];
    const noted = batch.map((one) => ({ ...one, decide: noting(made, one.decide) }));
    const onSafe = (): void => {
      troubles.trust(now);
      watchers.notify(changeOf(made));
    };
    const tools = { reader, held, onChange, onSafe, onStep };
    const { intact } = await writeBatch(now, noted, tools);
    waiting.splice(0, batch.length);
    if (!intact) await reload();
    await compactor.compactIfLong(held, compactAfter);
    if (compactor.isLong(compactInPauseAfter)) paused.due();
  };
  const drain = async (): Promise<void> => {
    if (waiting.length === 0) return;
    try {
      await underLock(writeWaiting);
    } catch (error) {
      for (const { reject } of waiting.splice(0)) reject(error);
    }
  };
  const underLock = async (work: (held: HeldLock) => Promise<void>): Promise<void> => {
    writing = true;
    try {
      if (closed) throw new StoreError('missing', folder, 'the store has been closed');
      await lock.hold(work);
    } finally {
      writing = false;
    }
  };
  const compactInPause = async (held: HeldLock): Promise<void> => {
    if (adopt(await catchUp(folder, now))) watchers.notify();
    await compactor.compactIfLong(held, compactInPauseAfter);
  };
  const paused = makePauseWork(() => runExclusive(() => underLock(compactInPause)), pauseMs);

  const lookEveryMs = options.lookEveryMs ?? (tellsChanges(folder) ? 2000 : 500);
  const stopFollowing = watchFolder(folder, lookEveryMs, look);
  return {
    ...delegatingReader(() => reader),
    change: (decide) =>
      new Promise((resolve, reject) => {
        waiting.push({ decide, resolve, reject });
        void runExclusive(drain);
      }),
    joinsChanges: true,
    watch: watchers.watch,
    watchTrouble: troubles.watch,
    close: async () => {
      await paused.finish();
      stopFollowing();
      await runExclusive(async () => {
        if (closed) return;
        closed = true;
        watchers.close();
        closeJournal(now.journal);
        lock.close();
      });
    },
  };
}
