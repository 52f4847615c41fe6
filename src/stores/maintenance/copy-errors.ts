import type { CopyKind } from '../../ports/store-engine.ts';
import { StoreError } from '../../ports/store-error.ts';
import { copyKind } from './copy-kind.ts';

/**
 * Tells trouble with the copy that a person named from trouble with the store, which has not been touched then.
 * `wanted`: what such a copy should be.
 */
export async function withCopyErrors<Value>(
  copy: string,
  wanted: CopyKind,
  work: () => Promise<Value>,
): Promise<Value | { readonly badCopy: StoreError; readonly copyOf?: CopyKind }> {
  try {
    return await work();
  } catch (error) {
    const badCopy = troubleAt(copy, error);
    const found = copyKind(copy);
    return { badCopy, copyOf: found === wanted ? undefined : found };
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
