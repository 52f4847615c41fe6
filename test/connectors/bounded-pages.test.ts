import { describe, expect, it, vi } from 'vitest';
import { boundedPages } from '../../src/connectors/reading/bounded-pages.ts';
import type { ListingPage, PageRequest, ShopConnector } from '../../src/ports/shop-connector.ts';
import { errorOf, forever } from '../contract/connector-harness.ts';
import { instant, makeListing } from '../support/builders.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const asOf = instant('2026-11-24T08:00:00.000Z');
const rows = Array.from({ length: 1000 }, () => makeListing());

/** A shop that always has another page. */
const endless =
  (page: Partial<ListingPage>): ShopConnector['page'] =>
  async ({ cursor }) => ({ listings: [], broken: [], asOf, ...page, next: String(Number(cursor ?? 0) + 1) });

/** Reads on until it ends, or is given up; answers how many pages there were. */
async function pagesOf(shop: ShopConnector['page'], request: PageRequest): Promise<number> {
  const read = boundedPages(shop, { shopId: 'dk' });
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const { next } = await read({ ...request, cursor }, forever);
    if (next === undefined) return pages;
    cursor = next;
  }
}

describe('A reading ends, whatever the shop shows', () => {
  it.each([
    { known: 'what was there last time', request: { expected: 60 }, page: { listings: rows }, rows: 10_180 },
    { known: 'what the shop says it has', request: {}, page: { listings: rows, total: 60 }, rows: 11_000 },
    { known: 'nothing', request: {}, page: { listings: rows }, rows: 200_000 },
    {
      known: 'a total beyond belief',
      request: {},
      page: { listings: [...rows, ...rows, ...rows, ...rows, ...rows], total: 1e15 },
      rows: 200_000,
    },
    {
      known: 'what a person says',
      request: { expected: 4_000_000 },
      page: { listings: [...rows, ...rows, ...rows, ...rows, ...rows], total: 1e15 },
      rows: 10_000_000,
    },
  ])('by $known: $rows rows', async ({ request, page, rows: most }) => {
    const error = await errorOf(pagesOf(endless(page), request));
    expect([error.kind, error.detail.said]).toEqual([
      'unintelligible',
      expect.stringMatching(new RegExp(`^the shop shows more than it has: page \\d+ goes over ${most} rows$`)),
    ]);
  });

  it('counts rows that nobody can read, and gives up on pages without any', async () => {
    const broken = Array.from({ length: 1000 }, () => ({ where: 'id', said: 'is a list' }));
    expect((await errorOf(pagesOf(endless({ broken }), { expected: 0 }))).kind).toBe('unintelligible');
    expect((await errorOf(pagesOf(endless({}), { expected: 0 }))).detail.said).toContain('page 2001');
  });

  it('counts on where a reading is taken up again, and hands the shop its own cursor', async () => {
    const asked: (string | undefined)[] = [];
    const shop: ShopConnector['page'] = async (request, signal) => {
      asked.push(request.cursor);
      return endless({ listings: rows })(request, signal);
    };
    const first = await boundedPages(shop, { shopId: 'dk' })({ expected: 0 }, forever);
    let { next } = first;
    for (let at = 0; at < 9; at += 1)
      next = (await boundedPages(shop, { shopId: 'dk' })({ cursor: next }, forever)).next;
    expect((await errorOf(boundedPages(shop, { shopId: 'dk' })({ cursor: next }, forever))).detail.said).toContain(
      'page 11 goes over 10000 rows',
    );
    expect(asked).toEqual([undefined, ...Array.from({ length: 10 }, (_, at) => String(at + 1))]);
  });

  it('leaves a reading that ends alone', async () => {
    const shop: ShopConnector['page'] = async ({ cursor }) => ({
      listings: rows,
      broken: [],
      asOf,
      next: cursor === '4' ? undefined : String(Number(cursor ?? 0) + 1),
    });
    expect(await pagesOf(shop, { expected: 100_000 })).toBe(5);
  });
});
