import { describe, expect, it } from 'vitest';
import { credential, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import type { Temper } from '../../src/demo/simulators/temper.ts';
import { type ShopProductId, toShopProductId } from '../../src/domain/ids.ts';
import type { ShopConnector } from '../../src/ports/shop-connector.ts';
import {
  type Contestant,
  errorOf,
  forever,
  idFor,
  openHarness,
  readAll,
  readStock,
  skusIn,
} from './connector-harness.ts';

/** Every way to ask a shop, since each must survive each bad day. */
const asking: readonly (readonly [string, (connector: ShopConnector, id: ShopProductId) => Promise<unknown>])[] = [
  ['testing', (connector) => connector.test(forever)],
  ['reading', (connector) => connector.page({}, forever)],
  ['asking for one product', (connector, id) => connector.product(id, forever)],
];

type BadDay = { readonly day: string; readonly temper: Partial<Temper>; readonly kinds: readonly string[] };
const badDays: readonly BadDay[] = [
  { day: '82: it redirects', temper: { redirectTo: 'https://login.example/in?key=cs_whatever0000' }, kinds: ['moved'] },
  { day: '86: a firewall stands before it', temper: { firewall: true }, kinds: ['refused'] },
  { day: '87: everything is 404', temper: { nowhere: true }, kinds: ['refused', 'not-found'] },
  { day: '88: it throttles', temper: { throttleEvery: 1, retryAfter: '7' }, kinds: ['rate-limited'] },
  { day: '89: it is in maintenance', temper: { serverErrors: 99 }, kinds: ['unreachable'] },
  { day: '90: it answers with a page of HTML', temper: { htmlPage: true }, kinds: ['unintelligible'] },
  { day: '90: it answers nothing', temper: { emptyBody: true }, kinds: ['unintelligible'] },
  { day: '90: its JSON is cut off', temper: { truncatedJson: true }, kinds: ['unintelligible'] },
  { day: '92: it cuts the line', temper: { down: true }, kinds: ['unreachable'] },
];

/** Cases 80 to 98: a bad line is never taken for an empty shop, and no error tells a secret. */
export function transportCases(contestant: Contestant): void {
  const aProduct = toShopProductId(idFor(contestant, 101));

  describe.each(badDays)('$day', ({ temper, kinds }) => {
    it.each(asking)('%s ends with what a person can do about it', async (_, ask) => {
      const { shop, connector } = await openHarness(contestant);
      shop.add({ sku: 'CUP' });
      Object.assign(shop.temper, temper);
      const error = await errorOf(ask(connector, aProduct));
      expect(kinds).toContain(error.kind);
      expect(error.detail.shop).toBe('dk');
      expect(error.detail.doing).not.toBe('');
      expect(error.detail.said?.length ?? 0).toBeLessThanOrEqual(200);
    });
  });

  it('82: names where it was sent, without the query, and never goes there', async () => {
    const elsewhere = fakeShop();
    const other = await serve(elsewhere, contestant.dialect());
    const { shop, connector } = await openHarness(contestant);
    shop.temper.redirectTo = `${other.url}/shop?secret=1`;
    const error = await errorOf(connector.page({}, forever));
    await other.close();
    expect(error.detail.target).toBe(`${other.url}/shop`);
    expect(elsewhere.memory.requests).toEqual([]);
  });

  it('85: tells a wrong key, a revoked one and a wrong secret from everything else', async () => {
    const { shop, connect } = await openHarness(contestant);
    shop.add({ sku: 'CUP' });
    const [right] = shop.credentials;
    const strange = connect({ as: credential('ck_strange', 'cs_strange') });
    const mistyped = connect({ as: credential(right!.key, 'cs_mistyped') });
    expect((await errorOf(strange.page({}, forever))).kind).toBe('unauthorized');
    expect((await errorOf(mistyped.page({}, forever))).kind).toBe('unauthorized');
    right!.revoked = true;
    expect((await errorOf(connect().page({}, forever))).kind).toBe('unauthorized');
  });

  it('85: a wrong key never makes a product look gone', async () => {
    const { connect } = await openHarness(contestant);
    const strange = connect({ as: credential('ck_strange', 'cs_strange') });
    expect((await errorOf(strange.product(toShopProductId(idFor(contestant, 999_999)), forever))).kind).toBe(
      'unauthorized',
    );
  });

  it('85: after a wrong key, patience does not hammer', async () => {
    const { shop, patiently } = await openHarness(contestant);
    shop.credentials[0]!.revoked = true;
    await errorOf(patiently.page({}, forever));
    const asked = shop.memory.requests.length;
    await errorOf(patiently.page({}, forever));
    await errorOf(patiently.product(aProduct, forever));
    expect(shop.memory.requests).toHaveLength(asked);
  });

  it('88: passes on how long the shop wants to be left alone, and patience does so', async () => {
    const { shop, connector, patiently, clock } = await openHarness(contestant);
    shop.add({ sku: 'CUP' });
    shop.temper.throttleEvery = 1;
    shop.temper.retryAfter = '20';
    expect((await errorOf(connector.page({}, forever))).detail.retryAfter).toBeGreaterThan(0);
    shop.temper.retryAfter = '99999999999';
    // Where a shop asks for more than makes sense, the wait is ours to choose.
    expect((await errorOf(connector.page({}, forever))).detail.retryAfter ?? 0).toBeLessThanOrEqual(86_400);
    shop.temper.retryAfter = '20';
    const before = Date.parse(clock.now());
    shop.temper.beforeAnswer = () => {
      shop.temper.throttleEvery = Date.parse(clock.now()) > before ? 0 : 1;
    };
    expect(skusIn(await readAll(patiently))).toEqual(['CUP']);
    expect(Date.parse(clock.now()) - before).toBeGreaterThanOrEqual(5000);
  });

  it('89: patience outlasts a burst of errors', async () => {
    const { shop, patiently } = await openHarness(contestant);
    shop.add({ sku: 'CUP' });
    shop.temper.serverErrors = 3;
    expect(skusIn(await readAll(patiently))).toEqual(['CUP']);
  });

  it('offers what it says it can and nothing else, behind patience too', async () => {
    const { shop, connector, patiently } = await openHarness(contestant);
    const { findByGtin, stockPass } = connector.can;
    for (const one of [connector, patiently]) {
      expect([one.withGtin !== undefined, one.stockPage !== undefined]).toEqual([findByGtin, stockPass]);
    }
    shop.add({ sku: 'CUP', barcode: '5701234567899' });
    shop.temper.serverErrors = 2;
    if (stockPass) expect((await readStock(patiently)).map(({ sku }) => sku)).toEqual(['CUP']);
    shop.temper.serverErrors = 2;
    const found = await patiently.withGtin?.('5701234567899', forever);
    if (findByGtin) expect(found?.map(({ sku }) => sku)).toEqual(['CUP']);
  });

  it('90: reads JSON behind a byte order mark', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP' });
    shop.temper.bomBeforeJson = true;
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
  });

  it('97: a shop that never answers is left at once when nobody waits any more', async () => {
    const { shop, connector } = await openHarness(contestant);
    const stop = new AbortController();
    shop.temper.silent = true;
    shop.temper.beforeAnswer = () => setImmediate(() => stop.abort());
    expect((await errorOf(connector.page({}, stop.signal))).kind).toBe('cancelled');
    expect((await errorOf(connector.page({}, stop.signal))).kind).toBe('cancelled');
  });

  it('tells who the shop is, what it counts in, and how far its clock is ahead', async () => {
    const { shop, connector, clock } = await openHarness(contestant);
    shop.temper.clockSkewMs = 3_600_000;
    const report = await connector.test(forever);
    expect(report.identity).not.toBe('');
    expect(report).toMatchObject({ shopName: shop.name, currency: 'DKK' });
    expect(report.timeZone).toBe(contestant.noTimeZone ? undefined : shop.timeZone);
    const ahead = shop.now() - Date.parse(clock.now());
    expect(Math.abs((report.clockAheadMs ?? 0) - ahead)).toBeLessThan(60_000);
    expect(report.warnings).toContain('clock-off');
    expect(report.permissions.every(({ granted }) => granted !== false)).toBe(true);
  });

  it('a test of the connection writes nothing', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP', quantity: 3 });
    const before = structuredClone(shop.shelf);
    await connector.test(forever);
    expect(shop.shelf).toEqual(before);
  });
}
