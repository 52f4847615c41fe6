import type { StoredEvent } from '../../domain/event.ts';
import type { Act } from '../../domain/history/acts.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';

/** An act, and whether the person at hand did it, not by undoing another. */
export type RecentAct = Act & { readonly own: boolean };
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
  /**
   * The newest acts that are of a sort to be undone and were not, newest first. Cheap: whether today's state lets them
   * be undone shows when one is.
   */
  acts(limit: number): Promise<readonly RecentAct[]>;
  undoable(limit: number): Promise<readonly Undoable[]>;
  /** Undoes one event, or this person's last; refuses what cannot be undone. */
  undo(seq?: number, signal?: AbortSignal): Promise<StoredEvent>;
};
