import { writeSync } from 'node:fs';
import { StoreError } from '../../../src/ports/store-error.ts';
import { numberedChange } from '../../store/children/numbered-change.ts';
import { openNamed } from './open-named.ts';

// Writes changes until it is killed, or has made so many. Says on stdout what was confirmed, a line each, before it
// begins the next. While a server is away it goes on trying, each time with a new number.
const [where = '', name = '', most = '1000000'] = process.argv.slice(2);
const again = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== 'unreachable') throw error;
    }
  }
};
const { store } = await again(() => openNamed(where));
writeSync(1, 'ready\n');
for (let number = 1; number <= Number(most); number += 1) {
  try {
    await store.change(async () => numberedChange(`${name}-${number}`));
    writeSync(1, `${number}\n`);
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'unreachable') throw error;
  }
}
await store.close();
