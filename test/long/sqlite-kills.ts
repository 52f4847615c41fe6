import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { sqliteStoreEngine } from '../../src/stores/sql/sqlite/store-engine.ts';
import { systemClock } from '../store/children/system-clock.ts';
import { inspect, kill, type Life, startLife } from './lives.ts';

// Kills writers of a SQLite store, one to three side by side, at any moment, and looks at the store after each round.
const kills = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const perStore = 30;
const random = makeRandom(seed);
console.log(`${kills} writers of SQLite stores are killed, seed ${seed}`);
let killed = 0;
let confirmed = 0;
while (killed < kills) {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-kills-'));
  const where = `sqlite:${join(folder, 'store.sqlite')}`;
  const lives: Life[] = [];
  while (lives.length < perStore && killed < kills) {
    const round = Array.from({ length: 1 + random.below(3) }, (_, n) => startLife(where, `w${killed + n}`));
    // Some die while they open it, the others while they write.
    if (random.chance(0.8)) await Promise.all(round.map(({ ready }) => ready));
    await pause(random.below(120));
    for (const life of round) await kill(life);
    killed += round.length;
    lives.push(...round);
    await inspect(where, lives);
  }
  const check = await sqliteStoreEngine(join(folder, 'store.sqlite'), systemClock).maintenance.check();
  if (!check.ok) throw new Error(`seed ${seed}, ${folder}: ${check.trouble.detail}`);
  confirmed += lives.reduce((sum, life) => sum + life.confirmed.length, 0);
  console.log(`${killed} killed, ${confirmed} changes confirmed; all are there, none by halves, both laws hold`);
  await rm(folder, { recursive: true });
}
