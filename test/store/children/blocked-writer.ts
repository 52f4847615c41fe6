import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonStore } from '../../../src/stores/json-store.ts';
import { numberedChange } from './numbered-change.ts';
import { systemClock } from './system-clock.ts';

// Writes one change, and then holds the lock in the middle of another until a file named `go` is there: `alive` with
// a heartbeat, `frozen` without one, as a machine that stands still. Says what came of it.
const [folder = '', how = 'alive'] = process.argv.slice(2);
const go = join(folder, 'go');
const store = await jsonStore({ folder, clock: systemClock, staleMs: 1000 });
await store.change(async () => numberedChange('before'));
// As after a long life: what was written once when the process began is old.
const locks = join(folder, 'locks');
const longAgo = Date.now() / 1000 - 3600;
for (const name of readdirSync(locks)) utimesSync(join(locks, name), longAgo, longAgo);
const outcome = await store
  .change(async () => {
    writeFileSync(join(folder, 'held'), '');
    while (!existsSync(go)) {
      if (how === 'frozen') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return numberedChange('slow');
  })
  .then(
    () => 'confirmed',
    (error: unknown) => `refused: ${error}`,
  );
console.log(outcome);
await store.close();
