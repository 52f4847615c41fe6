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
