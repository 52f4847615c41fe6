import { note } from './record-operations.ts';

// Makes changes and compactions while all it does to the files is recorded, and notes what was confirmed when.
const [, , folder = ''] = process.argv;
const [{ jsonStore }, { numberedChange }, { systemClock }] = await Promise.all([
  import('../../../src/stores/json-store.ts'),
  import('./numbered-change.ts'),
  import('./system-clock.ts'),
]);
const store = await jsonStore({ folder, clock: systemClock, compactAfter: 6000 });
let number = 0;
for (let round = 0; round < 9; round += 1) {
  // Some at once, so that several lines share an fsync.
  const several = Array.from({ length: 1 + (round % 4) * 3 }, () => {
    number += 1;
    return `w-${number}`;
  });
  note({ does: 'begin', names: several });
  await Promise.all(several.map((name) => store.change(async () => numberedChange(name))));
  note({ does: 'confirm', names: several });
}
await store.close();
