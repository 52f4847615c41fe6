import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkStore } from '../../src/stores/admin.ts';
import type { StoreStep } from '../../src/stores/json.ts';
import { jsonStore } from '../../src/stores/json.ts';
import type { Dice } from '../support/dice.ts';
import { partsThere } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

/** Where writers are killed: at a step by their own hand, or by ours at any moment. */
export const killPlaces = [
  'journal-half',
  'journal-written',
  'journal-safe',
  'lock-taken',
  'lock-claimed',
  'snapshot-half',
  'snapshot-written',
  'history-written',
  'journal-made',
  'manifest-written',
  'manifest-replaced',
  'swept',
  'any-moment',
] as const satisfies readonly (StoreStep | 'any-moment')[];
export type KillPlace = (typeof killPlaces)[number];

const writer = fileURLToPath(new URL('children/writer.ts', import.meta.url));
const killsPerStore = 20;

/** One writer's life: what it had confirmed when it was killed, if it was. */
type Life = { readonly name: string; readonly confirmed: number; readonly killed: boolean };

/**
 * Kills writers one after another on the same store and looks at it after each: it opens, every confirmed change
 * is there whole, and of the one that was under way all or nothing. Throws a sentence where that is not so.
 */
export async function killWriters(
  kills: number,
  dice: Dice,
  onKill: (place: KillPlace, life: Life) => void,
): Promise<void> {
  for (let done = 0; done < kills; done += killsPerStore) {
    const folder = await mkdtemp(join(tmpdir(), 'bindeled-crash-'));
    const lives: Life[] = [];
    for (let number = done; number < Math.min(kills, done + killsPerStore); number += 1) {
      const place = killPlaces[number % killPlaces.length] ?? 'any-moment';
      const life = await liveAndDie(folder, `w${number}`, { place, dice });
      lives.push(life);
      onKill(place, life);
      await inspect(folder, lives, `seed ${dice.seed}, kill ${number} at ${place}, ${folder}`);
    }
    await rm(folder, { recursive: true });
  }
}

async function liveAndDie(
  folder: string,
  name: string,
  { place, dice }: { readonly place: KillPlace; readonly dice: Dice },
): Promise<Life> {
  const times = 1 + dice.roll(/^(journal-[hws]|lock-taken)/.test(place) ? 15 : place === 'lock-claimed' ? 1 : 2);
  const child = spawn(process.execPath, [writer, folder, name, place, String(times)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let trouble = '';
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  const first = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    trouble += text;
  });
  if (place === 'any-moment') {
    await Promise.race([first, ended]);
    await pause(dice.roll(40));
    child.kill('SIGKILL');
  }
  const signal = await ended;
  const confirmed = said.split('\n').length - 1;
  // The lock was free, so there was nobody to take it over from: the writer lived on to its end.
  const livedOn = signal === null && child.exitCode === 0;
  if (signal !== 'SIGKILL' && !livedOn) throw new Error(`writer ${name} ended by itself: ${trouble}`);
  return { name, confirmed, killed: signal === 'SIGKILL' };
}

async function inspect(folder: string, lives: readonly Life[], where: string): Promise<void> {
  const check = await checkStore({ folder, clock: systemClock });
  const nothingYet = lives.every(({ confirmed }) => confirmed === 0);
  if (!check.ok && !(nothingYet && check.trouble.kind === 'missing'))
    throw new Error(`${where}: ${check.trouble.message}`);
  const store = await jsonStore({ folder, clock: systemClock });
  try {
    const parts = await partsThere(store);
    const halves = [...parts].filter(([, count]) => count !== 3);
    if (halves.length > 0) throw new Error(`${where}: by halves: ${halves.join('; ')}`);
    for (const { name, confirmed } of lives) {
      const there = (number: number): boolean => parts.has(`${name}-${number}`);
      const lost = Array.from({ length: confirmed }, (_, place) => place + 1).find((number) => !there(number));
      if (lost !== undefined) throw new Error(`${where}: ${name}-${lost} is lost, ${confirmed} were confirmed`);
      if (there(confirmed + 2)) throw new Error(`${where}: ${name}-${confirmed + 2} was never begun`);
    }
  } finally {
    await store.close();
  }
}
