import type { ServerReport } from '../domain/servers/server-report.ts';

/**
 * Small values that everybody on one store sees: what each server does, what was told. The newest of a key stands;
 * no history, no undo, and no part of a copy. Rejects with a `StoreError`.
 */
export interface SharedState {
  put(key: string, value: unknown): Promise<void>;
  /** Those whose key begins so. `ageMs`: since it was put, by the store's own clock. */
  list(prefix: string): Promise<readonly SharedValue[]>;
  remove(key: string): Promise<void>;
}
export type SharedValue = { readonly key: string; readonly value: unknown; readonly ageMs: number };

/** What the servers of one store say of themselves. */
export interface ServerBoard {
  put(report: ServerReport): Promise<void>;
  /** Reports that cannot be read, because a newer version wrote them, are left out. */
  list(): Promise<readonly { readonly report: ServerReport; readonly ageMs: number }[]>;
  remove(id: string): Promise<void>;
}
