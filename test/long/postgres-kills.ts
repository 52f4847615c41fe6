import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { endAll, inspect, kill, type Life, startLife } from './lives.ts';
import { startServer } from './servers.ts';

// Kills a PostgreSQL server in mid transaction (by turns SIGKILL and an immediate shutdown), and its clients.
const serverKills = Number(process.argv[2] ?? 50);
const clientKills = Number(process.argv[3] ?? 300);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000);
const random = makeRandom(seed);
const server = await startServer();
console.log(`${server.version}: killed ${serverKills} times, and ${clientKills} clients; seed ${seed}`);
const whereOf = () => `${server.url}?schema=kills_${randomBytes(4).toString('hex')}&connect_timeout=2`;
const all: Life[] = [];
const start = (where: string, name: string): Life => {
  const life = startLife(where, name);
  all.push(life);
  return life;
};
try {
  const where = whereOf();
  const lives = ['a', 'b', 'c'].map((name) => start(where, name));
  await Promise.all(lives.map(({ ready }) => ready));
  for (let round = 1; round <= serverKills; round += 1) {
    await Promise.race(lives.map(({ goesOn }) => goesOn()));
    await pause(random.below(80));
    await server.crash(round % 2 === 0 ? 'SIGKILL' : 'SIGQUIT');
    await pause(random.below(200));
    await server.restart();
    // They go on by themselves once it is back.
    await Promise.all(lives.map(({ goesOn }) => goesOn()));
    if (round % 10 === 0) {
      const there = await inspect(
        where,
        lives.map(({ name, confirmed }) => ({ name, confirmed: [...confirmed] })).map((one) => one),
      );
      console.log(`server killed ${round} times: ${there} changes there, nothing confirmed lost, both laws hold`);
    }
  }
  for (const life of lives) await kill(life);
  await inspect(where, lives);

  const other = whereOf();
  const dead: Life[] = [];
  while (dead.length < clientKills) {
    const round = Array.from({ length: 3 }, (_, n) => start(other, `k${dead.length + n}`));
    await Promise.all(round.map(({ ready }) => ready));
    await pause(random.below(150));
    for (const life of round) await kill(life);
    dead.push(...round);
    if (dead.length % 30 === 0) {
      const there = await inspect(other, dead);
      console.log(`${dead.length} clients killed: ${there} changes there, nothing confirmed lost, both laws hold`);
    }
  }
  await inspect(other, dead);
} finally {
  endAll(all);
  await server.stop();
}
