import { describe, expect, it, vi } from 'vitest';
import { prestaShop } from '../../../src/connectors/prestashop/driver.ts';
import { credential, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { keyOf } from '../../../src/demo/simulators/prestashop.ts';
import type { Probe } from '../../../src/ports/platform.ts';
import { errorOf, forever, quantityFor, readAll, skusIn } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, openPresta, writes } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const refusing = (status: number, code: number, message: string) => () => ({
  status,
  body: { errors: [{ code, message }] },
});

describe('What PrestaShop says when it will not', () => {
  it('a webservice that is switched off is a person’s to switch on: nothing is tried again', async () => {
    const world = await openPresta({ disabled: true });
    const error = await errorOf(world.connector.test(forever));
    expect(error).toMatchObject({ kind: 'refused', temporary: false, detail: { status: 503 } });
    expect(error.detail.said).toContain('22: The PrestaShop webservice is disabled');
  });

  it.each([
    [500, 32, 'This filter does not exist'],
    [500, 35, 'Unable to display this field'],
    [500, 127, 'String could not be parsed as XML'],
    [400, 27, 'Resource of type "product" does not exists'],
  ])('%i with the number %i is an answer to our question, not a shop that is down', async (status, code, message) => {
    const world = await openPresta({}, {}, refusing(status, code, message));
    expect(await errorOf(world.connector.page({}, forever))).toMatchObject({
      kind: 'refused',
      temporary: false,
      detail: { said: `${code}: ${message}` },
    });
  });

  it('a 500 without a number, and a page of maintenance, pass', async () => {
    const bare = await openPresta({}, {}, () => ({ status: 500, body: '' }));
    expect(await errorOf(bare.connector.page({}, forever))).toMatchObject({ kind: 'unreachable', temporary: true });
    const page = await openPresta({}, {}, () => ({ status: 503, body: '<html><h1>We’ll be back soon</h1></html>' }));
    expect((await errorOf(page.connector.test(forever))).kind).toBe('unreachable');
  });

  it('reads the number also where the JSON writer broke and XML came', async () => {
    const xml =
      '<prestashop><errors><error><code><![CDATA[26]]></code><message><![CDATA[Not allowed]]></message></error></errors></prestashop>';
    const world = await openPresta({}, {}, () => ({ status: 401, body: xml }));
    expect(await errorOf(world.connector.page({}, forever))).toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'products: GET', said: '26: Not allowed' },
    });
  });
});

describe('The test of a PrestaShop connection', () => {
  it('names each right in the shop’s own words, and probes writing by a row that no shop has', async () => {
    const world = await openPresta();
    const cup = world.shop.add({ quantity: 3 });
    const report = await world.connector.test(forever);
    expect(report).toMatchObject({ identity: 'fake-shop.example', version: '9.1.4' });
    expect(report.permissions.map(({ platformWord, granted }) => [platformWord, granted])).toEqual([
      ['products, combinations: GET', true],
      ['stock_availables: GET', true],
      ['stock_availables: PUT, PATCH', true],
      ['orders, order_details: GET', true],
      ['configurations: GET', true],
    ]);
    expect(writes(world).map(({ path }) => path)).toEqual(['/api/stock_availables/2147483647']);
    expect(cup.variants[0]!.quantity).toBe(3);
    expect(asked(world, /\/api\/?$/)).toEqual([]);
  });

  it('finds each right that is missing, and writes through PUT are enough', async () => {
    const world = await openPresta();
    const narrow = world.withOnly('read-products', 'read-settings');
    const missing = (await narrow.test(forever)).permissions.filter(({ granted }) => granted === false);
    expect(missing.map(({ wanted }) => wanted)).toEqual(['read-stock', 'write-stock', 'read-orders']);
    const granted = async (older: Awaited<ReturnType<typeof openPresta>>) =>
      (await older.connector.test(forever)).permissions.find(({ wanted }) => wanted === 'write-stock')?.granted;
    expect(await granted(await openPresta({ knowsPatch: false }))).toBe(true);
    const strict = ({ method }: { method: string }) =>
      method === 'PUT' ? refusing(400, 41, 'parameter "id_product" required')() : undefined;
    expect(await granted(await openPresta({ knowsPatch: false }, {}, strict))).toBe(true);
    const broken = ({ method }: { method: string }) => (method === 'PATCH' ? { status: 502, body: '' } : undefined);
    expect(await granted(await openPresta({}, {}, broken))).toBeUndefined();
  });

  it('without the configuration reads on where nobody said who the shop is, and stops where somebody did', async () => {
    const world = await openPresta();
    world.shop.add({ sku: 'CUP' });
    const as = credential('x', 'y'.repeat(32), ['read-products', 'read-stock', 'write-stock']);
    world.shop.credentials.push(as);
    const narrow = world.connect({ as });
    expect(await narrow.test(forever)).toMatchObject({ identity: '' });
    expect(skusIn(await readAll(narrow))).toEqual(['CUP']);
    const known = world.connect({ as, shop: { identity: 'fake-shop.example' } });
    expect(await errorOf(known.page({}, forever))).toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'configurations: GET' },
    });
    const push = known.push([quantityFor(refTo('dk', '101'), 4)], forever);
    expect((await errorOf(push)).kind).toBe('forbidden');
  });

  it('warns of a shop that counts nothing', async () => {
    const world = await openPresta({}, { stockManagement: false });
    expect((await world.connector.test(forever)).warnings).toEqual(['stock-management-off']);
  });

  it('sends the key in the address, once, where the host takes the header away, and says so', async () => {
    const world = await openPresta();
    world.shop.add({ sku: 'CUP' });
    world.shop.temper.dropsAuthorization = true;
    expect(skusIn(await readAll(world.connector))).toEqual(['CUP']);
    const { warnings } = await world.connector.test(forever);
    expect(warnings).toEqual(['credentials-had-to-go-in-query']);
    world.shop.temper.redirectTo = 'https://elsewhere.example/api?ws_key=whatever';
    const error = await errorOf(world.connector.page({}, forever));
    expect(error.detail.target).toBe('https://elsewhere.example/api');
  });

  it('never tells the key, however the shop repeats it', async () => {
    const key = keyOf(rightKey);
    const basic = Buffer.from(`${key}:`).toString('base64');
    const world = await openPresta({}, {}, refusing(400, 90, `you sent ${key} and ${basic}`));
    const error = await errorOf(world.connector.page({}, forever));
    expect(JSON.stringify(error.detail)).not.toContain(key);
    expect(JSON.stringify(error.detail)).not.toContain(basic);
  });
});

