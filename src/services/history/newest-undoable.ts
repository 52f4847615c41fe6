import type { StoredEvent } from '../../domain/event.ts';
import { undoableKind } from '../../domain/history/undoable-kinds.ts';
import type { StoreReader } from '../../ports/store.ts';

const newestLooked = 500;
/** So far back is looked where most of it is not to be undone: a warehouse changes thousands of figures in one reading. */
const oldestLooked = 20_000;
const pageSize = 50;
const largePage = 1_000;
const undoableTypes = [
  'integration-removed',
  'integration-created',
  'marked',
  'unmarked',
  'ruled',
  'unruled',
  'product-renamed',
  'stock-changed',
  'gone-from-warehouse',
] as const;

/** The newest events of a sort to be undone, by the page, as far back as is looked. */
export async function* newestUndoable(now: StoreReader): AsyncGenerator<readonly StoredEvent[]> {
  let before: number | undefined;
  let found = 0;
  for (let looked = 0; looked < oldestLooked && found < newestLooked; ) {
    const limit = looked < newestLooked ? pageSize : largePage;
    const events = await now.history({ types: undoableTypes, before, limit });
    const undoable = events.filter(undoableKind);
    yield undoable;
    if (events.length < limit) return;
    before = events.at(-1)?.seq;
    looked += limit;
    found += undoable.length;
  }
}
