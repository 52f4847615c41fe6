import type { StoredEvent } from '../../domain/event.ts';
import type { Generation } from '../generation/generation.ts';
import { allEvents } from '../history/history-events.ts';
import { tableNames } from '../tables/tables.ts';
import type { Batch } from './contents.ts';

const atOnce = 1_000;

/** What a JSON store holds that has been read. */
export async function* jsonContents(folder: string, store: Generation): AsyncGenerator<Batch> {
  for (const name of tableNames) {
    for (const rows of batches(store.tables[name].all() as Iterable<never>)) yield { name, rows } as Batch;
  }
  let events: StoredEvent[] = [];
  for await (const event of allEvents(folder, store)) {
    events.push(event);
    if (events.length < atOnce) continue;
    yield { name: 'events', rows: events };
    events = [];
  }
  if (events.length > 0) yield { name: 'events', rows: events };
}

function* batches<Row>(rows: Iterable<Row>): Generator<readonly Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