describe('The PrestaShop driver', () => {
  it.each([
    ['shop.example/api', 'https://shop.example'],
    ['https://Shop.example/sub/api/products?limit=1', 'https://shop.example/sub'],
    ['https://shop.example/index.php?controller=x', 'https://shop.example'],
  ])('keeps %s as %s', (typed, url) => {
    expect(prestaShop.normaliseUrl(typed)).toEqual({ url });
  });

  it('refuses a key in the address', () => {
    expect(prestaShop.normaliseUrl('https://shop.example/api?ws_key=ABC')).toEqual({ problem: 'has-credentials' });
  });

  const answering =
    (replies: Readonly<Record<string, { status: number; headers?: Record<string, string>; text?: string }>>): Probe =>
    async (url) => {
      const reply = replies[url.pathname];
      return reply === undefined ? undefined : { headers: {}, text: '', ...reply };
    };
  it.each([
    [
      {
        '/api/products': {
          status: 401,
          headers: { 'www-authenticate': 'Basic realm="Welcome to PrestaShop Webservice"' },
        },
      },
      'sure',
    ],
    [
      {
        '/api/products': {
          status: 503,
          text: '{"errors":[{"code":22,"message":"The PrestaShop webservice is disabled."}]}',
        },
      },
      'sure',
    ],
    [{ '/': { status: 200, text: '<script>var prestashop = {"cart":{}}</script>' } }, 'likely'],
    [{ '/': { status: 200, text: '<html>WooCommerce</html>' } }, undefined],
    [{}, undefined],
  ])('recognises %j: %s', async (replies, confidence) => {
    const found = await prestaShop.detect(new URL('https://shop.example/'), answering(replies), forever);
    expect(found?.confidence).toBe(confidence);
    if (found !== undefined) expect(found).toMatchObject({ platform: 'prestashop', url: 'https://shop.example' });
  });

  it('refuses options that are none', () => {
    expect(prestaShop.options.parse({ id_shop: '2', other: 'x' })).toEqual({ id_shop: '2' });
    expect(() => prestaShop.options.parse({ id_shop: 'all' })).toThrow();
    expect(() => prestaShop.options.parse({ admin: '../x' })).toThrow();
  });

  it('links to the product where it knows the folder of the back office', async () => {
    const world = await openPresta();
    const cup = world.shop.add({ sku: 'CUP' });
    const page = await world.connect({ shop: { options: { admin: 'admin4f2k' } } }).page({}, forever);
    expect(page.listings[0]?.adminUrl).toBe(
      `${world.url}/admin4f2k/index.php?controller=AdminProducts&id_product=${cup.id}&updateproduct=1`,
    );
    expect((await world.connector.page({}, forever)).listings[0]?.adminUrl).toBeUndefined();
  });
});
