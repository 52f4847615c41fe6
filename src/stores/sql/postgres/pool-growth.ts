import type pg from 'pg';

/** So long a question waits for a connection that is there: to make another costs more than most questions take. */
const growAfterMs = 50;

/**
 * Takes connections from a pool, and has it make another only where none of those that are there came free in time. The
 * pool itself makes one for each question that is put while others are under way. `released` is to be called for each
 * that was taken, when it has been given back.
 */
export function growWhenNeeded(pool: pg.Pool): {
  readonly connect: () => Promise<pg.PoolClient>;
  readonly released: () => void;
} {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const released = (): void => {
    taken -= 1;
    waiting.shift()?.();
  };
  const oneIsFree = (): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        const place = waiting.indexOf(go);
        if (place >= 0) waiting.splice(place, 1);
        // Taken here and now: whoever asks next must not count on the same one.
        taken += 1;
        resolve();
      };
      const timer = setTimeout(go, growAfterMs);
      waiting.push(go);
    });
  return {
    connect: async () => {
      const isFree = taken === 0 || (taken < pool.totalCount && waiting.length === 0);
      if (isFree || taken >= pool.options.max) taken += 1;
      else await oneIsFree();
      try {
        return await pool.connect();
      } catch (error) {
        released();
        throw error;
      }
    },
    released,
  };
}
