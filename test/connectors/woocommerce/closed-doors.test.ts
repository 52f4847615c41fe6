import { describe, expect, it, vi } from 'vitest';
import { wooCommerce } from '../../../src/connectors/woocommerce/driver.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { shopReason } from '../../../src/views/errors/shop-reason.ts';
import { wordsOf } from '../../../src/views/words/words.ts';
import { ends, errorOf, forever, quantityFor, readAll, skusIn } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, openWoo } from './open-woocommerce.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const html = { 'content-type': 'text/html' };
const page = (status: number, text: string): FakeResponse => ({ status, headers: html, body: `<h1>${text}</h1>` });
const said = (status: number, code: string): FakeResponse => ({ status, body: { code, message: 'Refused.' } });
type Wall = (request: FakeRequest) => FakeResponse | undefined;
const isFront = ({ path, query }: FakeRequest): boolean => path === '/wp-json/' || query.get('rest_route') === '/';
const isAt = (request: FakeRequest, part: string): boolean =>
  `${request.path} ${request.query.get('rest_route')}`.includes(part);

/** A shop with a cup and a style in two colours, of which some questions meet a wall. */
async function walled(wall: Wall, options: Parameters<typeof openWoo>[0] = {}) {
  const around = (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) => wall(request) ?? dialect.answer(request, shop),
  });
  const world = await openWoo(options, { identity: 'https://uld.example' }, around);
  world.shop.add({ id: '11', sku: 'CUP', quantity: 5 });
  const colour = (value: string) => [{ name: 'Colour', value }];
  const variants = ['RED', 'BLUE'].map((sku) => ({ sku, options: colour(sku), quantity: 2 }));
  world.shop.add({ id: '12', sku: 'STYLE', variants });
  return { ...world, known: world.connect({ shop: { identity: 'uld.example' } }) };
}

describe('C20: what is not needed may be refused, in whatever way', () => {
  it.each<[string, Wall]>([
    [
      'the front and the settings',
      (one) => (isFront(one) || isAt(one, 'system_status') ? said(401, 'rest_forbidden') : undefined),
    ],
    ['a front that breaks down', (one) => (isFront(one) ? page(500, 'Critical error') : undefined)],
    ['a front that is gone', (one) => (isFront(one) ? said(410, 'rest_disabled') : undefined)],
    ['a front that was emptied', (one) => (isFront(one) ? { status: 200, body: {} } : undefined)],
    [
      'the list of variations, by a firewall',
      (one) => (isAt(one, 'v3/variations') ? page(403, 'Forbidden') : undefined),
    ],
    [
      'the list of variations, by a plug-in',
      (one) => (isAt(one, 'v3/variations') ? said(401, 'rest_forbidden') : undefined),
    ],
    ['the list of variations, broken', (one) => (isAt(one, 'v3/variations') ? page(500, 'Critical error') : undefined)],
    ['the list of variations, in a page', (one) => (isAt(one, 'v3/variations') ? page(404, 'Not found') : undefined)],
    ['orders and settings', (one) => (isAt(one, 'orders') || isAt(one, 'settings') ? page(403, 'No') : undefined)],
  ])('%s', async (_, wall) => {
    const { connector, known } = await walled(wall);
    expect((await connector.test(forever)).identity).toBe('uld.example');
    expect(await known.identify?.(forever)).toBe('uld.example');
    expect(skusIn(await readAll(known))).toEqual(['BLUE', 'CUP', 'RED']);
    expect(await known.product(toShopProductId('999'), forever)).toEqual([]);
    expect(ends(await known.push([quantityFor(refTo('dk', '11'), 4)], forever))).toEqual(['set']);
  });

  it('a wrong key behind a wall is a wrong key', async () => {
    const { connector, known, shop } = await walled((one) =>
      isFront(one) ? said(401, 'rest_not_logged_in') : undefined,
    );
    shop.credentials.length = 0;
    expect((await errorOf(connector.test(forever))).kind).toBe('unauthorized');
    expect((await errorOf(readAll(known))).kind).toBe('unauthorized');
  });
});

