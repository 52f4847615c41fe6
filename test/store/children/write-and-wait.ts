import { jsonStore } from '../../../src/stores/json-store.ts';
import { numberedChange } from './numbered-change.ts';
import { systemClock } from './system-clock.ts';

// Writes one change, says so once it is confirmed, and stays open until it is killed.
const store = await jsonStore({ folder: process.argv[2] ?? '', clock: systemClock });
await store.change(async () => numberedChange('from next door'));
console.log('confirmed');
setInterval(() => store, 60_000);
