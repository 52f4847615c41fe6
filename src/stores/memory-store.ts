import type { Changes } from '../domain/changes.ts';
import type { StoredEvent } from '../domain/event.ts';
import { instantOf } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Holder, Leases, Store } from '../ports/store.ts';
import { StoreError } from '../ports/store-error.ts';
import { matchesQuery } from './history/history-query.ts';
import { makeMutex } from './locking/mutex.ts';
import { type History, makeReader } from './queries/reader.ts';
import { requireShape } from './records/read-record.ts';
import { makeSearch } from './search/search.ts';
import { apply } from './tables/apply-changes.ts';
import { makeTables } from './tables/tables.ts';
import { changeOf, makeWatchers } from './tables/watchers.ts';

/** The whole store in memory: the reference that every other store is held against. Nothing outlives the process. */
export function memoryStore(): Store {
  const tables = makeTables();
  const events: StoredEvent[] = [];
  const watchers = makeWatchers();
  const runExclusive = makeMutex();
  const reader = makeReader(tables, historyOf(events), makeSearch(tables));

  const change: Store['change'] = (decide) =>
    runExclusive(async () => {
      const changes = await decide(reader);
      write(changes);
      watchers.notify(changeOf([changes]));
      return changes;
    });
  const write = (changes: Changes): void => {
    const stored = changes.events.map((event, place): StoredEvent => ({ ...event, seq: events.length + place + 1 }));
    requireShape(changes.put, stored, 'memory');
    const broken = apply(tables, changes);
    if (broken !== undefined) throw new StoreError('law-broken', 'memory', broken);
    for (const event of stored) events.push(event);
  };
  return { ...reader, change, joinsChanges: true, watch: watchers.watch, close: async () => watchers.close() };
}

const historyOf = (events: readonly StoredEvent[]): History => ({
  history: async (query) => {
    const found: StoredEvent[] = [];
    for (let place = events.length - 1; place >= 0 && found.length < query.limit; place -= 1) {
      const event = events[place];
      if (event !== undefined && matchesQuery(event, query)) found.push(event);
    }
    return found;
  },
  events: async (seqs) => seqs.map((seq) => events[seq - 1]).filter((event) => event !== undefined),
});

/** Leases within one process: who has what, and nobody dies. */
export function memoryLeases(clock?: Pick<Clock, 'now'>): Leases {
  const held = new Map<string, Holder>();
  return {
    async take(name, doing) {
      const by = held.get(name);
      if (by !== undefined) return { held: false, by };
      const mine: Holder = {
        pid: process.pid,
        host: 'memory',
        user: 'memory',
        doing,
        since: clock?.now() ?? instantOf(0),
      };
      held.set(name, mine);
      const release = async (): Promise<void> => {
        if (held.get(name) === mine) held.delete(name);
      };
      return { held: true, lost: new AbortController().signal, isHeld: async () => held.get(name) === mine, release };
    },
    holder: async (name) => held.get(name),
  };
}