describe('C20: a shop behind a closed front is recognised all the same', () => {
  it.each<[string, FakeResponse]>([
    ['a page', page(404, 'Not found')],
    ['a login page', page(200, 'Log in')],
    ['a way to one', { status: 302, headers: { location: '/wp-login.php' }, body: '' }],
    ['a firewall', page(403, 'Forbidden')],
    ['nothing in it', { status: 200, body: {} }],
    ['a breakdown', page(500, 'Critical error')],
  ])('%s', async (_, answer) => {
    const { shop } = await walled((one) => (isFront(one) ? answer : undefined));
    const url = new URL(shop.memory.address!);
    const probe = async (at: URL) => {
      const reply = await fetch(at, { redirect: 'manual' });
      return { status: reply.status, headers: Object.fromEntries(reply.headers), text: await reply.text() };
    };
    const found = await wooCommerce.detect(url, probe, forever);
    expect(found).toMatchObject({ platform: 'woocommerce', confidence: 'sure' });
  });
});

const walls: readonly (readonly [string, FakeResponse])[] = [
  ['Disable REST API', said(401, 'rest_cannot_access')],
  ['a login', said(401, 'rest_not_logged_in')],
  ['a login for staff', said(403, 'rest_login_required')],
  ['All In One WP Security', said(403, 'rest_forbidden')],
  ['a snippet', said(401, 'no_rest_api_sorry')],
  [
    'Solid Security',
    {
      status: 401,
      body: {
        code: 'itsec_rest_api_access_restricted',
        message: `You do not have sufficient permission to access this endpoint. ${'It is restricted. '.repeat(12)}`,
        data: { status: 401 },
      },
    },
  ],
  [
    'one that speaks in its own way',
    { status: 401, body: { status: 'error', code: '401', error: 'UNAUTHORIZED', error_description: 'Refused.' } },
  ],
];

describe('C20: a plug-in that closes the API is named, and is neither a wrong key nor a right that it lacks', () => {
  it.each(walls)('%s, before everything', async (_, answer) => {
    const { connector, known, shop } = await walled(() => answer);
    for (const error of [await errorOf(connector.test(forever)), await errorOf(readAll(known))]) {
      expect([error.kind, error.detail.permission]).toEqual(['refused', undefined]);
      // Also where it says more than is kept of it.
      expect(shopReason(error.detail.said ?? '', wordsOf('da'))).toMatch(/^et plugin på webstedet lukker/);
      expect(error.detail.said).toMatch(/^a plug-in of the site closes its API: ./);
    }
    // The ways in which a key can travel are tried once.
    expect(shop.memory.requests.length).toBeLessThan(12);
  });

  it.each(walls)('%s, before what writes', async (_, answer) => {
    const { known } = await walled(({ method }) => (method === 'GET' ? undefined : answer));
    const outcomes = await known.push([quantityFor(refTo('dk', '11'), 4)], forever);
    expect(ends(outcomes)).toEqual(['refused-by-shop']);
  });

  const brings = ({ headers, query }: FakeRequest): boolean =>
    headers.authorization !== undefined || query.has('consumer_key') || query.has('oauth_consumer_key');
  it.each<[string, boolean, Wall]>([
    [
      'a host takes it away and a plug-in asks for one',
      true,
      (one) => (brings(one) ? undefined : said(401, 'rest_not_logged_in')),
    ],
    [
      'a plug-in takes it for its own',
      false,
      ({ headers }) => (headers.authorization === undefined ? undefined : said(403, 'jwt_auth_bad_auth_header')),
    ],
  ])('a key is brought in another way where %s', async (_, dropsAuthorization, wall) => {
    const { known, shop } = await walled((one) => (isFront(one) ? said(401, 'rest_not_logged_in') : wall(one)));
    Object.assign(shop.temper, { dropsAuthorization });
    expect(skusIn(await readAll(known))).toEqual(['BLUE', 'CUP', 'RED']);
    expect(ends(await known.push([quantityFor(refTo('dk', '11'), 4)], forever))).toEqual(['set']);
  });
});

describe('C27: all languages are asked for where a plug-in wants it, and nowhere else', () => {
  it.each([
    ['wpml', undefined, false],
    ['wpml', undefined, true],
    ['wpml', 'all', true],
    ['wpml', ' ALL ', false],
    ['polylang', undefined, true],
    ['polylang', 'all', false],
    ['polylang', 'all', true],
    ['polylang', 'All', false],
    [undefined, 'all', false],
    [undefined, undefined, true],
  ] as const)('%s, set to %s, behind a wall: %s', async (translatedBy, lang, loginWall) => {
    const { shop, connect } = await openWoo({}, { identity: 'https://uld.example' });
    Object.assign(shop.temper, { translatedBy, loginWall });
    shop.add({ id: '11', sku: 'CUP', language: 'da' });
    shop.add({ id: '12', sku: 'KOPP', language: 'sv' });
    const colour = [{ name: 'Colour', value: 'Red' }];
    shop.add({ id: '13', sku: 'STYLE', language: 'sv', variants: [{ id: '14', sku: 'RED', options: colour }] });
    const connector = connect({ shop: { options: lang === undefined ? {} : { lang } } });
    expect(skusIn(await readAll(connector))).toEqual(['CUP', 'KOPP', 'RED']);
    expect(await connector.product(toShopProductId('13'), forever)).toHaveLength(2);
    expect(ends(await connector.push([quantityFor(refTo('dk', '12'), 4)], forever))).toEqual(['set']);
  });
});

