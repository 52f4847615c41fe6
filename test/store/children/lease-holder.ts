import { fileLeases } from '../../../src/stores/locking/leases.ts';
import { systemClock } from './system-clock.ts';

// Takes a lease and keeps it until it is killed.
const lease = await fileLeases({ folder: process.argv[2] ?? '', clock: systemClock }).take(
  'sync:dk',
  'waiting to be killed',
);
console.log(lease.held);
setInterval(() => undefined, 60_000);
