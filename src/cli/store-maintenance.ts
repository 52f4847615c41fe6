import type { StoreCounts } from '../ports/store.ts';
import type { StoreErrorKind, StoreWarning } from '../ports/store-error.ts';

/** What a store is made of. */
export type StoreFindings = {
  readonly version: number;
  readonly generation: number;
  readonly counts: StoreCounts;
  readonly events: number;
  readonly bytes: { readonly snapshot: number; readonly journal: number; readonly history: number };
  readonly warnings: readonly StoreWarning[];
};
type StoreTrouble = { readonly kind: StoreErrorKind; readonly place: string; readonly detail: string };

/** What stood there before, if anything did, and what stands there now. */
type ReplacedStore = { readonly kept?: string; readonly findings: StoreFindings };
/** The copy that a person named is not one; the store has not been touched. */
type InvalidCopy = { readonly badCopy: StoreTrouble };

/** What can be done to a store that need not be open. */
export type StoreMaintenance = {
  readonly folder: string;
  readonly check: () => Promise<
    { readonly ok: true; readonly found: StoreFindings } | { readonly ok: false; readonly trouble: StoreTrouble }
  >;
  /** Answers `undefined` where the folder is there and not empty. */
  readonly backup: (
    target: string,
  ) => Promise<{ readonly folder: string; readonly findings: StoreFindings } | undefined>;
  readonly restore: (backup: string) => Promise<ReplacedStore | InvalidCopy>;
  /** Whether the store has outgrown its kind; cheap to ask where its integrations have been counted. */
  readonly outgrown: (integrations: number) => Promise<readonly StoreWarning[]>;
  readonly compact: () => Promise<{ readonly before: StoreFindings; readonly after: StoreFindings }>;
  readonly exported: () => AsyncIterable<string>;
  /** Writes the export into a file that must not be there yet. Answers whether it could be made. */
  readonly exportTo: (file: string) => Promise<boolean>;
  readonly importFrom: (file: string) => Promise<ReplacedStore | InvalidCopy>;
};
