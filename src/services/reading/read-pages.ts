import { millisecondsOf } from '../../domain/ids.ts';
import { glance } from '../../domain/linking/reconcile.ts';
import type { ListingPage } from '../../ports/shop-connector.ts';
import { gatherFacts } from './gather-facts.ts';
import { type Asking, lookOf, type Reading, report, sinceOf, writeStep } from './reading.ts';

/** Reads what the shop has, page by page, from where the run stands. The next page is on its way while one is written. */
export async function readPages(reading: Asking): Promise<void> {
  if (reading.run.readToEnd === true) return;
  const since = await sinceOf(reading);
  const ask = (cursor: string | undefined): Promise<ListingPage> =>
    reading.connector.page({ cursor, since }, reading.signal);
  let page: Promise<ListingPage> | undefined = ask(reading.run.cursor);
  while (page !== undefined) {
    const shown: ListingPage = await page;
    reading.signal.throwIfAborted();
    page = shown.next === undefined ? undefined : readAhead(ask(shown.next));
    await writePage(reading, shown);
    report(reading, 'reading');
  }
}

/** Awaited one turn later: trouble with it must not go unheard of before, nor end the program. */
function readAhead(page: Promise<ListingPage>): Promise<ListingPage> {
  page.catch(() => undefined);
  return page;
}

async function writePage(reading: Reading, page: ListingPage): Promise<void> {
  const { world, shop, run } = reading;
  reading.total = page.total ?? reading.total;
  await writeStep(reading, async (now) => {
    const seen = page.listings.map((listing) => ({ ...listing, seenIn: run.id }));
    const notebook = await gatherFacts(now, { shop, seen });
    const look = lookOf(reading, notebook);
    for (const listing of seen) glance(listing, look);
    return {
      changes: notebook.changes(),
      seen: page.listings.length,
      broken: page.broken.length,
      run: { cursor: page.next, readToEnd: page.next === undefined, watermark: run.watermark ?? page.asOf },
      state: {
        lastAnswerAt: world.clock.now(),
        clockAheadMs: millisecondsOf(page.asOf) - millisecondsOf(world.clock.now()),
      },
    };
  });
}
