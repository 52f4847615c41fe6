import pg from 'pg';
import { z } from 'zod';
import { StoreError } from '../../../ports/store-error.ts';
import type { ChangeNotice, Follower } from '../engine.ts';
import { readChange } from '../read-change.ts';
import type { PostgresAddress } from './address.ts';
import { isLost, postgresTrouble } from './trouble.ts';

export const channelOf = (schema: string): string => `${schema}_changes`;

const message = z.lazy(() => z.object({ token: z.string(), touched: z.string().optional() }));
/** So often it is asked whether the server still answers. */
const heartbeatMs = 1_000;
/** So long that is waited for before it is said not to: a disk that is busy for a moment keeps every answer back. */
const silentAfterMs = 3_000;
const soonestMs = 100;
const latestMs = 2_000;

/**
 * Hears of every change as it is confirmed, over a connection of its own. When that breaks, it makes another, and says
 * so where it cannot; as soon as the server is back it says that as well, and that anything may have changed meanwhile.
 * `since` is the newest change that who follows may have seen: what came until it listens is told then.
 */
export function listen(
  address: PostgresAddress,
  { onNotice, onTrouble }: Follower,
  since: Promise<number | undefined>,
): () => void {
  const { config, schema, place } = address;
  let client: pg.Client | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let wait = soonestMs;
  let last: Newest | undefined;
  let wasLost = false;
  let hears = true;
  /** What was told while it began to listen, when a change may come both by name and with all that was missed. */
  let told: Set<string> | undefined = new Set();

  const tell = (notice: ChangeNotice | undefined): void => {
    if (notice !== undefined && told?.has(notice.token)) return;
    if (notice !== undefined) told?.add(notice.token);
    onNotice(notice);
  };
  const say = (error: unknown): void => onTrouble(postgresTrouble(error, address, 'listening for changes'));
  /** The newest change: what cannot be read here cannot be read by anybody. */
  const lastChange = async (on: pg.Client): Promise<Newest & { readonly isOther: boolean }> => {
    const { rows } = await on.query<{ id: string; token: string; before: string | null }>(newest, [last?.id ?? 0]);
    const [row] = rows;
    // What was the newest is gone, or another: an older copy of the store was put in its place.
    const isOther = last !== undefined && last.id > 0 && row?.before !== last.token;
    return { id: Number(row?.id ?? 0), token: row?.token ?? '', isOther };
  };
  /** Whether changes are told from now on: a copy that follows another server tells none, and is looked at instead. */
  const hear = (on: pg.Client): Promise<boolean> =>
    on.query(`listen ${channelOf(schema)}`).then(
      () => true,
      (error: unknown) => {
        if (postgresTrouble(error, address, '').kind === 'read-only') return false;
        throw error;
      },
    );
  const lose = (from: pg.Client): void => {
    if (client !== from || stopped) return;
    client = undefined;
    wasLost = true;
    clearTimeout(timer);
    from.end().catch(() => undefined);
    later();
  };
  const later = (): void => {
    timer = setTimeout(() => void connect(), wait).unref();
    wait = Math.min(latestMs, wait * 2);
  };
  /** Asks over and over; silence is said before the connection is given up, and taken back when it was only slow. */
  const beat = (on: pg.Client): void => {
    timer = setTimeout(() => {
      const unanswered = setTimeout(() => {
        if (client === on) say(new StoreError('unreachable', place, 'listening for changes: no answer'));
      }, silentAfterMs).unref();
      const answered = (error?: unknown): void => {
        clearTimeout(unanswered);
        if (client !== on || stopped) return;
        told = undefined;
        if (error === undefined) onTrouble(undefined);
        else say(error);
        if (isLost(error)) lose(on);
        else beat(on);
      };
      const looked = async (): Promise<void> => {
        const [before, heard] = [last?.id, hears];
        if (!hears) hears = await hear(on);
        const now = await lastChange(on);
        if (client !== on || stopped) return;
        last = now;
        if (now.isOther || (!heard && now.id !== before)) tell(undefined);
      };
      looked().then(() => answered(), answered);
    }, heartbeatMs).unref();
  };
  const connect = async (): Promise<void> => {
    const made = new pg.Client({ ...config, query_timeout: 5_000 });
    client = made;
    made.on('error', () => lose(made));
    made.on('end', () => lose(made));
    made.on('notification', ({ payload }) => tell(noticeFrom(payload)));
    try {
      await made.connect();
      hears = await hear(made);
      const now = await lastChange(made);
      const missed = last === undefined && !wasLost ? await missedSince(made, await since) : [];
      if (stopped) {
        await made.end();
        return;
      }
      onTrouble(undefined);
      // What came while nobody listened is not told one by one: it is enough to look again. After a loss also when
      // nothing came: whoever asked meanwhile was refused, and waits for a word to ask anew.
      if (wasLost || (last !== undefined && now.id !== last.id)) tell(undefined);
      for (const notice of missed) tell(notice);
      wasLost = false;
      last = now;
      wait = soonestMs;
      beat(made);
    } catch (error) {
      if (!stopped) say(error);
      lose(made);
    }
  };
  void connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    const open = client;
    client = undefined;
    open?.end().catch(() => undefined);
  };
}

/** The newest change, by number and name. */
type Newest = { readonly id: number; readonly token: string };
const newest = `select c.id, c.token, (select token from changes where id = $1) as before
  from changes c order by c.id desc limit 1`;

/** The changes after one, each by name; that there may be some, where it is not known which was the last. */
async function missedSince(on: pg.Client, last: number | undefined): Promise<readonly (ChangeNotice | undefined)[]> {
  if (last === undefined) return [undefined];
  const asked = 'select token, touched from changes where id > $1 order by id';
  const { rows } = await on.query<{ token: string; touched: string }>(asked, [last]);
  return rows.map(({ token, touched }) => ({ token, change: readChange(touched) }));
}

function noticeFrom(payload: string | undefined): ChangeNotice | undefined {
  try {
    const read = message.safeParse(JSON.parse(payload ?? ''));
    if (!read.success || read.data.touched === undefined) return undefined;
    return { token: read.data.token, change: readChange(read.data.touched) };
  } catch {
    return undefined;
  }
}
