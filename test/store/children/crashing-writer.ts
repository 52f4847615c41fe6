import { writeSync } from 'node:fs';
import { jsonStore, type StoreStep } from '../../../src/stores/json-store.ts';
import { numberedChange } from './numbered-change.ts';
import { systemClock } from './system-clock.ts';

// Writes changes until it is killed, or kills itself when it comes to a step for the so-manieth time.
// Says on stdout what was confirmed, a line each, before it begins the next; on its fourth pipe each step it came to.
const [folder = '', name = '', killAt = '', times = '1'] = process.argv.slice(2);
let left = Number(times);
const onStep = (step: StoreStep): void => {
  writeSync(3, `${step}\n`);
  if (step !== killAt) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};

const store = await jsonStore({ folder, clock: systemClock, compactAfter: 3000, onStep });
for (let number = 1; number <= 60; number += 1) {
  await store.change(async () => numberedChange(`${name}-${number}`));
  writeSync(1, `${number}\n`);
}
await store.close();
