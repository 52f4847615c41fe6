import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { medusa } from '../../../src/connectors/medusa/driver.ts';
import { toShopProductId, toSku } from '../../../src/domain/ids.ts';
import type { Shop } from '../../../src/domain/shop.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { forever, quantityFor, readStock } from '../../contract/connector-harness.ts';
import { type Home, makeHome, runCli } from '../../e2e/run-cli.ts';
import { instant, makeShop } from '../../support/builders.ts';
import { freePort, type PostgresServer, startPostgres } from '../../support/postgres/server.ts';
import { folderOf, installed, run, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

const why = installed('medusa');

type Made = { readonly product: string; readonly variants: readonly string[] };
type Seed = {
  readonly products: Readonly<Record<'cup' | 'shirt' | 'draft' | 'unshown' | 'uncounted', Made>>;
  readonly key: string;
  readonly location: string;
  readonly channel: string;
};

const email = 'owner@shop.example';
const password = 'made-up-for-this-run';

// One story, told in order: each step stands on the one before it.
describe.skipIf(why !== undefined)(`A real Medusa${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  let postgres: PostgresServer | undefined;
  let server: { readonly stop: () => Promise<void> } | undefined;
  let home: Home;
  let url = '';
  let seed: Seed;

  const bindeled = (...args: readonly string[]) => runCli(home, args, { env: { BINDELED_DK_SECRET_KEY: seed.key } });

  const connect = (over: Partial<Shop> = {}) =>
    medusa.connect({
      shop: makeShop({ platform: medusa.id, url, currency: 'DKK', ...over }),
      secrets: { secret_key: seed.key },
      options: {},
      clock: systemClock,
    });

  /** What the shop's owner does in the admin. */
  async function admin(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const authorization = `Basic ${Buffer.from(`${seed.key}:`).toString('base64')}`;
    const reply = await fetch(`${url}/admin/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    expect(reply.status).toBe(200);
    return (await reply.json()) as Record<string, unknown>;
  }
  const stockOf = async (sku: string): Promise<unknown> => {
    const { inventory_items: items } = (await admin('GET', `inventory-items?sku=${sku}&fields=*location_levels`)) as {
      inventory_items: { location_levels: { stocked_quantity: number }[] }[];
    };
    return items[0]?.location_levels[0]?.stocked_quantity;
  };

  beforeAll(async () => {
    home = makeHome();
    postgres = await startPostgres();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const cwd = folderOf('medusa');
    const env = {
      DATABASE_URL: postgres.url,
      MEDUSA_DISABLE_TELEMETRY: '1',
      NODE_ENV: 'production',
    };
    const program = (...args: readonly string[]) => ({
      command: process.execPath,
      args: [join('node_modules', '@medusajs', 'cli', 'cli.js'), ...args],
      cwd,
      env,
    });
    await run(program('db:migrate', '--execute-all-links'));
    await run(program('user', '-e', email, '-p', password));
    server = await startServer(program('start', '--host', '127.0.0.1', '--port', String(port)), /Server is ready/);
    const seeding = { URL: url, EMAIL: email, PASSWORD: password, MORE: '55' };
    seed = JSON.parse(await run({ command: process.execPath, args: ['seed.mjs'], cwd, env: seeding }));
  });
  afterAll(async () => {
    await server?.stop();
    await postgres?.stop();
    home?.remove();
  });

  test('is added and tested, and a wrong key is told apart', async () => {
    const added = await bindeled(
      'shops',
      'add',
      'dk',
      '--platform',
      'medusa',
      '--url',
      `${url}/app`,
      '--name',
      'Nordlys DK',
    );
    expect(added.code, added.stderr).toBe(0);
    const tested = await bindeled('shops', 'test', 'dk');
    expect(tested.stdout).toContain('Connected to Nordlys');
    expect(tested.code, tested.stderr).toBe(0);
    const wrong = await runCli(home, ['shops', 'test', 'dk'], { env: { BINDELED_DK_SECRET_KEY: 'sk_nobody' } });
    expect([wrong.code, wrong.stdout + wrong.stderr]).toEqual([3, expect.not.stringContaining('sk_nobody')]);
  });

  test('is read to its end, over many pages', async () => {
    const ran = await bindeled('sync');
    expect(ran.code, ran.stderr).toBe(0);
    // 55 bowls, a cup, two sizes of a shirt and the shirt, a draft, one in no sales channel, one that is not counted.
    expect(ran.stdout).toMatch(/62 read.*60 linked/);
    expect((await bindeled('find', '5701234567899')).stdout).toContain('KOP-1');
  });

  test('why: a product that is not published, in the shop’s words', async () => {
    const ran = await bindeled('why', 'KLADDE-1', '--shop', 'dk');
    expect(ran.stdout).toContain('not active in the shop');
    expect(ran.stdout).toContain('"draft"');
  });

  test('a figure is sent and read back, and what is not counted is not written to', async () => {
    await bindeled('stock', 'set', 'KOP-1', '17');
    await bindeled('stock', 'set', 'FRI-1', '4');
    const ran = await bindeled(
      'push',
      '--apply',
      '--shop',
      'dk',
      '--product',
      'KOP-1',
      '--yes-firsts',
      '1',
      '--yes-jumps',
      '1',
    );
    expect(ran.stdout, ran.stderr).toContain('sent (was 3)');
    expect(await stockOf('KOP-1')).toBe(17);
    const free = await bindeled('push', '--apply', '--shop', 'dk', '--product', 'FRI-1');
    expect(free.stdout + free.stderr).toContain('0 sent');
  });

  test('changes show what was unpublished, and a variant that was deleted is found by a full sync', async () => {
    await admin('POST', `products/${seed.products.cup.product}`, { status: 'draft' });
    const changes = await bindeled('sync');
    expect(changes.code, changes.stderr).toBe(0);
    expect((await bindeled('why', 'KOP-1', '--shop', 'dk')).stdout).toContain('not active in the shop');
    const { product, variants } = seed.products.shirt;
    const { variants: rows } = (await admin('GET', 'product-variants?sku=TR-S&fields=id')) as {
      variants: { id: string }[];
    };
    expect(variants).toContain(rows[0]?.id);
    await admin('DELETE', `products/${product}/variants/${rows[0]?.id}`);
    // The trap: status 200, and nothing in it.
    expect(await admin('GET', `products/${product}/variants/${rows[0]?.id}`)).toEqual({});
    const whole = await bindeled('sync', '--full');
    expect(whole.code, whole.stderr).toBe(0);
    expect((await bindeled('why', 'TR-S', '--shop', 'dk')).stdout).not.toContain('Linked to');
    expect((await bindeled('why', 'TR-M', '--shop', 'dk')).stdout).toContain('Linked to');
  });

  test('half a piece, which Medusa takes, is unknown here and never nought', async () => {
    const { inventory_items: items } = (await admin('GET', 'inventory-items?sku=SK-0001')) as {
      inventory_items: { id: string }[];
    };
    const update = [{ inventory_item_id: items[0]?.id, location_id: seed.location, stocked_quantity: 2.5 }];
    await admin('POST', 'inventory-items/location-levels/batch', { update });
    expect(await stockOf('SK-0001')).toBe(2.5);
    const [half] = await connect().withSku(toSku('SK-0001'), forever);
    expect(half?.stock).toEqual({ tracked: true, unreadable: { field: 'stocked_quantity', value: '2.5' } });
  });

  type NewVariant = { readonly sku: string } & Readonly<Record<string, unknown>>;
  /** What the shop's owner adds: a product with one variant, put to the location where a figure is given. */
  async function add({ stocked, ...variant }: NewVariant & { readonly stocked?: number }) {
    const { product } = (await admin('POST', 'products?fields=id,variants.id,variants.inventory_items.*', {
      title: `Ny ${variant.sku}`,
      status: 'published',
      sales_channels: [{ id: seed.channel }],
      options: [{ title: 'Størrelse', values: ['Standard'] }],
      variants: [
        {
          title: 'Standard',
          manage_inventory: true,
          options: { Størrelse: 'Standard' },
          prices: [{ currency_code: 'dkk', amount: 10 }],
          ...variant,
        },
      ],
    })) as {
      product: { id: string; variants: { id: string; inventory_items: { inventory_item_id: string }[] }[] };
    };
    const [made] = product.variants;
    const item = made?.inventory_items[0]?.inventory_item_id ?? '';
    if (stocked !== undefined)
      await admin('POST', `inventory-items/${item}/location-levels`, {
        location_id: seed.location,
        stocked_quantity: stocked,
      });
    return { product: product.id, variant: made?.id ?? '', item };
  }

  test('a label beside the EAN is found, and the shop is asked for it', async () => {
    await add({ sku: 'HYLDE-1', ean: '5701234567882', barcode: 'LAGER-77', upc: '036000291452', stocked: 2 });
    expect((await bindeled('fetch', 'LAGER-77')).stdout).toMatch(/HYLDE-1.*linked/);
    for (const asked of ['lager-77', '5701234567882'])
      expect((await bindeled('find', asked)).stdout).toContain('HYLDE-1');
  });

  test('what is counted and lies at no location: no cart takes it, and that is told', async () => {
    const { variant } = await add({ sku: 'INTETSTEDS-1' });
    const { region } = (await admin('POST', 'regions', {
      name: 'DK',
      currency_code: 'dkk',
      countries: ['dk'],
      payment_providers: ['pp_system_default'],
    })) as { region: { id: string } };
    const { api_key: shop } = (await admin('POST', 'api-keys', { title: 'front', type: 'publishable' })) as {
      api_key: { id: string; token: string };
    };
    await admin('POST', `api-keys/${shop.id}/sales-channels`, { add: [seed.channel] });
    const front = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json', 'x-publishable-api-key': shop.token };
      const reply = await fetch(`${url}/store/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: reply.status, said: (await reply.json()) as { cart?: { id: string }; message?: string } };
    };
    const { said } = await front('carts', { region_id: region.id, sales_channel_id: seed.channel });
    const refused = await front(`carts/${said.cart?.id}/line-items`, { variant_id: variant, quantity: 1 });
    expect([refused.status, refused.said.message]).toEqual([400, expect.stringContaining('any stock location')]);
    await bindeled('fetch', 'INTETSTEDS-1');
    await bindeled('stock', 'set', 'INTETSTEDS-1', '4');
    const why = await bindeled('why', 'INTETSTEDS-1', '--shop', 'dk');
    expect(why.stdout).toContain('cannot be put into the basket (the shop says "location_levels: none")');
    expect((await bindeled('report', 'inactive-with-stock')).stdout).toContain('INTETSTEDS-1');
    const pushed = await bindeled('push', '--apply', '--product', 'INTETSTEDS-1', '--yes-firsts', '1');
    expect(pushed.stdout + pushed.stderr).toMatch(/no stock location in the shop to send it to.*is not stocked there/);
  });

  test('two variants that share an item: neither is sent another figure than the other', async () => {
    const { item } = await add({ sku: 'DELT-A', stocked: 3 });
    await add({ sku: 'DELT-B', inventory_items: [{ inventory_item_id: item, required_quantity: 1 }] });
    const [a] = await connect().withSku(toSku('DELT-A'), forever);
    const [b] = await connect().withSku(toSku('DELT-B'), forever);
    const outcomes = await connect().push([quantityFor(a!.ref, 5), quantityFor(b!.ref, 6)], forever);
    expect(outcomes.map((one) => one.kind === 'refused' && one.why)).toEqual(['figure-contested', 'figure-contested']);
    expect(await stockOf('DELT-A')).toBe(3);
  });

  test('a sale between plan and push is not undone, and both sides are said to have changed', async () => {
    const { item } = await add({ sku: 'SALG-1', stocked: 10 });
    await bindeled('fetch', 'SALG-1');
    await bindeled('stock', 'set', 'SALG-1', '10');
    await bindeled('push', '--apply', '--product', 'SALG-1');
    await admin('POST', 'reservations', { inventory_item_id: item, location_id: seed.location, quantity: 3 });
    await bindeled('stock', 'set', 'SALG-1', '12');
    const pushed = await bindeled('push', '--apply', '--product', 'SALG-1');
    expect(pushed.stdout + pushed.stderr).toContain('10 sent, 7 there');
    expect(await stockOf('SALG-1')).toBe(10);
    expect((await bindeled('why', 'SALG-1', '--shop', 'dk')).stdout).toContain('both changed since last sent');
    expect((await bindeled('compare', 'SALG-1')).stdout).toContain("our figure and the shop's changed");
  });

  test('what was refused to a variant that is gone says nothing of the one that took its number', async () => {
    const { product } = await add({ sku: 'ARV-1', stocked: 5 });
    await bindeled('fetch', 'ARV-1');
    await bindeled('stock', 'set', 'ARV-1', '6');
    await admin('DELETE', `products/${product}`);
    const pushed = await bindeled('push', '--apply', '--product', 'ARV-1', '--yes-firsts', '1');
    expect(pushed.stdout + pushed.stderr).toContain('the shop does not know it');
    await add({ sku: 'ARV-1', stocked: 2 });
    await bindeled('fetch', 'ARV-1');
    const why = await bindeled('why', 'ARV-1', '--shop', 'dk');
    expect(why.stdout).toContain('the shop has 2 and ought to have 6');
    expect(why.stdout).not.toContain('does not get through');
  });

  test('answers a barcode, a pass over stock, an unknown product and an odd id as the simulator does', async () => {
    const connector = connect();
    expect((await connector.withGtin?.('5701234567899', forever))?.map(({ sku }) => sku)).toEqual(['KOP-1']);
    // 60 of the seed, and six that were added and stand.
    expect(await readStock(connector)).toHaveLength(66);
    expect(await connector.product(toShopProductId('prod_01M8HA99999999999999999999'), forever)).toEqual([]);
    expect(await connector.product(toShopProductId('../stores'), forever)).toEqual([]);
    const mistaken = connect({ identity: 'store_another' }).product(toShopProductId('prod_01M8HA9'), forever);
    await expect(mistaken).rejects.toMatchObject({ kind: 'another-shop' });
    expect((await connector.sales({ since: instant('2026-01-01T00:00:00Z') }, forever)).sales).toEqual([]);
  });
});
