import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Random } from '../../src/demo/seeded-random.ts';
import type { StoreStep } from '../../src/stores/json-store.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { checkStore } from '../../src/stores/maintenance/store-admin.ts';
import { registerChild } from '../support/children.ts';
import { partsThere } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

/** Where a writer was when it died, by the last step that it came to; each in the words of the log. */
export const crashPoints = {
  opening: 'before its first change',
  'lock-taken': 'with the lock, before it wrote',
  'lock-claimed': 'taking over the lock of one that had died',
  'journal-half': 'in the middle of a line of the journal',
  'journal-written': 'before the fsync of the journal was done',
  'journal-safe': 'after the fsync, before the change was confirmed',
  'snapshot-half': 'in the middle of the snapshot',
  'snapshot-written': 'after the snapshot, before the history',
  'history-half': 'in the middle of the history',
  'history-written': 'after the history, before the new journal',
  'journal-made': 'in the middle of the manifest',
  'manifest-written': 'before the manifest was replaced',
  'manifest-replaced': 'after that, before the old files were gone',
  swept: 'after a compaction, with the lock',
  'lock-left': 'between two changes',
} as const satisfies Record<StoreStep | 'opening', string>;
export type CrashPoint = keyof typeof crashPoints;

/** Half of them die by their own hand at one of these, each as often; the others by ours, wherever they are then. */
export const selfKillSteps = Object.keys(crashPoints).filter(
  (place): place is StoreStep => place !== 'opening' && place !== 'lock-left',
);

const writer = fileURLToPath(new URL('children/crashing-writer.ts', import.meta.url));
const killsPerStore = 20;
const longestLifeMs = 60;

/** One writer's life: what it had confirmed, whether it was killed and by whom, and where. */
export type WriterRun = {
  readonly name: string;
  readonly confirmed: number;
  readonly killed: boolean;
  readonly hand: 'own' | 'ours';
  readonly place: CrashPoint;
};

/**
 * Kills so many writers on stores of their own and looks at the store after each, or after two that died side by
 * side: it opens, every confirmed change is there whole, and of the one that was under way all or nothing. Throws a
 * sentence where that is not so.
 */
export async function killWriters(kills: number, random: Random, onLife: (life: WriterRun) => void): Promise<void> {
  let died = 0;
  let round = 0;
  while (died < kills) {
    const folder = await mkdtemp(join(tmpdir(), 'bindeled-crash-'));
    const lives: WriterRun[] = [];
    while (died < kills && lives.length < killsPerStore) {
      const ended = await Promise.all(writersOfRound(folder, round, random));
      round += 1;
      lives.push(...ended);
      died += ended.filter(({ killed }) => killed).length;
      ended.forEach(onLife);
      const how = ended.map(({ name, hand, place }) => `${name} by ${hand} hand, ${crashPoints[place]}`).join(' and ');
      await inspect(folder, lives, `seed ${random.seed}, ${folder}, ${how}`);
    }
    await rm(folder, { recursive: true });
  }
}

/** Twice one that dies at a step, the next step each time; then one to three side by side that we kill at any moment. */
function writersOfRound(folder: string, round: number, random: Random): readonly Promise<WriterRun>[] {
  const name = `w${round}`;
  if (round % 3 === 2) {
    return ['', '-beside', '-too']
      .slice(0, 1 + random.below(3))
      .map((more) => runUntilKilled(folder, name + more, { afterMs: random.below(longestLifeMs) }));
  }
  const own = 2 * Math.floor(round / 3) + (round % 3);
  const step = selfKillSteps[own % selfKillSteps.length];
  const often = step !== undefined && /^(journal-[hws]|lock-taken)/.test(step);
  return [
    runUntilKilled(folder, name, { step, times: step === 'lock-claimed' ? 1 : 1 + random.below(often ? 15 : 2) }),
  ];
}

type KillPlan = { readonly step?: StoreStep; readonly times?: number; readonly afterMs?: number };

async function runUntilKilled(
  folder: string,
  name: string,
  { step = 'lock-left', times = 0, afterMs }: KillPlan,
): Promise<WriterRun> {
  const child = registerChild(
    spawn(process.execPath, [writer, folder, name, step, String(times)], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    }),
  );
  const said = textOf(child.stdout!);
  const trouble = textOf(child.stderr!);
  const steps = textOf(child.stdio[3] as Readable);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  if (afterMs !== undefined) {
    await Promise.race([steps.begins, ended]);
    await pause(afterMs);
    child.kill('SIGKILL');
  }
  const signal = await ended;
  // Where the lock was free there was nobody to take it over from: the writer lived on to its end.
  const livedOn = signal === null && child.exitCode === 0;
  if (signal !== 'SIGKILL' && !livedOn) throw new Error(`writer ${name} ended by itself: ${trouble.text()}`);
  const confirmed = said.text().split('\n').length - 1;
  const hand = afterMs === undefined ? 'own' : 'ours';
  const place = (steps.text().split('\n').at(-2) ?? 'opening') as CrashPoint;
  return { name, confirmed, killed: signal === 'SIGKILL', hand, place };
}

function textOf(pipe: Readable): { readonly text: () => string; readonly begins: Promise<void> } {
  let text = '';
  const begins = new Promise<void>((resolve) => pipe.once('data', () => resolve()));
  pipe.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  return { text: () => text, begins };
}

async function inspect(folder: string, lives: readonly WriterRun[], where: string): Promise<void> {
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
