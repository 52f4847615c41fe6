import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../../../src/ports/store-error.ts';
import { numberedChange } from '../../store/children/numbered-change.ts';
import { openNamed } from './open-named.ts';

// A machine that syncs a shop as long as it has the lease, and waits for it when it has not. Says what happens, a line
// each: `held`, the number of every change that was confirmed, `lost`.
const [where = '', name = ''] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const away = (error: unknown): void => {
  if (!(error instanceof StoreError) || (error.kind !== 'unreachable' && error.kind !== 'locked')) throw error;
};
const { store, leases } = await openNamed(where);
say('ready');
let number = 0;
for (;;) {
  const lease = await leases.take('sync dk', 'sync').catch((error: unknown) => {
    away(error);
    return { held: false } as const;
  });
  if (!lease.held) {
    await pause(100);
    continue;
  }
  say('held');
  lease.lost.addEventListener('abort', () => say('lost'));
  while (!lease.lost.aborted) {
    number += 1;
    try {
      await store.change(async () => numberedChange(`${name}-${number}`));
      say(String(number));
    } catch (error) {
      away(error);
    }
    await pause(20);
  }
}
