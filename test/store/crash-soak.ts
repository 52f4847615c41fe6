import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { refKey } from '../../src/domain/changes.ts';
import { type CrashPoint, crashPoints, killWriters, type WriterRun } from './kill-writers.ts';
import { runConcurrentWriters } from './run-concurrent-writers.ts';

// `npm run test:crash [kills] [seed]`: kills so many writers, looks at the store after each, and says where they died.
const kills = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const places = Object.keys(crashPoints) as CrashPoint[];
const died = new Map(places.map((place) => [place, { own: 0, ours: 0 }]));
let livedOn = 0;
let confirmed = 0;

let killed = 0;
const count = (life: WriterRun): void => {
  if (life.killed) killed += 1;
  if (life.killed && killed % 100 === 0) console.log(`${killed} killed so far`);
  confirmed += life.confirmed;
  const here = died.get(life.place);
  if (!life.killed) livedOn += 1;
  else if (here !== undefined) here[life.hand] += 1;
};
const row = (ours: number | string, own: number | string, where: string): void =>
  console.log(`${String(ours).padStart(14)} ${String(own).padStart(10)}   ${where}`);

console.log(`${kills} writers are killed, seed ${seed}`);
await killWriters(kills, makeRandom(seed), count);
row('at any moment', 'at a step', 'where it was when it died');
for (const [place, { own, ours }] of died) row(ours, own, crashPoints[place]);
const all = [...died.values()];
row(
  all.reduce((sum, { ours }) => sum + ours, 0),
  all.reduce((sum, { own }) => sum + own, 0),
  `together; ${livedOn} lived on to their end`,
);
console.log(`${confirmed} changes were confirmed; all are there, none by halves, and every file opened.\n`);

const folder = await mkdtemp(join(tmpdir(), 'bindeled-contention-'));
const { onHand, seqs, integrations, refused } = await runConcurrentWriters(folder, 8, 500);
const links = new Set(integrations.map(({ ref }) => refKey(ref))).size;
const products = new Set(integrations.map(({ productId }) => productId)).size;
const lawsHold = links === integrations.length && products === integrations.length;
const noes = refused.reduce((sum, one) => sum + one, 0);
console.log(
  `8 processes, 500 changes each: ${onHand} changes there, ${seqs.length} events, ${noes} refused by the laws, which ${lawsHold ? 'hold' : 'ARE BROKEN'}.`,
);
await rm(folder, { recursive: true });
process.exitCode = onHand === 4000 && seqs.length === 4000 && lawsHold ? 0 : 1;
