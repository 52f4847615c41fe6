import { warehouseFacts } from '../../src/views/warehouse/warehouse-lines.ts';
import type { PlainContext } from './plain-context.ts';

/** Says which warehouse is chosen and how its readings go. */
export async function warehouse({ services, words, print }: PlainContext): Promise<void> {
  const overview = services.warehouse.show();
  if (overview === undefined) return print(words.warehouse.ownStock);
  for (const [name, value] of warehouseFacts(overview, { words, now: services.now() }))
    if (value !== '') print(`${name}: ${value}`);
}
