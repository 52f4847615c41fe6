import { z } from 'zod';
import { type ShopId, toShopId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SharedState } from '../../ports/shared-state.ts';
import type { ServerLog } from '../server-log.ts';

/** One thing that a shop told of. */
export type Signalled = { readonly shopId: ShopId; readonly shopProductId?: string; readonly sku?: string };

/** One thing that is written down until it has been taken in. */
export type KeptSignal = {
  /** Resolves once it is safe, or cannot be made so in good time: then the rounds find it. Never rejects. */
  readonly safe: Promise<void>;
  /** It has been taken in; never rejects. */
  drop(): Promise<void>;
};

/** What shops told of and nobody has taken in yet, in the store: so that whoever starts next, here or elsewhere, goes on. */
export type KeptSignals = {
  keep(signalled: Signalled): KeptSignal;
  /** What other servers wrote down longer ago than this and have not taken in; each is given once. */
  left(olderThanMs: number): Promise<readonly { readonly signalled: Signalled; readonly kept: KeptSignal }[]>;
};

const prefix = 'told ';
const toldSchema = z.object({
  shopId: z.string().transform(toShopId),
  shopProductId: z.string().optional(),
  sku: z.string().optional(),
});

/** What was written in one go, and how much of it is still to be taken in. */
type Batch = {
  readonly key: string;
  readonly signalled: Signalled[];
  waiting: number;
  /** It is written down, or cannot be. */
  readonly written: Promise<void>;
  /** The same, or nobody waits for it any longer. */
  readonly safe: Promise<void>;
};

/** No shop waits longer for a store that hangs. */
const longestMs = 3000;

export type KeptSignalsOptions = {
  readonly shared: SharedState;
  readonly serverId: string;
  readonly clock: Clock;
  readonly log: ServerLog;
};

/** All that comes while one batch is being written is written together as the next one. */
export function makeKeptSignals({ shared, serverId, clock, log }: KeptSignalsOptions): KeptSignals {
  // One that starts anew under the same number is another server.
  const own = `${prefix}${serverId} ${clock.now()} `;
  const known = new Set<string>();
  let count = 0;
  let filling: Batch | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (batch: Batch): Promise<void> => {
    // All that comes in this turn of the event loop goes along.
    await new Promise((resolve) => void setImmediate(resolve));
    filling = undefined;
    try {
      await shared.put(batch.key, batch.signalled);
    } catch (error) {
      log.error('what shops told of could not be written down; the next round finds it', { err: error });
    }
  };
  const begin = (): Batch => {
    const signalled: Signalled[] = [];
    const key = `${own}${count++}`;
    const written = writing.then(() => write(batch));
    const batch: Batch = { key, signalled, waiting: 0, written, safe: within(longestMs, written) };
    writing = written;
    filling = batch;
    return batch;
  };
  const within = async (ms: number, work: Promise<void>): Promise<void> => {
    const waiting = new AbortController();
    const late = clock.wait(ms, waiting.signal).catch(() => undefined);
    await Promise.race([work, late]);
    waiting.abort();
  };
  const handle = (batch: Pick<Batch, 'key' | 'waiting' | 'written' | 'safe'>): KeptSignal => ({
    safe: batch.safe,
    drop: async () => {
      batch.waiting -= 1;
      if (batch.waiting > 0) return;
      await batch.written;
      await shared.remove(batch.key).catch((error: unknown) => {
        log.error('what was taken in could not be struck out', { err: error });
      });
    },
  });

  return {
    keep: (signalled) => {
      const batch = filling ?? begin();
      batch.signalled.push(signalled);
      batch.waiting += 1;
      return handle(batch);
    },
    left: async (olderThanMs) => {
      const values = (await shared.list(prefix)).filter(
        ({ key, ageMs }) => !key.startsWith(own) && !known.has(key) && ageMs >= olderThanMs,
      );
      return values.flatMap(({ key, value }) => {
        known.add(key);
        const read = z.array(toldSchema).safeParse(value);
        // Written by a newer version: whoever wrote it reads it.
        if (!read.success) return [];
        const done = Promise.resolve();
        const batch = { key, waiting: read.data.length, written: done, safe: done };
        return read.data.map((signalled) => ({ signalled, kept: handle(batch) }));
      });
    },
  };
}

/** Keeps nothing: for where there is no store to keep it in. */
export const keepNothing: KeptSignals = {
  keep: () => ({ safe: Promise.resolve(), drop: async () => undefined }),
  left: async () => [],
};