describe('C27: the variations of a type that a plug-in brought are variations wherever they are met', () => {
  const kinds = ['variable-subscription', 'variable_lottery', 'pw-gift-card'];
  it.each(
    kinds.flatMap((kind) => [[kind, true] as const, [kind, false] as const]),
  )('%s (sweep: %s)', async (...given) => {
    const [pluginKind, variationsRoute] = given;
    const { shop, connector } = await openWoo({ variationsRoute });
    const colour = [{ name: 'Colour', value: 'Red' }];
    shop.add({
      id: '13',
      sku: 'BOX',
      pluginKind,
      variants: [{ id: '14', sku: 'BOX-RED', options: colour, quantity: 2 }],
    });
    const family = await connector.product(toShopProductId('13'), forever);
    expect(family.map(({ ref, sellable }) => [ref.shopVariantId, sellable])).toEqual([
      [undefined, 'parent'],
      ['14', 'unit'],
    ]);
    expect(skusIn(await readAll(connector))).toEqual(['BOX-RED']);
    expect((await connector.withSku(toSku('BOX-RED'), forever)).map(({ ref }) => ref)).toEqual([
      refTo('dk', '13', '14'),
    ]);
    expect(await connector.product(toShopProductId('14'), forever)).toEqual(family);
    expect(ends(await connector.push([quantityFor(refTo('dk', '13', '14'), 4)], forever))).toEqual(['set']);
    expect(ends(await connector.push([quantityFor(refTo('dk', '13'), 4)], forever))).toEqual(['not-a-unit']);
  });
});

describe('C21: a list of variations that shows none is not believed over the products that name them', () => {
  it.each([true, false])('families are read one by one (in the trash too: %s)', async (trashed) => {
    const totals = { 'x-wp-total': '0', 'x-wp-totalpages': '0' };
    const world = await walled((one) =>
      one.path.endsWith('v3/variations') ? { status: 200, headers: totals, body: [] } : undefined,
    );
    if (trashed) world.shop.trash('12');
    expect(new Set(skusIn(await readAll(world.known)))).toEqual(new Set(['BLUE', 'CUP', 'RED']));
    expect(asked(world, /products\/12\/variations/).length).toBeGreaterThan(0);
  });
});

describe('C22: a host that allows no large pages is asked for smaller ones', () => {
  const over = ({ query }: FakeRequest, rows: number): boolean => Number(query.get('per_page') ?? '10') > rows;
  it.each<[string, Wall]>([
    [
      'in Danish',
      (one) =>
        over(one, 50)
          ? {
              status: 400,
              body: {
                code: 'rest_invalid_param',
                message: 'Ugyldig',
                data: { params: { per_page: 'per_page skal være mellem 1 og 50' } },
              },
            }
          : undefined,
    ],
    [
      "in a plug-in's words",
      (one) =>
        over(one, 30) ? { status: 400, body: { code: 'limited', message: 'per_page is limited to 30' } } : undefined,
    ],
    ["by a firewall's page", (one) => (over(one, 99) ? page(403, 'Forbidden') : undefined)],
    ['since its memory ends', (one) => (over(one, 60) ? said(500, 'internal_server_error') : undefined)],
    [
      'ten, in words of its own',
      (one) =>
        over(one, 10)
          ? { status: 400, body: { code: 'too_many', message: 'The page size is limited to 10.' } }
          : undefined,
    ],
    [
      'ten, without saying how many',
      (one) => (over(one, 10) ? { status: 422, body: { error: 'per_page is too large' } } : undefined),
    ],
    [
      'ninety-nine',
      (one) => (over(one, 99) ? { status: 413, body: { message: 'per_page: at most 99, asked 100' } } : undefined),
    ],
  ])('%s', async (_, wall) => {
    const world = await walled(wall);
    for (let at = 0; at < 45; at += 1) world.shop.add({ sku: `S-${at}` });
    expect(skusIn(await readAll(world.known))).toHaveLength(48);
    const refused = asked(world, /products$/).filter(({ query }) => Number(query.per_page) === 100);
    expect(refused.length).toBeLessThanOrEqual(1);
  });

  it('what is refused at any size is told as it was first, after one more try', async () => {
    const world = await walled((one) => (one.path.endsWith('v3/products') ? page(403, 'Forbidden') : undefined));
    expect((await errorOf(world.known.page({}, forever))).kind).toBe('refused');
    expect(asked(world, /v3\/products$/).map(({ query }) => query.per_page)).toEqual(['100', '20']);
  });
});

