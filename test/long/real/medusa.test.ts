import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { medusa } from '../../../src/connectors/medusa/driver.ts';
import { toShopProductId, toSku } from '../../../src/domain/ids.ts';
import type { Shop } from '../../../src/domain/shop.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { forever, readStock } from '../../contract/connector-harness.ts';
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

  test('answers a barcode, a pass over stock, an unknown product and an odd id as the simulator does', async () => {
    const connector = connect();
    expect((await connector.withGtin?.('5701234567899', forever))?.map(({ sku }) => sku)).toEqual(['KOP-1']);
    expect(await readStock(connector)).toHaveLength(60);
    expect(await connector.product(toShopProductId('prod_01M8HA99999999999999999999'), forever)).toEqual([]);
    expect(await connector.product(toShopProductId('../stores'), forever)).toEqual([]);
    const mistaken = connect({ identity: 'store_another' }).product(toShopProductId('prod_01M8HA9'), forever);
    await expect(mistaken).rejects.toMatchObject({ kind: 'another-shop' });
    expect((await connector.sales({ since: instant('2026-01-01T00:00:00Z') }, forever)).sales).toEqual([]);
  });
});
