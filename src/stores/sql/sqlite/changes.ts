import { sql } from 'kysely';
import type { StoreError } from '../../../ports/store-error.ts';
import type { Ask, ChangeNotice, Follower } from '../engine.ts';
import { readChange } from '../read-change.ts';
import type { SqliteConnections } from './connections.ts';
import type { SqliteConnection } from './database.ts';

/** So many changes are kept, for those who look a little later. */
const changesKept = 500;
const noticesAtOnce = 100;

/** Writes down that a change was made, for those who follow. */
export async function announce(ask: Ask, { token, change }: ChangeNotice): Promise<void> {
  const touched = JSON.stringify(change);
  const [row] = await ask(sql<{ id: number }>`
    insert into changes (token, at, touched) values (${token}, ${Date.now()}, ${touched}) returning id`);
  if (row !== undefined) await ask(sql`delete from changes where id <= ${row.id - changesKept}`);
}

/** A command that asks and ends is over by then: to begin to listen takes 4 ms of the 50 that it works. */
const listenAfterMs = 100;

type Following = {
  readonly everyMs: number;
  /** Calls back soon after the file was written to, where that is told; returns the way to stop. */
  readonly onWrite: (written: () => void) => () => void;
  /** Looks whether the file can be read, and answers with its connections: others, where another file took its place. */
  readonly look: () => Promise<SqliteConnections>;
  readonly trouble: (error: unknown, doing: string) => StoreError;
};

/**
 * Looks after every write that is told, and every so often in any case, whether anybody wrote: SQLite counts the changes
 * of other connections (`data_version`), which costs nothing to ask; only then is the table of changes read. A file that
 * is gone or cannot be read is told as well.
 */
export function followChanges(
  opened: SqliteConnections,
  { everyMs, onWrite, look, trouble }: Following,
  { onNotice, onTrouble }: Follower,
): () => void {
  let on = opened;
  let news = newsOf(on.reader);
  let looking = false;
  let stopped = false;
  const tellNews = (): void => {
    for (const notice of news()) onNotice(notice);
  };
  const lookOnce = async (): Promise<void> => {
    const now = await look();
    if (now !== on) {
      on = now;
      news = newsOf(on.reader);
      onNotice(undefined);
    }
    tellNews();
  };
  const lookNow = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    const error = await lookOnce().then(
      () => undefined,
      (thrown: unknown) => trouble(thrown, 'looking for changes'),
    );
    looking = false;
    if (!stopped) onTrouble(error ?? on.onlyRead);
  };
  const written = (): void => {
    try {
      if (looking) return;
      if (on.isThere()) tellNews();
      else void lookNow();
    } catch {
      // The next look meets the same, and tells.
    }
  };
  const timer = setInterval(() => void lookNow(), everyMs).unref();
  let stopListening: (() => void) | undefined;
  const listening = setTimeout(() => {
    stopListening = onWrite(written);
    written();
  }, listenAfterMs).unref();
  return () => {
    stopped = true;
    clearInterval(timer);
    clearTimeout(listening);
    stopListening?.();
  };
}

/** What others wrote since it was last asked; nothing in place of a notice where they are too many to tell. */
function newsOf({ raw }: SqliteConnection): () => readonly (ChangeNotice | undefined)[] {
  const version = raw.prepare('pragma data_version');
  const since = raw.prepare('select id, token, touched from changes where id > ? order by id limit ?');
  const last = raw.prepare('select coalesce(max(id), 0) as id from changes');
  const tokenOf = raw.prepare('select token from changes where id = ?');
  const named = (at: number): string => String(Object(tokenOf.get(at)).token);
  const numberOf = (row: unknown, name: string): number => Number(Object(row)[name]);
  let seen = numberOf(version.get(), 'data_version');
  let id = numberOf(last.get(), 'id');
  let name = named(id);
  return () => {
    const now = numberOf(version.get(), 'data_version');
    if (now === seen) return [];
    // What was the newest is gone, or another: an older copy was written over the file.
    const isOther = named(id) !== name;
    const rows = isOther ? [] : since.all(id, noticesAtOnce);
    const isUntold = isOther || rows.length === noticesAtOnce;
    seen = now;
    id = isUntold ? numberOf(last.get(), 'id') : numberOf(rows.at(-1) ?? { id }, 'id');
    name = named(id);
    if (isUntold) return [undefined];
    return rows.map((row) => ({ token: String(row.token), change: readChange(String(row.touched)) }));
  };
}
