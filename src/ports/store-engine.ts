import type { SharedState } from './shared-state.ts';
import type { Leases, Store, StoreCounts } from './store.ts';
import type { StoreError, StoreErrorKind, StoreWarning } from './store-error.ts';

/** Which store, and where. A connection string may hold a password: it is never shown. */
export type StoreConfig =
  | { readonly kind: 'json'; readonly folder: string }
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres';
      readonly connection: string;
      /** PostgreSQL's own password file, where the connection has no password and the environment neither. */
      readonly passwordFile?: string;
    };
export type StoreKind = StoreConfig['kind'];

/** Asked before an empty store is made where none is: why that must not happen by itself; nothing where it may. */
export type WhyNotNew = () => StoreError | undefined;

/** A store that is open, who may do what alone, and what its servers share. */
export type OpenStore = {
  readonly store: Store;
  readonly leases: Leases;
  readonly shared: SharedState;
  /** Why it can only be read just now: every change is refused with the same. */
  readonly onlyRead?: StoreError;
};

/** What a store is made of. `generation` counts the snapshots of a JSON store. */
export type StoreFindings = {
  readonly version: number;
  readonly generation?: number;
  readonly counts: StoreCounts;
  readonly events: number;
  readonly bytes: StoreBytes;
  readonly warnings: readonly StoreWarning[];
};
/** Bytes on disk by part, as far as the store has such parts. */
export type StoreBytes = {
  readonly snapshot?: number;
  readonly journal?: number;
  readonly history?: number;
  /** A database's tables and indexes, and what SQLite has not yet moved into its file. */
  readonly database?: number;
  readonly log?: number;
};
type StoreTrouble = { readonly kind: StoreErrorKind; readonly place: string; readonly detail: string };

/** What stood there before, if anything did, and what stands there now. */
type Replaced = { readonly kept?: string; readonly findings: StoreFindings };
/** The copy that a person named is not one; the store has not been touched. */
type BadCopy = {
  readonly badCopy: StoreTrouble;
  /** What it is a copy of, where that is another kind than was asked for. */
  readonly copyOf?: CopyKind;
};
/** What a copy is: the folder of a JSON store, SQLite's file, or the document that every store imports. */
export type CopyKind = 'json' | 'sqlite' | 'export';

/**
 * How fast a store answers: milliseconds to open it, to answer one question, and to write one change that changes
 * nothing, where it takes changes; or why none could be written just now.
 */
export type StoreSpeed = { readonly openMs: number; readonly readMs: number } & WriteSpeed;
export type WriteSpeed = { readonly writeMs?: number; readonly refused?: StoreTrouble };

/** What can be done to a store that need not be open. */
export interface Maintenance {
  readonly kind: StoreKind;
  /** The folder, file, or server and database, as it may be shown. */
  readonly place: string;
  /** Reads everything and says what is wrong first; changes nothing. */
  check(): Promise<
    { readonly ok: true; readonly found: StoreFindings } | { readonly ok: false; readonly trouble: StoreTrouble }
  >;
  /** Answers `undefined` where something is there already. */
  backup(
    target: string,
  ): Promise<
    { readonly place: string; readonly findings: StoreFindings } | { readonly badTarget: StoreTrouble } | undefined
  >;
  /** Puts a backup in the place of what is there, which is kept as well. */
  restore(backup: string): Promise<Replaced | BadCopy>;
  /** Takes away what is no longer needed: old history, holes in files. */
  compact(): Promise<{ readonly before: StoreFindings; readonly after: StoreFindings }>;
  /** The whole store as one JSON document, in pieces. */
  exported(): AsyncIterable<string>;
  /** Writes the export into a new file; answers false where something is there already. */
  exportTo(file: string): Promise<boolean | { readonly badTarget: StoreTrouble }>;
  importFrom(file: string): Promise<Replaced | BadCopy>;
  /** How much it holds and how large it is, without reading it through. */
  size(): Promise<StoreFindings>;
  /** Opens it, asks and writes once, and says how long each took; `readOnly`: without writing. */
  explain(options?: { readonly readOnly?: boolean }): Promise<StoreSpeed>;
  /** Whether the store has outgrown its kind, or lacks something; cheap to ask where its integrations have been counted. */
  outgrown(integrations: number): Promise<readonly StoreWarning[]>;
}

/** How a move ended. `not-empty`: the target holds something already, and nothing was touched. */
export type Moved =
  | { readonly kind: 'moved'; readonly from: string; readonly to: string; readonly findings: StoreFindings }
  | { readonly kind: 'not-empty'; readonly to: string }
  | { readonly kind: 'same-store'; readonly to: string }
  /** Nothing can be written into the target, or it cannot be had; the store that is used is as it was. */
  | { readonly kind: 'bad-target'; readonly trouble: StoreTrouble };

/** A kind of store: how it is opened, and looked after. */
export interface StoreEngine {
  readonly open: () => Promise<OpenStore>;
  readonly maintenance: Maintenance;
}
