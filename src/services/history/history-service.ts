import type { StoredEvent } from '../../domain/event.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';

export type Undoable = { readonly event: StoredEvent; readonly can: boolean };

/** What happened, and taking it back. */
export type HistoryService = {
  list(query: {
    readonly productId?: ProductId;
    readonly shopId?: ShopId;
    readonly before?: number;
    readonly limit: number;
    readonly errorsOnly?: boolean;
  }): Promise<readonly StoredEvent[]>;
  undoable(limit: number): Promise<readonly Undoable[]>;
  /** Undoes one event, or the last of this person's that can be. */
  undo(seq?: number): Promise<StoredEvent>;
};
