import { sql } from 'kysely';
import { StoreError } from '../../../ports/store-error.ts';
import { type Contents, counted, emptyTally, readAhead, type Tally } from '../../contents/contents.ts';
import { everything } from '../../tables/watchers.ts';
import { makeCounting } from '../counters.ts';
import type { Ask, Engine } from '../engine.ts';
import { movedTexts, type OwnRow, putTexts } from '../writing/own-texts.ts';
import type { LineWork } from '../writing/replace-lines.ts';
import { readShops, type WriteTools } from '../writing/write.ts';
import { newLines, writeLines } from '../writing/write-lines.ts';
import { type OpenRow, turnOpen, wronglyOpen } from '../writing/write-open.ts';
import { prepared } from './fill-rows.ts';

const emptied = [
  ...[
    'shops',
    'shop_states',
    'products',
    'product_codes',
    'stock_levels',
    'listings',
    'listing_codes',
    'integrations',
    'tombstones',
    'conflicts',
  ],
  ...[
    'conflict_products',
    'rulings',
    'sales',
    'marks',
    'plans',
    'events',
    'event_products',
    'acts',
    'shop_lines',
    'counters',
  ],
];

/**
 * Puts contents in the place of all that a database holds, in one transaction: whole or not at all. Rejects with
 * `law-broken` where they break a law, and with `damaged` where a record comes twice. The contents are asked for anew
 * when the transaction has to be run again. What is wrong with them is said of their `source`. What is to be written
 * next is made ready while a server still writes the one before.
 */
export async function fill(
  engine: Engine,
  contents: () => Contents,
  token: string,
  source = engine.place,
): Promise<Tally> {
  const { dialect } = engine;
  return engine.transact(token, async (ask) => {
    const tools: WriteTools = { ask, dialect, place: source, nextSeqs: engine.nextSeqs };
    const bulk = await engine.bulk(ask);
    for (const table of emptied) await ask(sql`delete from ${sql.table(table)}`);
    const tally = emptyTally();
    const counting = makeCounting(tools);
    try {
      await eachWritten(prepared(tools, readAhead(counted(contents(), tally)), counting.add));
      await bulk.records();
    } catch (error) {
      throw saidOf(source, error);
    }
    const shops = await readShops(tools);
    const work = { ...tools, counting, shops };
    await eachWritten(linesOfAll(work));
    await bulk.lines();
    for await (const keys of conflictKeys(ask)) await writeLines(work, new Set(), new Set(keys));
    await eachWritten(settledListings(work));
    await bulk.texts();
    await counting.write();
    await engine.announce(ask, { token, change: everything });
    return tally;
  });
}

type Write = () => Promise<void>;

async function eachWritten(writes: AsyncIterable<Write>): Promise<void> {
  for await (const write of readAhead(writes)) await write();
}

/** What is wrong with contents, said of where they are from. */
function saidOf(source: string, error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  const { kind, detail } = error;
  if (kind === 'law-broken') return new StoreError('law-broken', source, detail, error);
  const isTwice = (kind === 'disk' || kind === 'damaged') && /unique|duplicate/i.test(detail);
  return isTwice ? new StoreError('damaged', source, `a record stands there twice: ${detail}`, error) : error;
}

async function* linesOfAll(work: LineWork): AsyncGenerator<Write> {
  for (let after = 0; ; ) {
    const rows = await work.ask(sql<{ key: string; ord: number }>`
      select key, ord from products where ord > ${after} order by ord limit 500`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.ord;
    yield await newLines(
      work,
      rows.map(({ key }) => key),
    );
  }
}

async function* conflictKeys(ask: Ask): AsyncGenerator<readonly string[]> {
  for (let after = ''; ; ) {
    const rows = await ask(sql<{ key: string }>`
      select key from conflicts where key > ${after} order by key limit 1000`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.key;
    yield rows.map(({ key }) => key);
  }
}

/** Puts right what hangs on links: whether listings are settled, and what they are looked for in. */
async function* settledListings(work: LineWork): AsyncGenerator<Write> {
  for (let after = 0; ; ) {
    const rows = await work.ask(sql<OpenRow & OwnRow>`
      select l.key, l.ord, l.shop_id, l.sku, l.gtin, l.barcode, l.name, l.search, l.parent, l.besides, l.linkable,
        l.resting, l.is_open, i.key as linked, c.key as contested, p.search as held
      from listings l left join integrations i on i.ref_key = l.key left join products p on p.key = i.product_id
        left join conflicts c on c.key = l.key
      where l.ord > ${after} order by l.ord limit 1000`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.ord;
    const wrong = await wronglyOpen(work, rows, work.shops);
    const moved = movedTexts(rows);
    yield async () => {
      await turnOpen(work, wrong);
      await putTexts(work, moved);
    };
  }
}
