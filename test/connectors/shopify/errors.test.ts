import { describe, expect, it, vi } from 'vitest';
import { mapErrors } from '../../../src/connectors/shopify/client/error-mapping.ts';
import { rowsWithin, waitFor } from '../../../src/connectors/shopify/client/query-cost.ts';
import { wireEnvelope } from '../../../src/connectors/shopify/client/wire-envelope.ts';
import { rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { instantOf, later, toShopProductId } from '../../../src/domain/ids.ts';
import { ShopError } from '../../../src/ports/shop-error.ts';
import { errorOf } from '../../contract/connector-harness.ts';
import { morning } from '../../support/builders.ts';
import { everything, forever, open, pages } from './open-shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('Shopify asking for patience', () => {
  it('says how long inside an answer of status 200', async () => {
    const { shop, connector } = await open();
    shop.temper.throttleEvery = 1;
    shop.temper.retryAfter = '7';
    await expect(connector.page({}, forever)).rejects.toMatchObject({
      kind: 'rate-limited',
      temporary: true,
      detail: { retryAfter: 7, status: 200 },
    });
  });

  it('is seldom needed: pages wait until the bucket can pay', async () => {
    const { shop, connector, clock } = await open({}, { bucket: { maximum: 400, restoreRate: 50 } });
    for (let index = 0; index < 900; index += 1) shop.add();
    const before = clock.now();
    expect(await everything(connector)).toHaveLength(900);
    expect(Date.parse(clock.now())).toBeGreaterThan(Date.parse(before));
    expect(shop.memory.requests.length).toBeGreaterThan(5);
  });

  it('asks for fewer rows when a page is dearer than any page may be', async () => {
    const { shop, connector } = await open({}, { dearest: 60 });
    for (let index = 0; index < 90; index += 1) shop.add();
    expect(await everything(connector)).toHaveLength(90);
  });

  it('asks for larger pages once their cost is known', async () => {
    const { shop, connector } = await open({}, { bucket: { maximum: 2000, restoreRate: 1000 } });
    for (let index = 0; index < 350; index += 1) shop.add();
    expect((await pages(connector)).map(({ listings }) => listings.length)).toEqual([100, 250]);
  });

  it('can be cut short', async () => {
    const { shop, connector } = await open();
    shop.temper.silent = true;
    const stop = new AbortController();
    const reading = connector.page({}, stop.signal);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('The bucket', () => {
  const bucket = { maximum: 2000, available: 100, restoreRate: 100, at: morning };

  it.each([
    ['it has enough', 100, morning, 0],
    ['a second is needed', 200, morning, 1000],
    ['half of it has passed', 200, later(morning, 500), 500],
    ['a clock went back', 200, later(morning, -5000), 1000],
    ['nothing that dear will ever be there', 9000, morning, 19_000],
  ])('lets a call wait when %s', (_, cost, now, wait) => {
    expect(waitFor(cost, bucket, now)).toBe(wait);
  });

  it.each([
    [{ rows: 100, cost: 100 }, 2000, 250],
    [{ rows: 100, cost: 900 }, 2000, 100],
    [{ rows: 100, cost: 1800 }, 2000, 50],
    [{ rows: 100, cost: 900 }, 400, 22],
    [{ rows: 1, cost: 5000 }, 2000, 1],
  ])('sizes the next page from %o with %i points', (paid, maximum, rows) => {
    expect(rowsWithin(paid, { ...bucket, maximum })).toBe(rows);
  });
});

const saying = (code: string, path?: readonly (string | number)[]) => ({
  errors: [{ message: 'No', path, extensions: { code } }],
});
const warning = {
  extensions: {
    search: [{ path: ['products'], query: 'colour:red', warnings: [{ field: 'colour', message: 'Invalid' }] }],
  },
};

describe('What Shopify refuses', () => {
  it.each([
    // A plan or a closed shop answers so too: only what tells of a right is one that is missing.
    [403, 'refused'],
    [403, 'forbidden', '[API] This action requires merchant approval for read_products scope.'],
    [429, 'rate-limited'],
    [430, 'rate-limited'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('with status %i is %s, in its own words', async (status, kind, said = 'Unavailable Shop') => {
    const dialect = { answer: () => ({ status, body: { errors: said } }) };
    const { connector } = await open({}, {}, () => dialect);
    await expect(connector.page({}, forever)).rejects.toMatchObject({ kind, detail: { status, said } });
  });

  it.each([
    ['a wrong token', 'shpat_000000000000000000000000000wrong'],
    ['no token', ''],
  ])('for %s is unauthorized, and does not name it', async (_, token) => {
    const { again } = await open();
    const error = await again({}, token)
      .page({}, forever)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'unauthorized', detail: { status: 401 } });
    if (token !== '') expect(JSON.stringify(error) + String(error) + (error as Error).stack).not.toContain(token);
  });

  it.each([
    'htmlPage',
    'truncatedJson',
    'emptyBody',
  ] as const)('to say in GraphQL (%s) is unintelligible, never an empty shop', async (day) => {
    const { shop, connector } = await open();
    shop.temper[day] = true;
    await expect(connector.page({}, forever)).rejects.toMatchObject({ kind: 'unintelligible' });
    await expect(connector.product(toShopProductId('5'), forever)).rejects.toMatchObject({ kind: 'unintelligible' });
  });

  it.each(['bomBeforeJson', 'noticeBeforeJson'] as const)('is read past what stands before it (%s)', async (day) => {
    const { shop, connector } = await open();
    shop.add();
    shop.temper[day] = true;
    expect(await everything(connector)).toHaveLength(1);
  });

  const complaints: readonly (readonly [string, unknown, string])[] = [
    ['no data', { extensions: {} }, 'unintelligible'],
    ['errors as a text', { errors: 'Not today' }, 'refused'],
    ['trouble inside', saying('INTERNAL_SERVER_ERROR'), 'unreachable'],
    ['a document it does not understand', saying('undefinedField'), 'refused'],
    ['a search it does not understand', { data: {}, ...warning }, 'unintelligible'],
    ['a field that is needed', { data: { orders: null }, ...saying('ACCESS_DENIED', ['orders']) }, 'forbidden'],
  ];
  it.each(complaints)('with %s is told apart', (_, reply, kind) => {
    expect(mapErrors(wireEnvelope.parse(reply), ['inventoryLevel'], undefined)?.[0]).toBe(kind);
  });

  it('of a field that can be spared is no complaint', () => {
    const path = ['productVariants', 'nodes', 0, 'inventoryItem', 'inventoryLevel'];
    const reply = wireEnvelope.parse({ data: {}, ...saying('ACCESS_DENIED', path) });
    expect(mapErrors(reply, ['inventoryLevel'], undefined)).toBeUndefined();
    expect(mapErrors(reply, [], undefined)?.[0]).toBe('forbidden');
    const broken = wireEnvelope.parse({ data: {}, ...saying('INTERNAL_SERVER_ERROR', path) });
    expect(mapErrors(broken, ['inventoryLevel'], undefined)?.[0]).toBe('unreachable');
  });
});

describe('A test of the connection', () => {
  it('says who the shop is, what the key may do and where stock could lie', async () => {
    const { shop, connector } = await open({ name: 'Nordlys', currency: 'SEK', timeZone: 'Europe/Stockholm' });
    shop.credentials[0]!.permissions = new Set(['read-products', 'read-stock', 'read-settings']);
    const report = await connector.test(forever);
    expect(report).toMatchObject({
      shopName: 'Nordlys',
      currency: 'SEK',
      timeZone: 'Europe/Stockholm',
      version: '2026-10',
    });
    expect(report.identity).toMatch(/^gid:\/\/shopify\/Shop\/\d+$/);
    expect(report.permissions.map(({ platformWord, granted, needed }) => [platformWord, granted, needed])).toEqual([
      ['read_products', true, true],
      ['read_inventory', true, true],
      ['write_inventory', false, true],
      ['read_locations', true, false],
      ['read_orders', false, false],
      ['read_all_orders', false, false],
    ]);
    expect(report.choices).toEqual([
      { option: 'location', value: 'gid://shopify/Location/1', label: 'Lager', usual: true },
    ]);
  });

  it('warns when the version is retired, the clock is off or nobody chose a location', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: id, active: true, ofAnotherApp: false }));
    const { shop, connector, clock, again } = await open({ locations }, { answersVersion: '2027-01' });
    clock.set(instantOf(shop.now()));
    expect((await connector.test(forever)).warnings).toEqual(['api-version-retired', 'no-location-chosen']);
    shop.temper.clockSkewMs = 3_600_000;
    const chosen = again({ options: { location: '2' } });
    expect((await chosen.test(forever)).warnings).toEqual(['api-version-retired', 'clock-off']);
    expect((await again({ options: { location: '9' } }).test(forever)).warnings).toContain('no-location-chosen');
  });

  it('offers every location, however many', async () => {
    const locations = Array.from({ length: 120 }, (_, index) => ({
      id: String(index + 1),
      name: `Butik ${index + 1}`,
      active: true,
      ofAnotherApp: index === 7,
    }));
    const { connector } = await open({ locations });
    const offered = (await connector.test(forever)).choices.filter(({ option }) => option === 'location');
    expect(offered).toHaveLength(119);
    expect(offered.map(({ usual }) => usual)).not.toContain(true);
  });

  it('offers all orders to a key that may read them', async () => {
    const { connector } = await open();
    expect((await connector.test(forever)).choices).toContainEqual(
      expect.objectContaining({ option: 'orders', value: 'all' }),
    );
  });
});

