import { noChanges, refKey } from '../../domain/changes.ts';
import { type Instant, later, millisecondsOf } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { StoreReader } from '../../ports/store.ts';
import { keptTrouble } from '../dependencies/shop-failure.ts';
import { type ConnectedSession, report, stateOf, writeStep } from './sync-session.ts';

const dayMs = 24 * 60 * 60_000;
const defaultSalesDays = 365;

/** Trouble that is about the shop, its key or this process rather than about its orders. */
const stopping: readonly ShopError['kind'][] = ['cancelled', 'unauthorized', 'another-shop', 'rate-limited'];

/** A host, a plug-in or the shop itself that keeps its orders, or breaks down over them: the rest of it answers. */
const isAboutOrders = ({ kind, detail }: ShopError): boolean =>
  !stopping.includes(kind) && detail.distrusted !== true && (kind !== 'unreachable' || detail.status !== undefined);

/**
 * Reads what was sold since the last time, so that "no sale" is knowledge and not ignorance. Orders that cannot be read
 * leave sales unknown and stop nothing; that they cannot is told, unless the key was not given the right.
 */
export async function readSales(session: ConnectedSession): Promise<void> {
  const { deps, shop, connector, progress } = session;
  const { run } = progress;
  const { sales } = await stateOf(deps.store, shop);
  const until = run.watermark ?? deps.clock.now();
  const days = Math.min(connector.can.salesDays ?? defaultSalesDays, defaultSalesDays);
  const since = sales === undefined ? later(until, -days * dayMs) : later(sales.to, -deps.tuning.overlapMs);
  report(session, 'sales');
  try {
    await readSalesPages(session, since);
  } catch (trouble) {
    if (!(trouble instanceof ShopError && isAboutOrders(trouble))) throw trouble;
    const { status: _, ...kept } = keptTrouble(trouble);
    const salesTrouble = trouble.kind === 'forbidden' ? undefined : kept;
    return void (await writeStep(session, async () => ({ changes: noChanges, run: { salesTrouble } })));
  }
  await writeStep(session, async () => ({
    changes: noChanges,
    run: { salesTrouble: undefined },
    state: { sales: { from: sales?.from ?? since, to: until } },
  }));
}

/** Pages of orders of one day, beside those that any shop may have: thousands of orders. */
const pagesADay = 50;

async function readSalesPages(session: ConnectedSession, since: Instant): Promise<void> {
  const days = Math.max(0, millisecondsOf(session.deps.clock.now()) - millisecondsOf(since)) / dayMs;
  const maxPages = session.deps.tuning.orderPages + Math.ceil(pagesADay * days);
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await session.connector.sales({ since, cursor }, session.signal);
    session.signal.throwIfAborted();
    pages += 1;
    if (page.next !== undefined && (page.next === cursor || pages > maxPages)) {
      const said = `the shop shows more orders than it has: page ${pages}`;
      throw new ShopError('unintelligible', {
        shop: session.shop.id,
        doing: 'reading orders',
        said,
        saidBy: 'us',
        distrusted: true,
      });
    }
    if (page.sales.length > 0) {
      await writeStep(session, async (now) => ({
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
