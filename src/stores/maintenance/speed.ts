import { StoreError } from '../../ports/store-error.ts';

/** Does some work and tells how many milliseconds it took. */
export async function timed<Value>(work: () => Promise<Value>): Promise<readonly [number, Value]> {
  const start = performance.now();
  const value = await work();
  return [performance.now() - start, value];
}

/** The milliseconds of a write; none of a store that takes no changes. Whatever else is wrong is thrown on. */
export async function timedWrite(write: () => Promise<unknown>): Promise<number | undefined> {
  try {
    const [ms] = await timed(write);
    return ms;
  } catch (error) {
    if (error instanceof StoreError && (error.kind === 'read-only' || error.kind === 'no-access')) return undefined;
    throw error;
  }
}
