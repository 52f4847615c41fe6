import { makeDice } from '../support/dice.ts';
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
