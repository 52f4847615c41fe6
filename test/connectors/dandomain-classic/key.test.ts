import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { danDomainClassic } from '../../../src/connectors/dandomain-classic/driver.ts';
import { redactor } from '../../../src/connectors/secrets/redact.ts';
import { makeClassicDialect } from '../../../src/demo/simulators/dandomain-classic.ts';
import { credential, fakeShop } from '../../../src/demo/simulators/fake-shop.ts';
import { type Dialect, type FakeRequest, serve } from '../../../src/demo/simulators/server.ts';
import type { Temper } from '../../../src/demo/simulators/temper.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import type { ShopConnector } from '../../../src/ports/shop-connector.ts';
import { ShopError } from '../../../src/ports/shop-error.ts';
import { forever, quantityFor } from '../../contract/connector-harness.ts';
import { makeShop, refTo } from '../../support/builders.ts';
import { makeClock } from '../../support/clock.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const key = '3f9c27b1-5a4e-4c0d-9b77-0e6f2a8d41c5';

/** Every way to ask, since each has the key in its path. */
const asking: readonly (readonly [string, (connector: ShopConnector) => Promise<unknown>])[] = [
  ['testing', (connector) => connector.test(forever)],
  ['reading', (connector) => connector.page({}, forever)],
  ['reading changes', (connector) => connector.page({ since: instantOf(Date.UTC(2026, 8, 30)) }, forever)],
  ['asking for one product', (connector) => connector.product(toShopProductId('101'), forever)],
  ['looking for a number', (connector) => connector.withSku(toSku('CUP'), forever)],
  ['looking for a barcode', async (connector) => connector.withGtin?.('5701234567899', forever)],
  ['reading sales', (connector) => connector.sales({ since: instantOf(Date.UTC(2026, 8, 30)) }, forever)],
  ['writing', (connector) => connector.push([quantityFor(refTo('dk', '101'), 4)], forever)],
];

const badDays: readonly (readonly [string, Partial<Temper>])[] = [
  ['cuts the line', { down: true }],
  ['is in maintenance', { serverErrors: 99 }],
  ['throttles', { throttleEvery: 1 }],
  ['answers a page', { htmlPage: true }],
  ['answers half', { truncatedJson: true }],
  ['has a firewall', { firewall: true }],
  ['is nowhere', { nowhere: true }],
];

/** A shop that tells the whole address back, as IIS, WCF and proxies do: in a page, in JSON, and as a redirect. */
const telling = (status: number, write: (request: FakeRequest) => { body: string; location?: string }): Dialect => ({
  ...makeClassicDialect(),
  answer: (request) => {
    const { body, location } = write(request);
    const headers = { 'content-type': 'text/html', ...(location === undefined ? {} : { location }) };
    return { status, headers, body };
  },
});
const shouting = ({ path }: FakeRequest): string => `${path}?x=1`.toUpperCase();
const tellers: readonly (readonly [string, Dialect])[] = [
  ['a page with the address', telling(500, ({ path }) => ({ body: `<html><p>Server Error in '${path}'</p></html>` }))],
  ['a page with it in capitals', telling(400, (request) => ({ body: `<html>${shouting(request)}</html>` }))],
  [
    'text after much white space',
    telling(403, ({ path }) => ({ body: `"${'\\n'.repeat(90)}${' '.repeat(390)}${path}"` })),
  ],
  ['a page in WCF style', telling(401, () => ({ body: `The exception message is 'Bad key ${key.toUpperCase()}'.` }))],
  ['JSON that is no list', telling(200, ({ path }) => ({ body: JSON.stringify({ asked: path }) }))],
  ['a redirect with the key', telling(302, ({ path }) => ({ body: '', location: `https://www.shop.example${path}` }))],
  [
    'a redirect in capitals',
    telling(301, (request) => ({ body: '', location: `https://www.shop.example${shouting(request)}` })),
  ],
  [
    'a redirect to a login page',
    telling(302, ({ path }) => ({ body: '', location: `/login?from=${encodeURIComponent(path)}` })),
  ],
];

async function errorFrom(
  dialect: Dialect,
  temper: Partial<Temper>,
  ask: (connector: ShopConnector) => Promise<unknown>,
) {
  const shop = fakeShop({ credentials: [credential('', key)] });
  shop.add({ sku: 'CUP', barcode: '5701234567899' });
  Object.assign(shop.temper, temper);
  const served = await serve(shop, dialect);
  onTestFinished(() => served.close());
  const connector = danDomainClassic.connect({
    shop: makeShop({ platform: danDomainClassic.id, url: served.url }),
    secrets: { key },
    options: danDomainClassic.options.parse({}),
    clock: makeClock({ auto: true, start: '2026-10-01T08:00:00.000Z' }),
  });
  const error = await ask(connector).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, memory: shop.memory };
}

function expectNoKey(told: unknown): void {
  const text = told instanceof Error ? `${told.message}\n${told.stack}\n${String(told.cause)}\n` : '';
  const all = `${text}${JSON.stringify(told)}\n${inspect(told, { depth: 12, showHidden: true })}`.toLowerCase();
  for (const part of [key, key.slice(0, 13), key.slice(-12)]) expect(all).not.toContain(part);
}

describe('The key of DanDomain Classic stands in every path and is told nowhere', () => {
  describe.each(asking)('%s', (_, ask) => {
    it.each(badDays)('when the shop %s', async (_day, temper) => {
      const { error } = await errorFrom(makeClassicDialect(), temper, ask);
      expect(error).toBeInstanceOf(ShopError);
      expectNoKey(error);
    });

    it.each(tellers)('when the shop answers %s', async (_form, dialect) => {
      const { error } = await errorFrom(dialect, {}, ask);
      expect(error).toBeInstanceOf(ShopError);
      expectNoKey(error);
    });
  });

  it('names where a redirect points, with the key taken out', async () => {
    const { error } = await errorFrom(tellers[5]![1], {}, (connector) => connector.page({}, forever));
    expect(error).toMatchObject({
      kind: 'moved',
      detail: { target: 'https://www.shop.example/admin/WEBAPI/Endpoints/v1_0/SettingService/[hidden]/Sites' },
    });
  });

  it('hides any key in such a path, also one that is not ours', () => {
    const redact = redactor([]);
    const path = `/admin/webapi/endpoints/v1_0/productdataservice/${key}/KOP`;
    expect(redact(`asked ${path}`)).toBe('asked /admin/webapi/endpoints/v1_0/productdataservice/[hidden]/KOP');
  });

  it('keeps no key that was pasted along with the address', () => {
    const pasted = `https://www.shop.example/admin/WEBAPI/Endpoints/v1_0/ProductDataService/${key}/help`;
    expect(danDomainClassic.normaliseUrl(pasted)).toEqual({ url: 'https://www.shop.example' });
  });

  it('puts no key into a link to the admin, and none into the memory of a simulator', async () => {
    let listings: unknown;
    const { error, memory } = await errorFrom(makeClassicDialect(), {}, async (connector) => {
      ({ listings } = await connector.page({}, forever));
    });
    expect(error).toBeUndefined();
    expect(listings).toMatchObject([{ adminUrl: expect.stringMatching(/\/admin\/$/) }]);
    expectNoKey(listings);
    expect(memory.requests.length).toBeGreaterThan(0);
    expectNoKey(memory.requests);
  });

  it('a key is taken in its own form only', () => {
    const [{ pattern }] = danDomainClassic.credentials[0].fields;
    expect([key, key.slice(1), `${key}/`, '../'].map((text) => pattern?.test(text))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
