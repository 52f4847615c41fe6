import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { StoreError } from '../../../ports/store-error.ts';
import { askInTurn } from '../ask-in-turn.ts';
import type { Ask, Engine } from '../engine.ts';
import { doneByNewer, newerWords } from '../migrations.ts';
import type { PostgresAddress } from './address.ts';
import { unhurried } from './connections.ts';
import { isCollision, isLost, newerCode } from './trouble.ts';

const collisionsAtMost = 20;
/** How long a change is tried again while the server is away: as long as one takes that is started anew. */
const awayMs = 15_000;

/**
 * Refuses the change where a newer program has been here meanwhile, in the same message that begins it. What is confirmed is
 * on disk, also where the role or the database was set not to wait for that.
 */
const unlessNewer = `do $$ declare newer text := (${doneByNewer}); begin
  if current_setting('synchronous_commit') = 'off' then set local synchronous_commit = on; end if;
  if newer is not null then raise exception using errcode = '${newerCode}', message = '${newerWords("' || newer || '")}'; end if;
  end $$`;

/** What the server says is wrong, as an error of the store. */
type Trouble = (error: unknown, doing: string) => StoreError;

export const asking =
  (on: Kysely<unknown>, trouble: Trouble, doing: string): Ask =>
  async (query) => {
    try {
      return (await query.execute(on)).rows;
    } catch (error) {
      throw trouble(error, doing);
    }
  };

export type Transactions = {
  readonly transact: Engine['transact'];
  /** Questions alone, which may take as long as whoever reads the answers takes. */
  readonly view: <Value>(begins: string, work: (ask: Ask) => Promise<Value>) => Promise<Value>;
  /** Writes once only, without a turn; `begins` is what is said first. */
  readonly alone: (begins: string, doing: string, work: (ask: Ask) => Promise<void>) => Promise<void>;
  /** What a transaction says to have the turn of the writers. */
  readonly turn: string;
};

/** Transactions on connections of a pool. What the work throws by itself comes back as it is: it is no word of the server. */
export function transactions(db: Kysely<unknown>, { timeoutMs }: PostgresAddress, trouble: Trouble): Transactions {
  const turn = `set local lock_timeout = ${Math.ceil(timeoutMs * 0.9)}; lock table writer_turn in exclusive mode`;
  // A change looks for rows by their keys. The planner takes any list of them for a hundred rows, and goes through the
  // whole of a small table for those.
  const byKeys = 'set local enable_hashjoin = off; set local enable_mergejoin = off';
  const begin = `begin isolation level serializable; ${byKeys}; ${turn}; ${unlessNewer}`;

  const connected = async <Value>(doing: string, work: (within: Ask) => Promise<Value>): Promise<Value> => {
    let isHad = false;
    try {
      return await db.connection().execute((own) => {
        isHad = true;
        return work(asking(own, trouble, doing));
      });
    } catch (error) {
      throw isHad ? error : trouble(error, doing);
    }
  };
  /** One try. The snapshot is taken after the lock is had, so that one writer after another sees all before it. */
  const attempt = <Value>(
    state: { commits: boolean; value?: { readonly of: Value } },
    work: (ask: Ask) => Promise<Value>,
  ) =>
    connected('writing', async (within) => {
      try {
        await within(sql.raw(begin));
        const value = await work(askInTurn(within));
        state.value = { of: value };
        state.commits = true;
        await within(sql`commit`);
        return value;
      } catch (error) {
        if (!isLost(error)) await within(sql`rollback`);
        throw error;
      }
    });
  /** Whether a change is there, after its confirmation was lost on the way. Waits for whoever still writes. */
  const isThere = (token: string): Promise<boolean> =>
    connected('looking whether a change is there', async (within) => {
      try {
        await within(sql.raw(begin));
        return (await within(sql`select 1 from changes where token = ${token}`)).length > 0;
      } finally {
        await within(sql`rollback`).catch(() => undefined);
      }
    });

  // One writes at a time anyhow: who waits here keeps no connection from those who read, and outlasts no time-out of it.
  let last: Promise<unknown> = Promise.resolve();
  const transact: Engine['transact'] = (token, work) => {
    const until = performance.now() + awayMs;
    const made = last.then(() => tryUntil(token, work, until));
    last = made.catch(() => undefined);
    return made;
  };
  const tryUntil = async <Value>(token: string, work: (ask: Ask) => Promise<Value>, until: number): Promise<Value> => {
    for (let tries = 1; ; tries += 1) {
      const state: { commits: boolean; value?: { readonly of: Value } } = { commits: false };
      try {
        return await attempt(state, work);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        const again = isCollision(error) ? tries < collisionsAtMost : isLost(error) && performance.now() < until;
        if (state.commits && isLost(error) && (await settled(token, isThere)) && state.value) return state.value.of;
        if (!again) throw error;
        await pause(Math.min(500, 5 * 2 ** tries) * (0.5 + Math.random()));
      }
    }
  };

  return {
    turn,
    transact,
    view: (begins, work) =>
      connected('reading', async (within) => {
        await within(sql.raw(begins));
        try {
          await within(sql.raw('set local idle_in_transaction_session_timeout = 0'));
          await within(sql.raw(unhurried));
          const value = await work(askInTurn(within));
          await within(sql`rollback`).catch(() => undefined);
          return value;
        } catch (error) {
          // Nothing was written, and a connection that is lost would only keep whoever waits for it.
          if (!isLost(error)) await within(sql`rollback`).catch(() => undefined);
          throw error;
        }
      }),
    alone: (begins, doing, work) =>
      connected(doing, async (within) => {
        await within(sql.raw(`begin; ${begins}`));
        try {
          await work(within);
          await within(sql`commit`);
        } catch (error) {
          if (!isLost(error)) await within(sql`rollback`);
          throw error;
        }
      }),
  };
}

/** Asks until the server answers or it has been long enough; then nobody knows, and that is said. */
async function settled(token: string, isThere: (token: string) => Promise<boolean>): Promise<boolean> {
  const until = performance.now() + awayMs;
  for (;;) {
    try {
      return await isThere(token);
    } catch (error) {
      if (!isLost(error) || performance.now() > until) {
        if (!(error instanceof StoreError)) throw error;
        throw new StoreError(
          error.kind,
          error.place,
          `whether the change was written is not known: ${error.detail}`,
          error,
        );
      }
      await pause(200);
    }
  }
}
