import { newTally } from './model-run.ts';
import { holds, properties, unkindProperties } from './properties.ts';
import { runModel, tallyLines } from './run-model.ts';

// `npm run test:model [runs] [fleets] [seed]`: tries every property in so many generated runs, and lets so many fleets
// live through 300 steps, from a seed of its own or one that is given. Stops at the first that fails, and names it.
const runs = Number(process.argv[2] ?? 2000);
const fleets = Number(process.argv[3] ?? 200);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000_000);
const steps = 300;

console.log(`seed ${seed}: ${runs} worlds a law, ${fleets} fleets of ${steps} steps`);
for (const property of runs > 0 ? [...properties, ...unkindProperties] : []) {
  await holds(property, seed, runs);
  console.log(`holds: ${property.name}`);
}
const tally = newTally();
for (let fleet = seed; fleet < seed + fleets; fleet += 1) {
  await runModel(fleet, steps, tally).catch((wrong: unknown) => {
    console.log(`fleet of seed ${fleet} (npm run test:model 0 1 ${fleet}):`);
    throw wrong;
  });
}
console.log(tallyLines(tally));
