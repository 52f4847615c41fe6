import { newTally } from './game.ts';
import { holds, laws } from './laws.ts';
import { play, tallyLines } from './play.ts';

// `npm run test:worlds [worlds] [fleets] [seed]`: tries every law in so many made-up worlds, and lets so many fleets
// live through 300 steps, from a seed of its own or one that is given. Stops at the first that fails, and names it.
const worlds = Number(process.argv[2] ?? 2000);
const fleets = Number(process.argv[3] ?? 200);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000_000);
const steps = 300;

console.log(`seed ${seed}: ${worlds} worlds a law, ${fleets} fleets of ${steps} steps`);
for (const law of worlds > 0 ? laws : []) {
  await holds(law, seed, worlds);
  console.log(`holds: ${law.name}`);
}
const tally = newTally();
for (let fleet = seed; fleet < seed + fleets; fleet += 1) {
  await play(fleet, steps, tally).catch((wrong: unknown) => {
    console.log(`fleet of seed ${fleet} (npm run test:worlds 0 1 ${fleet}):`);
    throw wrong;
  });
}
console.log(tallyLines(tally));
