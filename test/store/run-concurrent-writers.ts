import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toShopId } from '../../src/domain/ids.ts';
import type { Integration } from '../../src/domain/integration.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { registerChild } from '../support/children.ts';
import { systemClock } from './children/system-clock.ts';

const concurrentWriter = fileURLToPath(new URL('children/concurrent-writer.ts', import.meta.url));
const run = promisify(execFile);

/** What stands in a store after several processes fought over it. */
export type ContentionResult = {
  /** How often each process was refused by the laws. */
  readonly refused: readonly number[];
  readonly onHand: number;
  readonly seqs: readonly number[];
  readonly integrations: readonly Integration[];
};

/** Lets processes make so many changes each, all at once and to the same products. */
export async function runConcurrentWriters(folder: string, processes: number, each: number): Promise<ContentionResult> {
  const children = Array.from({ length: processes }, (_, number) => {
    const result = run(process.execPath, [concurrentWriter, folder, `${number}`, `${each}`]);
    registerChild(result.child);
    return result;
  });
  const refused = (await Promise.all(children)).map(({ stdout }) => Number(stdout));
  const store = await jsonStore({ folder, clock: systemClock });
  const products = await store.productPage({ limit: 100 });
  const integrations = await store.integrationsOn(toShopId('dk'));
  const events = await store.history({ limit: processes * each * 2 });
  await store.close();
  const onHand = products.reduce((sum, { stock }) => sum + stock.onHand, 0);
  return { refused, onHand, seqs: events.map(({ seq }) => seq), integrations };
}
