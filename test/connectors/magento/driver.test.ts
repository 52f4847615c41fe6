import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { readRows } from '../../../src/connectors/decode.ts';
import { magento } from '../../../src/connectors/magento/driver.ts';
import {
  orderItemFields,
  parentFields,
  productFields,
  productSchema,
  sourceItemSchema,
  sourceSchema,
  stockItemSchema,
  storeSchema,
} from '../../../src/connectors/magento/schema.ts';
import { errorIn } from '../../../src/connectors/magento/session/api.ts';
import type { Probe } from '../../../src/ports/platform.ts';
import { errorOf, forever, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, openMagento, sentItems, writes } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/magento/${name}.json`, import.meta.url), 'utf8');

describe('Rows of Magento', () => {
  it('are read with what is nested in them', () => {
    const { rows, broken } = readRows(productSchema, JSON.parse(fixture('products')).items);
    expect(broken).toEqual([]);
    expect(rows[0]).toMatchObject({
      id: '11',
      name: 'Kop & fad',
      price: '49.95',
      media_gallery_entries: '/k/o/kop.jpg',
    });
    expect(rows[0]?.custom_attributes?.get('ean')).toBe('5701234567899');
    expect(rows[0]?.custom_attributes?.get('category_ids')).toEqual({ unreadable: 'a list' });
    expect(rows[1]?.extension_attributes?.configurable_product_links).toEqual(['13', '14']);
    expect([rows[1]?.updated_at, rows[2]?.extension_attributes]).toEqual([undefined, undefined]);
  });

  it('that are refused say what, with their blanks filled in', () => {
    const reply = { status: 400, headers: {}, text: fixture('refusal'), doing: 'x' };
    expect(errorIn(reply).message).toBe('Validation Failed "quantity" should be numeric. Row 3 of 8');
  });
});

describe('The test of a Magento connection', () => {
  it('names each right by its resource, offers what may be chosen, and sends no row', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));
    const world = await openMagento({ fake: { locations }, options: { stores: ['default', 'en'] } });
    const report = await world.connector.test(forever);
    expect(report).toMatchObject({ identity: 'fake-shop.example', version: '2.4', warnings: ['no-location-chosen'] });
    expect(report.choices.map(({ option, value }) => `${option} ${value}`)).toEqual([
      'store default',
      'store en',
      'source default',
      'source source-2',
      'stock 1',
    ]);
    expect(report.permissions.every(({ granted }) => granted === true)).toBe(true);
    expect(writes(world).map(sentItems)).toEqual([[]]);
    const narrow = world.withOnly('read-settings', 'read-stock');
    const missing = (await narrow.test(forever)).permissions.filter(({ granted }) => granted === false);
    expect(missing.map(({ wanted, platformWord }) => [wanted, platformWord])).toEqual([
      ['read-products', 'Magento_Catalog::products'],
      ['write-stock', 'Magento_InventoryApi::source'],
      ['read-orders', 'Magento_Sales::actions_view'],
    ]);
  });

  it('without the settings reads on where nobody said who the shop is, and stops where somebody did', async () => {
    const world = await openMagento();
    world.shop.add({ sku: 'CUP', quantity: 1 });
    const narrow = world.withOnly('read-products', 'read-stock', 'write-stock');
    expect(await narrow.test(forever)).toMatchObject({ identity: '' });
    expect((await narrow.page({}, forever)).listings).toHaveLength(1);
    const as = world.shop.credentials.at(-1)!;
    const known = world.connect({ as, shop: { identity: 'fake-shop.example' } });
    const order = [quantityFor(refTo('dk', '101'), 4)];
    for (const ask of [
      () => known.page({}, forever),
      () => known.push(order, forever),
      () => known.stockPage!({}, forever),
    ]) {
      expect(await errorOf(ask())).toMatchObject({
        kind: 'forbidden',
        detail: { permission: 'Magento_Backend::store' },
      });
    }
  });

  it('does without a version where the shop keeps it to itself', async () => {
    const world = await openMagento({
      around: ({ path }) =>
        path.endsWith('/magento_version') ? { status: 302, headers: { location: '/' }, body: '' } : undefined,
    });
    expect((await world.connector.test(forever)).version).toBeUndefined();
  });
});

describe('The Magento driver', () => {
  it.each([
    ['shop.example/rest/V1', 'https://shop.example'],
    ['https://shop.example/sub/rest/all/V1/products', 'https://shop.example/sub'],
    ['https://shop.example/index.php/admin', 'https://shop.example'],
  ])('keeps %s as %s', (typed, url) => {
    expect(magento.normaliseUrl(typed)).toEqual({ url });
  });

  const refusal = `{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"Magento_Backend::store"}}`;
  it.each([
    [{ '/magento_version': { status: 200, text: 'Magento/2.4 (Community)' } }, '2.4'],
    [{ '/rest/V1/store/storeConfigs': { status: 401, text: refusal } }, undefined],
  ])('recognises %j', async (replies: Readonly<Record<string, { status: number; text: string }>>, version) => {
    const probe: Probe = async (url) => {
      const reply = replies[url.pathname];
      return reply === undefined ? undefined : { headers: {}, ...reply };
    };
    expect(await magento.detect(new URL('https://shop.example/'), probe, forever)).toEqual({
      platform: 'magento',
      confidence: 'sure',
      url: 'https://shop.example',
      version,
    });
    const other: Probe = async () => ({ status: 200, headers: {}, text: '<html></html>' });
    expect(await magento.detect(new URL('https://shop.example/'), other, forever)).toBeUndefined();
  });

  it('asks for one way of being let in, and refuses options that are none', () => {
    expect(magento.credentials.map(({ id, fields }) => [id, ...fields.map(({ name }) => name)])).toEqual([
      ['oauth', 'consumer_key', 'consumer_secret', 'access_token', 'access_token_secret'],
      ['token', 'access_token'],
      ['admin', 'username', 'password'],
    ]);
    expect(magento.options.parse({ store: 'en', other: 'x' })).toEqual({ store: 'en' });
    expect(() => magento.options.parse({ store: '../all' })).toThrow();
    expect(() => magento.options.parse({ stock: '0' })).toThrow();
  });

  it('links to the product under the admin’s own path', async () => {
    const world = await openMagento();
    const cup = world.shop.add({ sku: 'CUP' });
    const page = await world.connect({ shop: { options: { admin: 'admin_x7' } } }).page({}, forever);
    expect(page.listings[0]?.adminUrl).toBe(`${world.url}/admin_x7/catalog/product/edit/id/${cup.id}/`);
  });

  it('takes the shop’s own media address for pictures', async () => {
    const world = await openMagento();
    world.shop.add({ sku: 'CUP', image: '/k/o/kop.jpg' });
    const { listings } = await world.connector.page({}, forever);
    expect(listings[0]?.content.imageUrl).toBe('https://fake-shop.example/media/catalog/product/k/o/kop.jpg');
    expect(asked(world, /kop/)).toEqual([]);
  });
});

const schemaFile = new URL('../../../../shared/reference/data/magento/admin-schema-2.4.9.yaml', import.meta.url);
const absent = !existsSync(schemaFile);
const why = absent ? ' (skipped: the schema is not on this machine)' : '';

describe.skipIf(absent)(`The vendor's schema of Magento${why}`, () => {
  const text = absent ? '' : readFileSync(schemaFile, 'utf8');
  /** The lines of one entry, by its indentation. */
  const entry = (head: string): readonly string[] => {
    const lines = text.split('\n');
    const at = lines.indexOf(head);
    const depth = head.search(/\S/);
    const pauseFor = lines.slice(at + 1);
    const end = pauseFor.findIndex((line) => line.search(/\S/) <= depth && line.trim() !== '');
    return at < 0 ? [] : pauseFor.slice(0, end);
  };
  const propertiesOf = (definition: string): readonly string[] =>
    entry(`  ${definition}:`).flatMap((line) => /^ {6}"?(\w+)"?:$/.exec(line)?.[1] ?? []);
  /** The names at the top of a choice of fields. */
  const topOf = (fields: string): readonly string[] => fields.replace(/\[[^\]]*\]/g, '').split(',');

  it.each([
    ['catalog-data-product-interface', topOf(productFields)],
    ['catalog-data-product-interface', topOf(parentFields)],
    ['catalog-data-product-extension-interface', ['website_ids', 'configurable_product_links']],
    ['inventory-api-data-source-item-interface', Object.keys(sourceItemSchema.shape)],
    ['inventory-api-data-source-interface', Object.keys(sourceSchema.shape)],
    ['catalog-inventory-data-stock-item-interface', Object.keys(stockItemSchema.shape)],
    ['store-data-store-config-interface', Object.keys(storeSchema.shape)],
    ['sales-data-order-item-interface', topOf(orderItemFields)],
  ])('%s has all that is read of it', (definition, names) => {
    const known = propertiesOf(definition);
    expect(known.length).toBeGreaterThan(2);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has every address that is asked, with its method', () => {
    for (const [path, method] of [
      ['/V1/products', 'get'],
      ['/V1/products/attributes', 'get'],
      ['/V1/inventory/source-items', 'get'],
      ['/V1/inventory/source-items', 'post'],
      ['/V1/inventory/sources', 'get'],
      ['/V1/inventory/stocks', 'get'],
      ['/V1/inventory/stock-source-links', 'get'],
      ['/V1/stockItems/{productSku}', 'get'],
      ['/V1/stockItems/lowStock/', 'get'],
      ['/V1/products/{productSku}/stockItems/{itemId}', 'put'],
      ['/V1/orders/items', 'get'],
      ['/V1/store/storeConfigs', 'get'],
      ['/V1/store/storeViews', 'get'],
      ['/V1/modules', 'get'],
      ['/V1/integration/admin/token', 'post'],
    ]) {
      expect([path, entry(`  "${path}":`).some((line) => line === `    ${method}:`)]).toEqual([path, true]);
    }
  });
});
