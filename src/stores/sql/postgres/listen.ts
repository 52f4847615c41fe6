import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import type { Ask, ChangeNotice } from '../engine.ts';
import { readChange } from '../read-change.ts';
import type { PostgresAddress } from './address.ts';

export const channelOf = (schema: string): string => `${schema}_changes`;

const message = z.object({ token: z.string(), touched: z.string().optional() });
const heartbeatMs = 10_000;
const soonestMs = 250;
const latestMs = 5_000;

/**
 * Hears of every change as it is confirmed, over a connection of its own. When that breaks, it says so, and makes
 * another as soon as the server is back; what was missed meanwhile is told then.
 */
export function listen(
  { config, schema }: PostgresAddress,
  ask: Ask,
  onNotice: (notice: ChangeNotice | undefined) => void,
): () => void {
  let client: pg.Client | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let wait = soonestMs;
  let last: number | undefined;
  let wasLost = false;

  const lastChange = async (): Promise<number> => {
    const [row] = await ask(sql<{ id: number }>`select coalesce(max(id), 0) as id from changes`);
    return row?.id ?? 0;
  };
  const lose = (from: pg.Client): void => {
    if (client !== from || stopped) return;
    client = undefined;
    wasLost = true;
    clearTimeout(timer);
    from.end().catch(() => undefined);
    onNotice(undefined);
    later();
  };
  const later = (): void => {
    wait = Math.min(latestMs, wait * 2);
    timer = setTimeout(() => void connect(), wait).unref();
  };
  const beat = (on: pg.Client): void => {
    timer = setTimeout(() => {
      on.query('select 1').then(
        () => beat(on),
        () => lose(on),
      );
    }, heartbeatMs).unref();
  };
  const connect = async (): Promise<void> => {
    const made = new pg.Client({ ...config, query_timeout: 5_000 });
    client = made;
    made.on('error', () => lose(made));
    made.on('end', () => lose(made));
    made.on('notification', ({ payload }) => onNotice(noticeFrom(payload)));
    try {
      await made.connect();
      await made.query(`listen ${channelOf(schema)}`);
      const now = await lastChange();
      // What came while nobody listened is not told one by one: it is enough to look again. After a loss also when
      // nothing came: whoever asked meanwhile was refused, and waits for a word to ask anew.
      if (wasLost || (last !== undefined && now !== last)) onNotice(undefined);
      wasLost = false;
      last = now;
      wait = soonestMs;
      if (stopped) await made.end();
      else beat(made);
    } catch {
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

function noticeFrom(payload: string | undefined): ChangeNotice | undefined {
  try {
    const read = message.safeParse(JSON.parse(payload ?? ''));
    if (!read.success || read.data.touched === undefined) return undefined;
    return { token: read.data.token, change: readChange(read.data.touched) };
  } catch {
    return undefined;
  }
}
