import { StoreError } from '../../ports/store-error.ts';

/** Tells trouble with the copy that a person named from trouble with the store, which has not been touched then. */
export async function withCopyErrors<Value>(
  copy: string,
  work: () => Promise<Value>,
): Promise<Value | { readonly badCopy: StoreError }> {
  try {
    return await work();
  } catch (error) {
    return { badCopy: troubleAt(copy, error) };
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
    const trouble = troubleAt(target, error);
    if (trouble.kind === 'disk-full') throw trouble;
    return { badTarget: trouble };
  }
}

/** Whether something is trouble with a place itself, or with a file in it, a line or a byte of it. */
export const isTroubleAt = (place: string, error: unknown): error is StoreError =>
  error instanceof StoreError &&
  (error.place === place || /^[/,]/.test(error.place.slice(place.length))) &&
  error.place.startsWith(place);

/** What was thrown, where it is trouble with a place that a person named; all else is thrown on. */
function troubleAt(place: string, error: unknown): StoreError {
  if (isTroubleAt(place, error)) return error;
  throw error;
}
