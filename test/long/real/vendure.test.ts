import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { vendure } from '../../../src/connectors/vendure/driver.ts';
import { vendureSdl } from '../../../src/demo/simulators/vendure/schema.ts';
import { toShopProductId } from '../../../src/domain/ids.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import type { Shop } from '../../../src/domain/shop.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { forever, quantityFor, readAll, readStock } from '../../contract/connector-harness.ts';
import { documentOf, type Home, makeHome, runCli } from '../../e2e/run-cli.ts';
import { makeShop } from '../../support/builders.ts';
import { freePort, type PostgresServer, startPostgres } from '../../support/postgres/server.ts';
import { folderOf, installed, run, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

const why = installed('vendure');

type Made = { readonly product: string; readonly variants: readonly string[] };
type Seed = {
  readonly products: Readonly<Record<'cup' | 'shirt' | 'hidden' | 'uncounted', Made>>;
  readonly keys: Readonly<Record<'full' | 'reader' | 'blind', string>>;
};

// One story, told in order: each step stands on the one before it.
describe.skipIf(why !== undefined)(`A real Vendure${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  let postgres: PostgresServer | undefined;
  let server: { readonly stop: () => Promise<void> } | undefined;
  let home: Home;
  let url = '';
  let seed: Seed;
  let token = '';

  const bindeled = (...args: readonly string[]) => runCli(home, args, { env: { BINDELED_DK_API_KEY: seed.keys.full } });
  const withKey = (key: keyof Seed['keys'], ...args: readonly string[]) =>
    runCli(home, args, { env: { BINDELED_DK_API_KEY: seed.keys[key] } });

  const connect = (key: keyof Seed['keys'], over: Partial<Shop> = {}) =>
    vendure.connect({
      shop: makeShop({ platform: vendure.id, url, currency: 'DKK', ...over }),
      secrets: { api_key: seed.keys[key] },
      options: { barcode: 'ean' },
      clock: systemClock,
    });

  /** What the shop's owner does in the dashboard. */
  async function admin(query: string, variables: object = {}): Promise<Record<string, unknown>> {
    const reply = await fetch(`${url}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    token = reply.headers.get('vendure-auth-token') ?? token;
    const { data, errors } = (await reply.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  }
  const stockOf = async (id: string): Promise<unknown> => {
    const query =
      '($id: [String!]) { productVariants(options: { filter: { id: { in: $id } } }) { items { stockLevels { stockOnHand } } } }';
    const { productVariants } = (await admin(`query ${query}`, { id: [id] })) as {
      productVariants: { items: { stockLevels: { stockOnHand: number }[] }[] };
    };
    return productVariants.items[0]?.stockLevels[0]?.stockOnHand;
  };

  beforeAll(async () => {
    home = makeHome();
    postgres = await startPostgres();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const cwd = folderOf('vendure');
    const env = {
      PORT: String(port),
      DATABASE: postgres.url,
      VENDURE_DISABLE_TELEMETRY: 'true',
      LIST_LIMIT: '60',
    };
    server = await startServer({ command: process.execPath, args: ['server.mjs'], cwd, env }, /^READY$/m);
    seed = JSON.parse(await run({ command: process.execPath, args: ['seed.mjs'], cwd, env: { URL: url, MORE: '70' } }));
    await admin('mutation { login(username: "superadmin", password: "superadmin") { __typename } }');
  });
  afterAll(async () => {
    await server?.stop();
    await postgres?.stop();
    home?.remove();
  });

  test('its schema has every field that the simulator answers', async () => {
    const query = '{ __schema { types { name fields(includeDeprecated: true) { name } inputFields { name } } } }';
    const { __schema: real } = (await admin(query)) as {
      __schema: { types: { name: string; fields?: { name: string }[]; inputFields?: { name: string }[] }[] };
    };
    const known = new Map(
      real.types.map((type) => [
        type.name,
        new Set([...(type.fields ?? []), ...(type.inputFields ?? [])].map(({ name }) => name)),
      ]),
    );
    const ours = Object.values(buildSchema(vendureSdl('ean')).getTypeMap()).filter(
      (type) => !type.name.startsWith('__'),
    );
    const missing = ours.flatMap((type) =>
      'getFields' in type
        ? Object.keys(type.getFields())
            .filter((field) => !known.get(type.name)?.has(field))
            .map((field) => `${type.name}.${field}`)
        : [],
    );
    expect(missing).toEqual([]);
  });

  test('is added and tested, and a narrow key is told what it lacks in words of Vendure', async () => {
    const added = await bindeled(
      'shops',
      'add',
      'dk',
      '--platform',
      'vendure',
      '--url',
      `${url}/dashboard`,
      '--name',
      'Nordlys DK',
      '--option',
      'barcode=ean',
    );
    expect(added.code, added.stderr).toBe(0);
    const tested = await bindeled('shops', 'test', 'dk');
    expect(tested.stdout).toContain('UpdateCatalog');
    expect(tested.code, tested.stderr).toBe(0);
    const narrow = await withKey('reader', 'shops', 'test', 'dk');
    expect(narrow.stdout + narrow.stderr).toContain('UpdateCatalog');
    expect(narrow.code).not.toBe(0);
    const wrong = await runCli(home, ['shops', 'test', 'dk'], { env: { BINDELED_DK_API_KEY: 'nobody:nothing' } });
    expect([wrong.code, wrong.stdout + wrong.stderr]).toEqual([3, expect.not.stringContaining('nobody:nothing')]);
  });

  test('is read to its end, over many pages', async () => {
    const ran = await bindeled('sync');
    expect(ran.code, ran.stderr).toBe(0);
    // 70 bowls, a cup, two sizes of a shirt and the shirt, one that is hidden and one that is not counted.
    expect(ran.stdout).toMatch(/76 read.*74 linked/);
    expect((await bindeled('find', '5701234567899')).stdout).toContain('KOP-1');
  });

  test('why: a product that is not enabled, in the shop’s words', async () => {
    const ran = await bindeled('why', 'SKJULT-1', '--shop', 'dk');
    expect(ran.stdout).toContain('not active in the shop');
    expect(ran.stdout).toContain('product: disabled');
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
    expect(await stockOf(seed.products.cup.variants[0]!)).toBe(17);
    const free = await bindeled('push', '--apply', '--shop', 'dk', '--product', 'FRI-1');
    expect(free.stdout + free.stderr).toContain('0 sent');
    expect(await stockOf(seed.products.uncounted.variants[0]!)).toBe(0);
  });

  test('changes show what was switched off, and a variant that was deleted is found by a full sync', async () => {
    await admin('mutation ($id: ID!) { updateProduct(input: { id: $id, enabled: false }) { id } }', {
      id: seed.products.cup.product,
    });
    const changes = await bindeled('sync');
    expect(changes.code, changes.stderr).toBe(0);
    expect((await bindeled('why', 'KOP-1', '--shop', 'dk')).stdout).toContain('product: disabled');
    await admin('mutation ($id: ID!) { deleteProductVariant(id: $id) { result } }', {
      id: seed.products.shirt.variants[0]!,
    });
    const whole = await bindeled('sync', '--full');
    expect(whole.code, whole.stderr).toBe(0);
    const gone = await bindeled('why', 'TR-S', '--shop', 'dk');
    expect(gone.code).toBe(1);
    expect(gone.stdout).not.toContain('Linked to');
    expect((await bindeled('why', 'TR-M', '--shop', 'dk')).stdout).toContain('Linked to');
  });

  test('answers a barcode, a pass over stock, an unknown product and an odd id as the simulator does', async () => {
    const connector = connect('full');
    expect((await connector.withGtin?.('5701234567899', forever))?.map(({ sku }) => sku)).toEqual(['KOP-1']);
    expect(await readStock(connector)).toHaveLength(74);
    expect(await connector.product(toShopProductId('99999'), forever)).toEqual([]);
    expect(await connector.product(toShopProductId('no id"'), forever)).toEqual([]);
    const mistaken = connect('full', { identity: 'another' }).product(toShopProductId('99999'), forever);
    await expect(mistaken).rejects.toMatchObject({ kind: 'another-shop' });
    const blind = connect('blind').page({}, forever);
    await expect(blind).rejects.toMatchObject({ kind: 'forbidden', detail: { permission: 'ReadCatalog' } });
  });

  const newProduct = async (name: string, sku: string): Promise<{ product: string; variant: string }> => {
    const translations = [{ languageCode: 'en', name, slug: sku.toLowerCase(), description: '' }];
    const { createProduct } = (await admin(
      'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }',
      { input: { enabled: true, translations } },
    )) as { createProduct: { id: string } };
    const product = createProduct.id;
    return { product, variant: await newVariant(product, { name, sku }) };
  };
  const newVariant = async (
    productId: string,
    { name, sku, optionIds = [] }: { name: string; sku: string; optionIds?: readonly string[] },
  ): Promise<string> => {
    const translations = [{ languageCode: 'en', name }];
    const input = [{ productId, sku, price: 9950, optionIds, trackInventory: 'TRUE', stockOnHand: 4, translations }];
    const { createProductVariants } = (await admin(
      'mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }',
      { input },
    )) as { createProductVariants: { id: string }[] };
    return createProductVariants[0]!.id;
  };
  const change = (input: object): Promise<unknown> =>
    admin('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
      input: [input],
    });

  test('a variant stays what it was when its product gets choices or another number, and no longer when it goes', async () => {
    const connector = connect('full');
    const { product, variant } = await newProduct('K&oslash;leskab <b>A</b> &amp; B', 'PLAN-1');
    const [planned, ...more] = await connector.product(toShopProductId(product), forever);
    expect([planned?.content.name, planned?.stock.quantity, more]).toEqual(['Køleskab A & B', 4, []]);
    const pushed = async (quantity: number): Promise<string> => {
      const [outcome] = await connector.push([quantityFor(planned!.ref, quantity)], forever);
      return outcome?.kind === 'refused' ? outcome.why : (outcome?.kind ?? '');
    };
    const { createProductOptionGroup: group } = (await admin(
      'mutation ($input: CreateProductOptionGroupInput!) { createProductOptionGroup(input: $input) { id options { id } } }',
      {
        input: {
          code: 'plan',
          translations: [{ languageCode: 'en', name: 'Size' }],
          options: ['s', 'm'].map((code) => ({ code, translations: [{ languageCode: 'en', name: code }] })),
        },
      },
    )) as { createProductOptionGroup: { id: string; options: { id: string }[] } };
    const [small, medium] = group.options.map(({ id }) => id);
    await admin('mutation ($p: ID!, $g: ID!) { addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }', {
      p: product,
      g: group.id,
    });
    await change({ id: variant, optionIds: [small], sku: 'PLAN-S' });
    const other = await newVariant(product, { name: 'Medium', sku: 'PLAN-M', optionIds: [medium!] });
    expect([await pushed(9), await stockOf(variant), await stockOf(other)]).toEqual(['set', 9, 4]);
    const family = await connector.product(toShopProductId(product), forever);
    expect(family.map(({ sellable, sku }) => `${sellable} ${sku}`).sort()).toEqual([
      'parent undefined',
      'unit PLAN-M',
      'unit PLAN-S',
    ]);
    await change({ id: variant, trackInventory: 'FALSE' });
    expect(await pushed(8)).toBe('not-tracked-in-shop');
    await change({ id: variant, trackInventory: 'TRUE', enabled: false });
    expect(await pushed(8)).toBe('inactive-in-shop');
    await admin('mutation ($id: ID!) { deleteProductVariant(id: $id) { result } }', { id: variant });
    expect([await pushed(8), await stockOf(other)]).toEqual(['not-found-in-shop', 4]);
  });

  test('what is deleted, added and edited between two pages hides nothing that stayed', async () => {
    const connector = connect('full');
    const before = (await readAll(connector)).listings.filter(({ sellable }) => sellable === 'unit');
    const [first, second, third] = before.filter(({ sku }) => String(sku).startsWith('SK-'));
    const seen: Listing[] = [];
    let cursor: string | undefined;
    for (let turn = 0; ; turn += 1) {
      const page = await connector.page({ cursor }, forever);
      seen.push(...page.listings);
      cursor = page.next;
      if (cursor === undefined) break;
      if (turn > 0) continue;
      for (const gone of [first, second]) {
        await admin('mutation ($id: ID!) { deleteProduct(id: $id) { result } }', { id: gone!.ref.shopProductId });
      }
      await newProduct('Newcomer', 'NEW-1');
      await change({ id: third!.ref.shopVariantId, sku: 'SK-EDITED' });
    }
    const ids = new Set(seen.map(({ ref }) => ref.shopVariantId));
    const stayed = before.filter((one) => one !== first && one !== second);
    expect(stayed.filter(({ ref }) => !ids.has(ref.shopVariantId))).toEqual([]);
    expect(await connector.product(first!.ref.shopProductId, forever)).toEqual([]);
  });

  test('is let in by name and password, too', async () => {
    const secrets = { username: 'superadmin', password: 'superadmin' };
    const shop = makeShop({ platform: vendure.id, url });
    const named = vendure.connect({ shop, secrets, options: {}, clock: systemClock });
    expect((await named.test(forever)).permissions.every(({ granted }) => granted)).toBe(true);
    const wrong = vendure.connect({ shop, secrets: { ...secrets, password: 'no' }, options: {}, clock: systemClock });
    await expect(wrong.page({}, forever)).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  test('no key is to be found in what the program keeps', async () => {
    const report = documentOf(await bindeled('shops', 'list', '--json'));
    expect(JSON.stringify(report)).toContain('vendure');
    const kept = readdirSync(home.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(kept.some((text) => text.includes('KOP-1'))).toBe(true);
    expect(kept.filter((text) => text.includes(seed.keys.full.split(':')[1]!))).toEqual([]);
  });
});
