import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Instant, parseInstant } from '../../../domain/ids.ts';
import type { StoreWarning } from '../../../ports/store-error.ts';
import { keptSince, usualMonths } from '../../compaction/keep-since.ts';
import type { Engine } from '../engine.ts';

/** So many events are looked at in one go. */
const momentsAtOnce = 5_000;

/** When events were made, newest first. */
async function* momentsBackward({ ask }: Engine): AsyncGenerator<Instant> {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = await ask(
      sql<{ seq: number; at: string }>`
        select seq, at from events where seq < ${before} order by seq desc limit ${momentsAtOnce}`,
    );
    for (const { at } of rows) {
      const moment = parseInstant(at);
      if (moment !== undefined) yield moment;
    }
    if (rows.length < momentsAtOnce) return;
    before = rows.at(-1)?.seq ?? 0;
  }
}

/** Lets old history go, unless the clock cannot be right; then it says so. */
export async function trimHistory(engine: Engine, now: Instant): Promise<readonly StoreWarning[]> {
  const kept = await keptSince(momentsBackward(engine), now, usualMonths);
  const { keepSince } = kept;
  if (keepSince === undefined) return 'warning' in kept && kept.warning !== undefined ? [kept.warning] : [];
  await engine.transact(randomUUID(), async (ask) => {
    await ask(sql`delete from event_products where seq in (select seq from events where at < ${keepSince})`);
    await ask(sql`delete from events where at < ${keepSince}`);
    await ask(sql`delete from acts where not exists (select 1 from events e where e.act_id = acts.act_id)`);
  });
  return [];
}
