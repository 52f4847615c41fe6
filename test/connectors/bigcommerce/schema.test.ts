import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { locationItems, orderRow, productRow } from '../../../src/demo/simulators/bigcommerce/rows.ts';
import { storeRow } from '../../../src/demo/simulators/bigcommerce/store.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { forever, quantityFor, readAll, readStock } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { mismatches, resolved, type Schema } from '../../support/vendor-schema.ts';
import { adjustments, openBigCommerce, twoPlaces } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The vendor's own files, read in place, by what reads YAML here where something does. */
const folder = new URL('../../../../shared/reference/data/bigcommerce/', import.meta.url);
const reader = 'yaml';
const yaml: { parse: (text: string) => Schema } | undefined = await import(reader).catch(() => undefined);
const absent = !existsSync(folder) || yaml === undefined;
const why = absent ? ' (skipped: the API files, or what reads YAML, are not on this machine)' : '';

const open = (name: string): Schema => yaml?.parse(readFileSync(new URL(`${name}.yml`, folder), 'utf8')) ?? {};
const files: Readonly<Record<string, Schema>> = absent
  ? {}
  : {
      'v3/catalog/products': open('products_catalog.v3'),
      'v3/catalog/variants': open('product-variants_catalog.v3'),
      'v3/inventory/locations': open('locations.v3'),
      'v3/inventory': open('inventory.v3'),
      'v3/hooks': open('webhooks.v3'),
      'v2/orders': open('orders.v2.oas2'),
      'v2/store': open('store_information.v2'),
    };

/** The file that speaks of a path, and the path as it writes it. */
function spokenOf(path: string): { readonly root: Schema; readonly operation: Schema } | undefined {
  const bare = path.replace('/stores/abc123/', '').replace(/\/\d+(?=\/|$)/g, '/{}');
  const key =
    bare.endsWith('/items') || bare.includes('adjustments')
      ? 'v3/inventory'
      : Object.keys(files).find((one) => bare.startsWith(one));
  const root = files[key ?? ''];
  const paths = Object.entries((root?.paths ?? {}) as Record<string, Schema>);
  const found = paths.find(([name]) => name.replace(/\{[^}]+\}/g, '{}') === bare.replace(/^v[23]/, ''));
  return root === undefined || found === undefined ? undefined : { root, operation: found[1] };
}

const itemOf = (path: string, named = 'data'): { readonly root: Schema; readonly schema: unknown } => {
  const { root, operation } = spokenOf(`/stores/abc123/${path}`)!;
  const answer = resolved(root, ((operation.get as Schema).responses as Record<string, unknown>)['200']);
  const body = resolved(root, ((answer.content as Record<string, Schema>)['application/json'] as Schema).schema);
  const list = named === '' ? body : resolved(root, (body.properties as Record<string, unknown>)[named]);
  return { root, schema: list.items ?? list };
};

describe.skipIf(absent)(`BigCommerce's API files${why}`, () => {
  it('know every path that is asked for, and every word of every question', async () => {
    const world = await openBigCommerce({}, twoPlaces);
    const cup = world.shop.add({ sku: 'CUP', quantity: 2, barcode: '5701234567899' });
    world.shop.sell([{ productId: cup.id, quantity: 1 }]);
    for (const connector of [world.connector, world.connect({ shop: { options: { location: '2' } } })]) {
      await connector.test(forever);
      await readAll(connector);
      await readAll(connector, instantOf(0));
      await readStock(connector);
      await connector.sales({ since: instantOf(0) }, forever);
      await connector.withGtin!('5701234567899', forever);
      await connector.withSku(toSku('CUP'), forever);
      await connector.product(toShopProductId(cup.id), forever);
      await connector.push([quantityFor(refTo('dk', cup.id), 9), quantityFor(refTo('dk', cup.id, '77'), 9)], forever);
    }
    const unknown = world.shop.memory.requests.flatMap(({ method, path, query }) => {
      const spoken = spokenOf(path);
      const operation = spoken?.operation[method.toLowerCase()] as Schema | undefined;
      if (spoken === undefined || operation === undefined) return [`${method} ${path}`];
      const parameters = [spoken.operation.parameters, operation.parameters].flatMap((list) =>
        Array.isArray(list) ? list : [],
      );
      const known = new Set(parameters.map((one) => resolved(spoken.root, one).name));
      return Object.keys(query).flatMap((name) => (known.has(name) ? [] : [`${path}?${name}`]));
    });
    expect([...new Set(unknown)]).toEqual([]);
    expect(world.shop.memory.requests.length).toBeGreaterThan(20);
  });

  it('take our adjustments as they are', async () => {
    const world = await openBigCommerce();
    const cup = world.shop.add({ quantity: 2 });
    const shirt = world.shop.add({ variants: [{ quantity: 1 }] });
    const refs = [refTo('dk', cup.id), refTo('dk', shirt.id, shirt.variants[0]!.id)];
    await world.connector.push(
      refs.map((ref) => quantityFor(ref, 7)),
      forever,
    );
    const root = files['v3/inventory']!;
    const schema = { $ref: '#/components/schemas/AdjustmentsAbsoluteRequest' };
    expect(mismatches(root, schema, { reason: 'Bindeled', items: adjustments(world)[0] })).toEqual([]);
    const named = (adjustments(world)[0] as object[]).map((item) => Object.keys(item));
    expect(named).toEqual([
      ['location_id', 'product_id', 'quantity'],
      ['location_id', 'variant_id', 'quantity'],
    ]);
  });

  it('have what the simulator answers, in the types that it answers', async () => {
    const { shop } = await openBigCommerce();
    const cup = shop.add({ sku: 'CUP', barcode: '5701234567899', image: 'https://cdn.example/x.jpg' });
    const shirt = shop.add({ variants: [{ sku: 'S', options: [{ name: 'Size', value: 'S' }] }] });
    const order = shop.sell([{ productId: cup.id, quantity: 1 }]);
    const made = { shop, options: {} };
    const told = (path: string, row: unknown, named?: string): readonly string[] => {
      const { root, schema } = itemOf(path, named);
      return mismatches(root, schema, row, path);
    };
    for (const product of [cup, shirt]) {
      const { variants, ...row } = productRow(made, product);
      expect(told('v3/catalog/products', row)).toEqual([]);
      // Only the list of all variants says what one looks like; it leaves out a picture and the second barcode.
      const own = (variants as object[]).map((variant) => ({ ...variant, gtin: undefined, image_url: undefined }));
      expect(own.flatMap((variant) => told('v3/catalog/variants', variant))).toEqual([]);
    }
    expect(locationItems(made, '1').flatMap((row) => told('v3/inventory/locations/1/items', row))).toEqual([]);
    expect(told('v2/orders', orderRow(made, order), '')).toEqual([]);
    expect(told('v2/store', storeRow(made.shop, made.options), '')).toEqual([]);
  });
});
