import { sql } from 'kysely';
import type { Ask, ChangeNotice } from '../engine.ts';
import { readChange } from '../read-change.ts';
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

type Following = { readonly everyMs: number; readonly isThere: () => boolean };

/**
 * Looks every so often whether anybody wrote: SQLite counts the changes of other connections (`data_version`), which
 * costs nothing to ask; only then is the table of changes read. A file that is gone is told as well.
 */
export function followChanges(
  { raw }: SqliteConnection,
  { everyMs, isThere }: Following,
  onNotice: (notice: ChangeNotice | undefined) => void,
): () => void {
  const version = raw.prepare('pragma data_version');
  const since = raw.prepare('select id, token, touched from changes where id > ? order by id limit ?');
  const last = raw.prepare('select coalesce(max(id), 0) as id from changes');
  const numberOf = (row: unknown, name: string): number => Number(Object(row)[name]);
  let seen = numberOf(version.get(), 'data_version');
  let id = numberOf(last.get(), 'id');
  let there = true;
  const look = (): void => {
    if (isThere() !== there) {
      there = !there;
      onNotice(undefined);
    }
    if (!there) return;
    const now = numberOf(version.get(), 'data_version');
    if (now === seen) return;
    seen = now;
    const rows = since.all(id, noticesAtOnce);
    id = rows.length < noticesAtOnce ? numberOf(rows.at(-1) ?? { id }, 'id') : numberOf(last.get(), 'id');
    if (rows.length === noticesAtOnce) onNotice(undefined);
    else for (const row of rows) onNotice({ token: String(row.token), change: readChange(String(row.touched)) });
  };
  const timer = setInterval(() => {
    try {
      look();
    } catch {
      // Whoever asks next meets the same trouble and is told; who only follows hears that something is different.
      onNotice(undefined);
    }
  }, everyMs).unref();
  return () => clearInterval(timer);
}
