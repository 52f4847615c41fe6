import type { StoredEvent } from '../../domain/event.ts';
import { undoableKind } from '../../domain/history/undoable-kinds.ts';
import type { StoreReader } from '../../ports/store.ts';

const newestLooked = 500;
const pageSize = 50;
const undoableTypes = [
  'integration-removed',
  'integration-created',
  'marked',
  'unmarked',
  'ruled',
  'unruled',
  'product-renamed',
  'gone-from-warehouse',
] as const;
/** Counts are looked for among so many changes of stock: a warehouse changes thousands of figures in one reading. */
const newestFigures = 100;

/** The newest events of a sort to be undone, by the page, as far back as is looked. */
export async function* newestUndoable(now: StoreReader): AsyncGenerator<readonly StoredEvent[]> {
  let counts = (await now.history({ types: ['stock-changed'], limit: newestFigures })).filter(undoableKind);
  let before: number | undefined;
  for (let looked = 0; looked < newestLooked; looked += pageSize) {
    const events = await now.history({ types: undoableTypes, before, limit: pageSize });
    before = events.length < pageSize ? 0 : (events.at(-1)?.seq ?? 0);
    const end = before;
    const here = [...events.filter(undoableKind), ...counts.filter(({ seq }) => seq > end)];
    yield here.toSorted((one, other) => other.seq - one.seq);
    counts = counts.filter(({ seq }) => seq <= end);
    if (events.length < pageSize) return;
  }
  yield counts;
}
