import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Engine } from '../engine.ts';
import { writeOwnTexts } from './own-texts.ts';

/** The counter that tells how far it has come; not there where nothing is left to do. */
export const textsDoneTo = 'texts-done-to';

const atOnce = 200;
const firstMs = 3_000;
const betweenMs = 200;

/**
 * Listings that an earlier version wrote are looked for in more than they need: this works the next few out anew, in a
 * change of its own that a kill leaves whole or undone. Answers whether any are left.
 */
async function finishSome({ ask: look, transact, dialect }: Engine): Promise<boolean> {
  const marked = sql<{ value: number }>`select value from counters where name = ${textsDoneTo}`;
  // Nearly always nothing is left: who writes meanwhile is not to wait for a change that changes nothing.
  if ((await look(marked)).length === 0) return false;
  return transact(randomUUID(), async (ask) => {
    const [mark] = await ask(marked);
    if (mark === undefined) return false;
    const rows = await ask(sql<{ key: string; ord: number }>`
      select key, ord from listings where ord > ${mark.value} order by ord limit ${atOnce}`);
    const last = rows.at(-1);
    if (last === undefined) {
      await ask(sql`delete from counters where name = ${textsDoneTo}`);
      return false;
    }
    await writeOwnTexts({ ask, dialect }, new Set(rows.map(({ key }) => key)));
    await ask(sql`update counters set value = ${last.ord} where name = ${textsDoneTo}`);
    return true;
  });
}

/** All that is left, in one go. */
export async function finishTexts(engine: Engine): Promise<void> {
  while (await finishSome(engine)) {
    // The next few.
  }
}

/**
 * The same beside the work of a program that stays open, a few listings at a time with pauses between; a short command
 * has ended before it begins. Where it cannot be done (no rights, no server) it is left to the next program. Returns
 * the way to stop, which waits for what is under way.
 */
export function finishTextsBeside(
  engine: Engine,
  { first = firstMs, between = betweenMs }: { readonly first?: number; readonly between?: number } = {},
): () => Promise<void> {
  let stopped = false;
  let working: Promise<void> = Promise.resolve();
  const step = async (): Promise<void> => {
    const isMore = await finishSome(engine).catch(() => false);
    if (isMore && !stopped) later(between);
  };
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      working = step();
    }, ms).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  later(first);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await working;
  };
}
