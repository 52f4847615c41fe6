import type { StoreCounts } from '../ports/store.ts';
import type { StoreErrorKind } from '../ports/store-error.ts';

/** What a store is made of. */
export type StoreFindings = {
  readonly version: number;
  readonly generation: number;
  readonly counts: StoreCounts;
  readonly events: number;
  readonly bytes: { readonly snapshot: number; readonly journal: number; readonly history: number };
};
type StoreTrouble = { readonly kind: StoreErrorKind; readonly place: string; readonly detail: string };

/** What can be done to a store that need not be open. */
export type StoreCare = {
  readonly folder: string;
  readonly check: () => Promise<
    { readonly ok: true; readonly found: StoreFindings } | { readonly ok: false; readonly trouble: StoreTrouble }
  >;
  readonly backup: (target: string) => Promise<{ readonly folder: string; readonly findings: StoreFindings }>;
  readonly restore: (backup: string) => Promise<{ readonly kept?: string; readonly findings: StoreFindings }>;
  readonly compact: () => Promise<{ readonly before: StoreFindings; readonly after: StoreFindings }>;
  readonly exported: () => AsyncIterable<string>;
  readonly importFrom: (file: string) => Promise<{ readonly kept?: string; readonly findings: StoreFindings }>;
};