describe('C22: a check that stands before a shop is called by its name, whatever it writes', () => {
  it.each<[string, FakeResponse]>([
    ['Cloudflare', { status: 403, headers: { 'content-type': 'text/plain' }, body: 'error code: 1020' }],
    ['Cloudflare', { status: 403, body: { title: 'Error 1020: Access denied', status: 403 } }],
    ['Imunify360', { status: 200, headers: html, body: '<title>One moment, please...</title>' }],
    ['AWS WAF', { status: 202, headers: { ...html, 'x-amzn-waf-action': 'challenge' }, body: '' }],
    ['Akamai', { status: 403, headers: html, body: '<p>https://errors.edgesuite.net/18.x</p>' }],
    [
      'F5',
      { status: 200, headers: html, body: 'The requested URL was rejected. Please consult with your administrator.' },
    ],
    ['Cloudflare', page(403, 'Error 1020</h1><p>shop.dk used Cloudflare to restrict access</p>')],
    ['Cloudflare', page(403, 'Lige et øjeblik...</h1><script>window._cf_chl_opt={cvId:"3"}</script>')],
    ['Akamai', page(403, "Access Denied</h1>You don't have permission. Reference&#32;&#35;18.1f")],
    ['NinjaFirewall', page(403, 'NinjaFirewall</h1><p>Your request cannot be processed.</p>')],
    ['WP Cerber', page(403, "We're sorry, you are not allowed to proceed")],
    ['Solid Security', page(403, 'Your address was flagged by the Solid Security network.')],
    ['All In One Security', page(403, 'Your IP has been blocked by All In One WP Security')],
    ['Fortinet', { status: 403, headers: html, body: '<title>Web Page Blocked!</title>Attack ID: 20000051' }],
    ['AWS WAF', page(403, '403 ERROR</h1>Request blocked. <pre>Generated by cloudfront (CloudFront)</pre>')],
    ['SiteGround', { status: 202, headers: { ...html, 'sg-captcha': 'challenge' }, body: '' }],
    ['Anubis', { status: 200, headers: html, body: '<title>Making sure you&#39;re not a bot!</title>' }],
  ])('%s: %j', async (name, answer) => {
    const { known } = await walled(() => answer);
    const { kind, detail } = await errorOf(known.page({}, forever));
    expect([kind, detail.said]).toEqual(['refused', expect.stringContaining(`firewall's page (${name})`)]);
  });
});

describe('C23: where /wp-json/ is closed, the shop is asked at ?rest_route=', () => {
  it.each<[string, FakeResponse]>([
    ["a firewall's page", page(403, 'Forbidden')],
    ...[
      '<script src="/?wordfence_lh=1&hid=5F"></script>',
      '<link href="/wp-content/uploads/siteground-optimizer-assets/a.css">',
      '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
      '<div></div><script src="/_Incapsula_Resource?SWJIYLWA=719d34"></script>',
      '<link href="/wp-content/plugins/all-in-one-wp-security-and-firewall/a.css">',
    ].map((own): [string, FakeResponse] => [
      `the front page, with ${own}`,
      { status: 200, headers: html, body: `<html>${own}<h1>Uld</h1>` },
    ]),
    ["JSON of the host's", { status: 404, body: { error: 'Not Found' } }],
    ['an empty page', { status: 200, headers: html, body: '' }],
  ])('%s', async (_, answer) => {
    const { connector, known } = await walled(({ path }) => (path.startsWith('/wp-json') ? answer : undefined));
    expect((await connector.test(forever)).permissions.every(({ granted }) => granted)).toBe(true);
    expect(skusIn(await readAll(known))).toEqual(['BLUE', 'CUP', 'RED']);
    expect(ends(await known.push([quantityFor(refTo('dk', '11'), 4)], forever))).toEqual(['set']);
  });
});