describe('A token of an app', () => {
  const app = `${rightKey.key}:${rightKey.secret}`;
  const logins = (asked: readonly { readonly path: string }[]): number =>
    asked.filter(({ path }) => path === '/admin/oauth/access_token').length;

  it('is got once, however many calls need it', async () => {
    const { shop, again } = await open();
    const connector = again({}, app);
    shop.add();
    await Promise.all([everything(connector), connector.test(forever), everything(connector)]);
    expect(logins(shop.memory.requests)).toBe(1);
  });

  it('is got anew before it ends', async () => {
    const { shop, again, clock } = await open();
    const connector = again({}, app);
    await connector.test(forever);
    clock.advance(24 * 3_600_000);
    await connector.test(forever);
    expect(logins(shop.memory.requests)).toBe(2);
  });

  it('is got anew, once, when the shop refuses it', async () => {
    let refusals = 1;
    const { shop, again } = await open({}, {}, (usual) => ({
      answer: (request, from) =>
        request.path.endsWith('graphql.json') && refusals-- > 0
          ? { status: 401, body: { errors: 'Invalid API key or access token' } }
          : usual.answer(request, from),
    }));
    const connector = again({}, app);
    await expect(connector.test(forever)).resolves.toMatchObject({ currency: 'DKK' });
    expect(logins(shop.memory.requests)).toBe(2);
    refusals = 99;
    await expect(connector.test(forever)).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(logins(shop.memory.requests)).toBe(3);
  });

  it('is unauthorized with a wrong secret, which is never named', async () => {
    const { again } = await open();
    const wrong = again({}, `${rightKey.key}:cs_wrong0000000000000000000000000secret`);
    const error = await wrong.test(forever).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ShopError);
    expect(error).toMatchObject({ kind: 'unauthorized' });
    expect(JSON.stringify(error)).not.toContain('cs_wrong');
  });
});

describe('A shop that Shopify itself has closed', () => {
  it.each([
    [402, 'refused', 'Shopify has frozen the shop: its plan is not paid'],
    [404, 'not-found', 'Shopify knows no shop at this address'],
    [423, 'refused', 'Shopify has locked the shop'],
  ])('with status %i is told so', async (status, kind, said) => {
    const dialect = { answer: () => ({ status, body: { errors: 'Unavailable Shop' } }) };
    const { connector } = await open({}, {}, () => dialect);
    const error = await errorOf(connector.page({}, forever));
    expect([error.kind, error.detail.said]).toEqual([kind, said]);
  });
});
