import type { WriteSpeed } from '../../ports/store-engine.ts';
import { StoreError } from '../../ports/store-error.ts';

/** Does some work and tells how many milliseconds it took. */
export async function timed<Value>(work: () => Promise<Value>): Promise<readonly [number, Value]> {
  const start = performance.now();
  const value = await work();
  return [performance.now() - start, value];
}

/** The milliseconds of a write; none of a store that takes no changes, and why where it should take them. */
export async function timedWrite(write: () => Promise<unknown>): Promise<WriteSpeed> {
  try {
    const [writeMs] = await timed(write);
    return { writeMs };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { kind, place, detail } = error;
    return kind === 'read-only' ? {} : { refused: { kind, place, detail } };
  }
}
