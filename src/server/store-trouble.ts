import type { Store } from '../ports/store.ts';
import type { StoreError } from '../ports/store-error.ts';

/** What is wrong with the store as it lies there, though what is open may go on; nothing where nothing is. */
export type StoreTrouble = () => StoreError | undefined;

/** Follows what those see who look at the store every second or two, whether anybody asks it anything or not. */
export function followTrouble({ watchTrouble }: Pick<Store, 'watchTrouble'>, stopping: AbortSignal): StoreTrouble {
  let found: StoreError | undefined;
  const stop = watchTrouble?.((trouble) => {
    found = trouble;
  });
  stopping.addEventListener('abort', () => stop?.(), { once: true });
  return () => found;
}

/** Whether the store answers, nothing is wrong with it, and the server is not being stopped. */
export async function isReady(store: Store, trouble: StoreTrouble, stopping: AbortSignal): Promise<boolean> {
  if (trouble() !== undefined) return false;
  await store.counts();
  return !stopping.aborted;
}
