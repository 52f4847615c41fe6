import { StoreError } from '../../../src/ports/store-error.ts';
import { jsonStore } from '../../../src/stores/json-store.ts';
import { numberedChange } from './numbered-change.ts';
import { systemClock } from './system-clock.ts';

// Opens a store that is not its own, reads it, and tries to write. Prints what came of it, a line of JSON.
const said: Record<string, unknown> = {};
try {
  const store = await jsonStore({ folder: process.argv[2] ?? '', clock: systemClock });
  said.products = (await store.counts()).products;
  await store.change(async () => numberedChange('stranger'));
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  said.kind = error.kind;
  said.place = error.place;
}
console.log(JSON.stringify(said));
process.exit(0);
