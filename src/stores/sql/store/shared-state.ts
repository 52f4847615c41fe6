import { sql } from 'kysely';
import type { SharedState } from '../../../ports/shared-state.ts';
import type { Engine } from '../engine.ts';

type SharedRow = { readonly key: string; readonly body: string; readonly age: number };

/** A row a value, as old as the database's clock says. */
export const sqlSharedState = ({ ask, run, dialect }: Engine): SharedState => ({
  put: async (key, value) => {
    await run(sql`
      insert into shared_state (key, body, at) values (${key}, ${JSON.stringify(value)}, ${dialect.clock})
      on conflict (key) do update set body = excluded.body, at = excluded.at`);
  },
  list: async (prefix) => {
    const rows = await ask(sql<SharedRow>`
      select key, body, ${dialect.clock} - at as age from shared_state
      where substr(key, 1, ${prefix.length}) = ${prefix} order by key`);
    return rows.map(({ key, body, age }) => ({
      key,
      value: JSON.parse(body) as unknown,
      ageMs: Math.max(0, Number(age)),
    }));
  },
  remove: async (key) => {
    await run(sql`delete from shared_state where key = ${key}`);
  },
});
