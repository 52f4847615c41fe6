import { sql } from 'kysely';
import type { StoreFindings } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { emptyTally, type Tally } from '../../contents/contents.ts';
import { tableNames } from '../../tables/tables.ts';
import { specs } from '../columns.ts';
import { readCounters } from '../counters.ts';
import type { Ask, Engine } from '../engine.ts';
import { tablesVersion } from '../migrations.ts';
import { makeSqlReader } from '../reading/reader.ts';
import { sqlContents } from './contents.ts';

/** How many there are and how large it is, without reading it through. */
export async function sizeOf(engine: Engine): Promise<StoreFindings> {
  const { ask } = engine;
  const counts = await makeSqlReader(engine).counts();
  const [{ many } = { many: 0 }] = await ask(sql<{ many: number }>`select count(*) as many from events`);
  return {
    version: tablesVersion,
    counts,
    events: many,
    bytes: await engine.bytes(),
    warnings: await engine.warnings(),
  };
}

/** Counts the rows of every table. */
export async function tallyOf(ask: Ask): Promise<Tally> {
  const tally = emptyTally();
  for (const name of [...tableNames, 'events'] as const) {
    const table = name === 'events' ? 'events' : specs[name].table;
    const [row] = await ask(sql<{ many: number }>`select count(*) as many from ${sql.table(table)}`);
    tally[name] = row?.many ?? 0;
  }
  return tally;
}

/** The law that what stands there breaks, in words. The tables hold both laws themselves; this looks all the same. */
export async function corruptConstraint(ask: Ask): Promise<string | undefined> {
  const [place] = await ask(sql<{ product_id: string; shop_id: string }>`
    select product_id, shop_id from integrations group by product_id, shop_id having count(*) > 1 limit 1`);
  if (place !== undefined) return `product ${place.product_id} has two integrations in ${place.shop_id}`;
  const [ref] = await ask(sql<{ ref_key: string }>`
    select ref_key from integrations group by ref_key having count(*) > 1 limit 1`);
  return ref && `listing ${ref.ref_key.replaceAll('\u001f', ' ')} belongs to two products`;
}

/** Reads every record and event, and what is kept up to date beside them. Throws a `StoreError` for what is wrong first. */
export async function checkAll(engine: Engine): Promise<StoreFindings> {
  requireSound(engine.place, await engine.faults());
  // In one view, so that nobody's change in the middle looks like damage.
  await engine.steady(async (ask) => {
    const tally = emptyTally();
    for await (const { name, rows } of sqlContents({ ...engine, ask })) tally[name] += rows.length;
    await requireKept(ask, engine.place, tally);
  });
  return sizeOf(engine);
}

/**
 * The same of a store that was just written: its records were held against their shapes on the way in, and each is in
 * its table. Throws a `StoreError` for what is wrong first.
 */
export async function checkCopy(engine: Engine): Promise<StoreFindings> {
  requireSound(engine.place, await engine.faults('quick'));
  await engine.steady(async (ask) => requireKept(ask, engine.place, await tallyOf(ask)));
  return sizeOf(engine);
}

const damaged = (place: string, what: string): StoreError => new StoreError('damaged', place, what);

function requireSound(place: string, [fault]: readonly string[]): void {
  if (fault !== undefined) throw damaged(place, fault);
}

/** Both laws, and what is kept beside the records: how many there are, and the lists of the shops. */
async function requireKept(ask: Ask, place: string, tally: Tally): Promise<void> {
  const broken = await corruptConstraint(ask);
  if (broken !== undefined) throw new StoreError('law-broken', place, broken);
  const count = await readCounters(ask);
  for (const name of ['products', 'integrations', 'listings', 'conflicts'] as const) {
    if (count(name) !== tally[name])
      throw damaged(place, `${tally[name]} ${name} are there, and ${count(name)} are counted`);
  }
  const [{ many } = { many: 0 }] = await ask(sql<{ many: number }>`
    select count(*) as many from integrations i join shops s on s.key = i.shop_id
    join products p on p.key = i.product_id left join shop_lines l
    on l.shop_id = i.shop_id and l.product_id = i.product_id and l.ref_key = i.ref_key and l.state = 'linked'
    where l.key is null`);
  if (many > 0) throw damaged(place, `${many} integrations are missing in the lists of their shops`);
}
