import { noChanges, refKey } from '../../domain/changes.ts';
import { type Instant, later } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { StoreReader } from '../../ports/store.ts';
import { type Asking, report, stateOf, writeStep } from './reading.ts';

const dayMs = 24 * 60 * 60_000;
const usualSalesDays = 365;

/**
 * Reads what was sold since the last time, so that "no sale" is knowledge and not ignorance. A key without the
 * right to read orders leaves sales unknown and stops nothing.
 */
export async function readSales(reading: Asking): Promise<void> {
  const { world, shop, connector, run } = reading;
  const { sales } = await stateOf(world.store, shop);
  const until = run.watermark ?? world.clock.now();
  const days = Math.min(connector.can.salesDays ?? usualSalesDays, usualSalesDays);
  const since = sales === undefined ? later(until, -days * dayMs) : later(sales.to, -world.tuning.overlapMs);
  report(reading, 'sales');
  try {
    await readSalesPages(reading, since);
  } catch (trouble) {
    if (trouble instanceof ShopError && trouble.kind === 'forbidden') return;
    throw trouble;
  }
  await writeStep(reading, async () => ({
    changes: noChanges,
    state: { sales: { from: sales?.from ?? since, to: until } },
  }));
}

async function readSalesPages(reading: Asking, since: Instant): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await reading.connector.sales({ since, cursor }, reading.signal);
    reading.signal.throwIfAborted();
    if (page.sales.length > 0) {
      await writeStep(reading, async (now) => ({
        changes: { put: { sales: await newerSales(now, page.sales) }, drop: {}, events: [] },
      }));
    }
    cursor = page.next;
  } while (cursor !== undefined);
}

/** The last sale of each listing, where that is later than what is known. */
async function newerSales(now: StoreReader, sales: readonly Sale[]): Promise<readonly Sale[]> {
  const last = new Map<string, Sale>();
  for (const sale of sales) {
    const other = last.get(refKey(sale.ref));
    if (other === undefined || other.at < sale.at) last.set(refKey(sale.ref), sale);
  }
  const known = new Map(
    (await now.salesAt([...last.values()].map(({ ref }) => ref))).map((sale) => [refKey(sale.ref), sale.at]),
  );
  return [...last.values()].filter((sale) => (known.get(refKey(sale.ref)) ?? '') < sale.at);
}
