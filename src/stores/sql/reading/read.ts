import { type RawBuilder, sql } from 'kysely';
import { readRecord, type StoredName } from '../../records/read-record.ts';
import type { Ask, BodyRow, Dialect } from '../engine.ts';

export type ReaderTools = { readonly ask: Ask; readonly dialect: Dialect; readonly place: string };

/** Records of a kind, by what follows `from` in a statement; each is held against its shape. */
export const makeRead =
  ({ ask, place }: Pick<ReaderTools, 'ask' | 'place'>) =>
  async <Name extends StoredName>(name: Name, rest: RawBuilder<unknown>) => {
    const rows = await ask(sql<BodyRow>`select t.key, t.body from ${rest}`);
    return rows.map(({ key, body }) => readRecord(name, body, { place, key }));
  };
