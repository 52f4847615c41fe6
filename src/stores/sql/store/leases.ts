import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { sql } from 'kysely';
import { instantOf } from '../../../domain/ids.ts';
import type { Holder, Leases } from '../../../ports/store.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { currentProcess, isProcessAlive } from '../../locking/process-identity.ts';
import type { Engine } from '../engine.ts';
import { doneByNewer, newerWords } from '../migrations.ts';

export type SqlLeaseOptions = {
  /** Milliseconds between two signs of life. */
  readonly heartbeatMs?: number;
  /** Milliseconds after the last sign of life, by the database's clock, when a lease is free again. */
  readonly holdMs?: number;
};

type LeaseRow = {
  token: string;
  pid: number;
  host: string;
  started: string;
  user_name: string;
  doing: string;
  since: number;
};

/**
 * Leases as rows with a moment at which they end, by the database's clock alone: a machine that is gone loses its own
 * by time, whatever its processes are called. Where the file is this machine's own, a dead process's are free at once.
 */
export function sqlLeases(engine: Engine, { heartbeatMs = 2_000, holdMs = 30_000 }: SqlLeaseOptions = {}): Leases {
  const { run, dialect, kind, place } = engine;
  const standing = async (name: string): Promise<LeaseRow | undefined> => {
    const [row] = await run(sql<LeaseRow>`
      select token, pid, host, started, user_name, doing, since from leases
      where name = ${name} and until > ${dialect.clock}`);
    return row !== undefined && isDead(row) ? undefined : row;
  };
  const valid = (name: string, token: string) =>
    run(sql<{ token: string }>`
      select token from leases where name = ${name} and token = ${token} and until > ${dialect.clock}`);
  const isDead = ({ pid, host, started }: LeaseRow): boolean =>
    kind === 'sqlite' && isProcessAlive({ pid, host, started }) === false;

  const claim = async (name: string, doing: string, token: string): Promise<boolean> => {
    const { pid, host, started } = currentProcess;
    const rows = await run(sql<{ token: string }>`
      insert into leases (name, token, pid, host, started, user_name, doing, since, until)
      values (${name}, ${token}, ${pid}, ${host}, ${started}, ${userName()}, ${doing}, ${dialect.clock}, ${dialect.clock} + ${holdMs})
      on conflict (name) do update set token = excluded.token, pid = excluded.pid, host = excluded.host,
        started = excluded.started, user_name = excluded.user_name, doing = excluded.doing, since = excluded.since,
        until = excluded.until
      where leases.until <= ${dialect.clock}
      returning token`);
    return rows.length > 0;
  };
  const prolong = async (name: string, token: string): Promise<boolean> => {
    const rows = await run(sql<{ name: string }>`
      update leases set until = ${dialect.clock} + ${holdMs}
      where name = ${name} and token = ${token} and until > ${dialect.clock} returning name`);
    return rows.length > 0;
  };

  /** `since` is the moment before the database was asked: its own count began later than that, never earlier. */
  const keepAlive = (
    name: string,
    token: string,
    since: number,
  ): { readonly lost: AbortSignal; readonly end: () => void } => {
    const controller = new AbortController();
    let last = since;
    let ended = false;
    const lose = (why: string): void => {
      ended = true;
      controller.abort(new StoreError('locked', place, why));
    };
    const beat = async (): Promise<void> => {
      const asked = performance.now();
      try {
        if (await prolong(name, token)) last = asked;
        else if (!ended) lose('the lease was taken over or taken away');
      } catch {
        // The server is away: the lease stands until its time is up, and not a moment longer.
        if (!ended && performance.now() - last > holdMs - 2 * heartbeatMs) lose('the lease could not be kept');
      }
      if (!ended) timer = setTimeout(() => void beat(), heartbeatMs).unref();
    };
    let timer = setTimeout(() => void beat(), heartbeatMs).unref();
    // An answer may be long in coming: whoever holds the lease is told in time all the same, also by a look that comes
    // a whole heartbeat later.
    const watchdog = setInterval(() => {
      if (!ended && performance.now() - last > holdMs - 2 * heartbeatMs) lose('the lease could not be kept');
      if (ended) clearInterval(watchdog);
    }, heartbeatMs).unref();
    const end = (): void => {
      ended = true;
      clearTimeout(timer);
      clearInterval(watchdog);
    };
    return { lost: controller.signal, end };
  };

  return {
    async take(name, doing) {
      const token = randomUUID();
      // An older program could write nothing of what it does under the lease, and would hold up a newer one.
      const [newer] = await run(sql.raw<{ name: string }>(doneByNewer));
      if (newer !== undefined) throw new StoreError('newer-version', place, newerWords(newer.name));
      const before = await readAny(engine, name);
      if (before !== undefined && isDead(before)) {
        await run(sql`delete from leases where name = ${name} and token = ${before.token}`);
      }
      for (;;) {
        const asked = performance.now();
        if (await claim(name, doing, token)) {
          const { lost, end } = keepAlive(name, token, asked);
          const release = async (): Promise<void> => {
            end();
            await run(sql`delete from leases where name = ${name} and token = ${token}`);
          };
          const isHeld = async (): Promise<boolean> => (await valid(name, token)).length > 0;
          return { held: true, lost, isHeld, release };
        }
        const by = await standing(name);
        if (by !== undefined) return { held: false, by: toHolder(by) };
      }
    },
    holder: async (name) => {
      const row = await standing(name);
      return row && toHolder(row);
    },
  };
}

async function readAny({ run }: Engine, name: string): Promise<LeaseRow | undefined> {
  const [row] = await run(sql<LeaseRow>`
    select token, pid, host, started, user_name, doing, since from leases where name = ${name}`);
  return row;
}

const toHolder = ({ pid, host, user_name, doing, since }: LeaseRow): Holder => ({
  pid,
  host: host.split('/')[0] ?? host,
  user: user_name,
  doing,
  since: instantOf(since),
});

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
};
