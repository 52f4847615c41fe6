import { StoreError } from '../../ports/store-error.ts';
import type { Generation } from '../generation/generation.ts';
import { allEvents } from './history-events.ts';

/** Reads every event and counts them; refuses a history whose numbers do not count up. */
export async function countHistory(folder: string, store: Generation): Promise<number> {
  let count = 0;
  let last = 0;
  for await (const { seq } of allEvents(folder, store)) {
    if (seq <= last) throw new StoreError('damaged', folder, `event ${seq} stands after event ${last}`);
    last = seq;
    count += 1;
  }
  return count;
}
