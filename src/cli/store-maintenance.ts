import type { Maintenance, Moved } from '../ports/store-engine.ts';

export type { StoreFindings, StoreSpeed } from '../ports/store-engine.ts';

/** How a wish to move ended. `environment-decides`: the store is named by `BINDELED_STORE`, which no program can change. */
export type MoveAnswer =
  | Exclude<Moved, { kind: 'moved' }>
  | (Extract<Moved, { kind: 'moved' }> & { readonly withoutPassword: boolean })
  | { readonly kind: 'unknown-store' }
  | { readonly kind: 'environment-decides' };

/** What can be done to a store that need not be open. */
export type StoreMaintenance = Maintenance & {
  /** Makes an empty store where none is, also where one with shops was; answers false where one is there. */
  readonly begin: () => Promise<boolean>;
  /** Copies everything into another store, checks it there, and writes into the settings that it is used from now on. */
  readonly move: (target: string) => Promise<MoveAnswer>;
};
