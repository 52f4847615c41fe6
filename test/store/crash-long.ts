import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refKey } from '../../src/domain/changes.ts';
import { makeDice } from '../support/dice.ts';
import { contend } from './contend.ts';
import { type KillPlace, killWriters } from './kills.ts';

// `npm run test:crash [kills] [seed]`: kills so many writers, looks at the store after each, and says where they died.
const kills = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const died = new Map<KillPlace | 'not killed', number>();
let confirmed = 0;
console.log(`${kills} writers, seed ${seed}`);
await killWriters(kills, makeDice(seed), (place, life) => {
  const where = life.killed ? place : 'not killed';
  died.set(where, (died.get(where) ?? 0) + 1);
  confirmed += life.confirmed;
});
for (const [place, count] of died) console.log(`${String(count).padStart(5)} ${place}`);
console.log(`${confirmed} changes were confirmed; all are there, none by halves, and every file opened.`);

const folder = await mkdtemp(join(tmpdir(), 'bindeled-contention-'));
const { onHand, seqs, integrations, refused } = await contend(folder, 8, 500);
const links = new Set(integrations.map(({ ref }) => refKey(ref))).size;
const places = new Set(integrations.map(({ productId }) => productId)).size;
const whole =
  onHand === 4000 && seqs.length === 4000 && links === integrations.length && places === integrations.length;
const noes = refused.reduce((sum, count) => sum + count, 0);
console.log(
  `8 processes, 500 changes each: ${onHand} changes there, ${seqs.length} events, ${noes} refused by the laws.`,
);
await rm(folder, { recursive: true });
process.exitCode = whole ? 0 : 1;
