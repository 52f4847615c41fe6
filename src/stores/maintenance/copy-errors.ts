import { StoreError } from '../../ports/store-error.ts';

/** Tells trouble with the copy that a person named from trouble with the store, which has not been touched then. */
export async function withCopyErrors<Value>(
  copy: string,
  work: () => Promise<Value>,
): Promise<Value | { readonly badCopy: StoreError }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError && error.place.startsWith(copy)) return { badCopy: error };
    throw error;
  }
}

/** Tells that no copy can be made at a place that a person named from trouble with the store, and from a full disk. */
export async function withTargetErrors<Value>(
  target: string,
  work: () => Promise<Value>,
): Promise<Value | { readonly badTarget: StoreError }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError && error.kind !== 'disk-full' && error.place.startsWith(target))
      return { badTarget: error };
    throw error;
  }
}
