import { sql } from 'kysely';
import type { Ask, Engine } from '../engine.ts';
import { unhurried } from './connections.ts';
import { isOfPart } from './text-parts.ts';

/** Something that finds rows: an index, or a constraint that has one. */
type Finder = {
  readonly name: string;
  readonly of: string;
  readonly method: string;
  readonly drops: string;
  readonly makes: string;
};

/** Tables whose keys nothing is looked up by, and that nothing collides in, while the rows come. */
const withoutKeys = ['listings', 'integrations', 'shop_lines', 'event_products'];

/**
 * What is made once all rows are there: indexes, but for those of products, and keys where nobody asks for them before.
 * The two laws are first, so that it is them that are said to be broken.
 */
const finders = sql<Finder>`
  select c.relname as name, t.relname as of, m.amname as method,
    case when k.oid is null then format('drop index %I', c.relname)
      else format('alter table %I drop constraint %I', t.relname, k.conname) end as drops,
    case when k.oid is null then pg_get_indexdef(c.oid)
      else format('alter table %I add constraint %I %s', t.relname, k.conname, pg_get_constraintdef(k.oid)) end as makes
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
  join pg_am m on m.oid = c.relam
  left join pg_constraint k on k.conindid = c.oid and k.contype in ('p', 'u')
  where t.relnamespace = current_schema()::regnamespace and case
    when k.oid is not null then t.relname = any(${withoutKeys}::text[])
      and not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'ord' and a.attnum = any(k.conkey))
    else not i.indisunique and (t.relname <> 'products' or m.amname = 'gin') end
  order by c.relname not like 'one%', c.oid`;

/**
 * Indexes and keys are made in one go when all rows are there, where this role may make them and nobody reads meanwhile:
 * with records in the tables, others would wait until the end. Numbers go on after the highest that came with the rows;
 * the planner is told how many there are.
 */
export const postgresBulk: Engine['bulk'] = async (ask) => {
  await ask(sql.raw(unhurried));
  await ask(sql`set local maintenance_work_mem = '256MB'`);
  const made = (await mayMake(ask)) ? await ask(finders) : [];
  for (const { drops } of made) await ask(sql.raw(drops));
  const make = async (isWanted: (finder: Finder) => boolean): Promise<void> => {
    for (const finder of made) if (isWanted(finder)) await ask(sql.raw(finder.makes));
  };
  const analyze = async (tables: readonly string[]): Promise<void> => {
    for (const table of tables) await ask(sql`analyze ${sql.table(table)}`);
  };
  return {
    records: async () => {
      await make(({ of, method, name }) => of !== 'shop_lines' && method !== 'gin' && !isOfPart(name));
      const highest = sql`(select max(seq) from events)`;
      await ask(
        sql`select setval(pg_get_serial_sequence('events', 'seq'), coalesce(${highest}, 1), ${highest} is not null)`,
      );
      await analyze(['products', 'listings', 'integrations', 'events', 'event_products']);
    },
    lines: async () => {
      await make(({ of }) => of === 'shop_lines');
      await analyze(['shop_lines']);
    },
    texts: () => make(({ method, name }) => method === 'gin' || isOfPart(name)),
  };
};

const mayMake = async (ask: Ask): Promise<boolean> => {
  const [can] = await ask(sql<{ make: boolean }>`
    select has_schema_privilege(current_schema(), 'create') and not exists (select 1 from products)
      and not exists (select 1 from events) and not exists (
        select 1 from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'
        and not pg_has_role(relowner, 'usage')) as make`);
  return can?.make ?? false;
};
