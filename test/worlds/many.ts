import { holds, laws } from './laws.ts';

// `npm run test:worlds [worlds] [seed]`: tries every law in so many made-up worlds, from a seed of its own or one that is given.
const worlds = Number(process.argv[2] ?? 2000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
console.log(`${worlds} worlds a law, seed ${seed}`);
for (const law of laws) {
  await holds(law, seed, worlds);
  console.log(`holds: ${law.name}`);
}
