import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, workerData } from 'node:worker_threads';
import { makeLock } from '../../../src/stores/locking/lock.ts';

// Several takers that ask for a lock at the same moment, again and again, each time in a folder that has none yet.
// Prints how many were answered.
const takers = 4;
const rounds = 60;
type Task = { readonly folder: string; readonly memory: SharedArrayBuffer };
const task = workerData as Task | null;

/** Lets nobody go on before all are there. */
function meet(arrived: Int32Array, round: number): void {
  Atomics.add(arrived, 0, 1);
  while (Atomics.load(arrived, 0) < takers * (round + 1));
}

if (task === null) {
  const folder = process.argv[2] ?? '';
  for (let round = 0; round < rounds; round += 1) mkdirSync(join(folder, String(round)));
  const memory = new SharedArrayBuffer(8);
  const workers = Array.from(
    { length: takers },
    () => new Worker(new URL(import.meta.url), { workerData: { folder, memory } }),
  );
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
  console.log(`${new Int32Array(memory)[1]} of ${takers * rounds} answered`);
} else {
  const counters = new Int32Array(task.memory);
  for (let round = 0; round < rounds; round += 1) {
    meet(counters, round);
    const lock = makeLock(join(task.folder, String(round), 'locks'));
    await lock
      .hold(async () => undefined)
      .then(
        () => Atomics.add(counters, 1, 1),
        (error: unknown) => console.error(error),
      );
    lock.close();
  }
}
