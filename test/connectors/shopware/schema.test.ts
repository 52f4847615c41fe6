import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { makeNumbers, productRows } from '../../../src/demo/simulators/shopware/rows.ts';
import { instantOf } from '../../../src/domain/ids.ts';
import { forever, quantityFor, readAll, readStock } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { mismatches, propertiesOf, type Schema } from '../../support/vendor-schema.ts';
import { asked, openShopware, searches, syncs } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The vendor's own file, read in place. */
const file = new URL('../../../../shared/reference/data/shopware/adminApiSchema.json.gz', import.meta.url);
const absent = !existsSync(file);
const why = absent ? ' (skipped: the schema is not on this machine)' : '';

const root: Schema = absent ? {} : JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
const pathsOf = (): Record<string, Schema> => root.paths as Record<string, Schema>;
const entity = (name: string): ReadonlyMap<string, unknown> =>
  propertiesOf(root, { $ref: `#/components/schemas/${name}` });

const names: Readonly<Record<string, string>> = {
  product: 'Product',
  product_media: 'ProductMedia',
  media: 'Media',
  property_group_option: 'PropertyGroupOption',
  product_visibility: 'ProductVisibility',
  order_line_item: 'OrderLineItem',
  order: 'Order',
  order_transaction: 'OrderTransaction',
  order_delivery: 'OrderDelivery',
  state_machine_state: 'StateMachineState',
  sales_channel: 'SalesChannel',
  currency: 'Currency',
  integration: 'Integration',
  acl_role: 'AclRole',
};

/** Every field that criteria name, by entity. */
function fieldsIn(name: string, criteria: Record<string, unknown>): readonly (readonly [string, string])[] {
  const includes = Object.entries((criteria.includes ?? {}) as Record<string, readonly string[]>);
  const named = [...JSON.stringify([criteria.filter ?? [], criteria.sort ?? []]).matchAll(/"field":"([^".]+)/g)];
  return [
    ...includes.flatMap(([inner, fields]) => fields.map((field) => [inner, field] as const)),
    ...named.map(([, field = '']) => [name, field] as const),
    ...Object.keys((criteria.associations ?? {}) as object).map((field) => [name, field] as const),
  ];
}

describe.skipIf(absent)(`Shopware's schema${why}`, () => {
  it('knows every field that is asked for, and every path', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ sku: 'CUP', quantity: 2 });
    world.shop.add({ variants: [{ sku: 'S', options: [{ name: 'Size', value: 'S' }] }] });
    world.shop.sell([{ productId: cup.id, quantity: 1 }]);
    await world.connector.test(forever);
    await readAll(world.connector);
    await readAll(world.connector, instantOf(0));
    await readStock(world.connector);
    await world.connector.sales({ since: instantOf(0) }, forever);
    await world.connector.withGtin!('5701234567899', forever);
    await world.connector.push([quantityFor(refTo('dk', cup.id), 9)], forever);
    const questions = asked(world, /\/search\//);
    expect(questions.length).toBeGreaterThan(10);
    const unknown = questions.flatMap(({ path, body }) => {
      const name = path.split('/').at(-1)!.replaceAll('-', '_');
      return fieldsIn(name, JSON.parse(body)).filter(([of, field]) => !entity(names[of]!).has(field));
    });
    expect(unknown).toEqual([]);
    const paths = world.shop.memory.requests.map(({ path }) =>
      path.replace('/api', '').replace(/[0-9a-f]{32}$/, '{id}'),
    );
    expect([...new Set(paths)].filter((path) => !(path in pathsOf()))).toEqual([]);
  });

  it('takes our criteria and our writes as they are', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ sku: 'CUP', quantity: 2 });
    await readAll(world.connector, instantOf(0));
    await world.connector.push([quantityFor(refTo('dk', cup.id), 9)], forever);
    const criteria = { $ref: '#/components/schemas/Criteria' };
    // The schema has words for the ways to count; numbers are what every edition takes.
    const sent = searches(world).map((one) => ({ ...one, 'total-count-mode': 'exact' }));
    expect(sent.flatMap((one) => mismatches(root, criteria, one))).toEqual([]);
    const post = pathsOf()['/_action/sync']!.post as Schema;
    const content = (post.requestBody as Schema).content as Record<string, Schema>;
    const operation = (content['application/json']!.schema as Schema).items as Schema;
    for (const one of JSON.parse(syncs(world)[0]!.body)) {
      for (const required of operation.required as string[]) expect(one).toHaveProperty(required);
      expect(mismatches(root, operation, { ...one, key: undefined })).toEqual([]);
    }
  });

  it('has what the simulator answers, in the types that it answers', () => {
    const product = { $ref: '#/components/schemas/Product' };
    return openShopware().then(({ shop }) => {
      shop.add({ sku: 'CUP', image: 'https://cdn.example/x.jpg', barcode: '5701234567899' });
      shop.add({ variants: [{ sku: 'S', options: [{ name: 'Size', value: 'S' }] }] });
      const rows = productRows({ shop, options: {}, numbers: makeNumbers(), inherited: true });
      expect(rows.length).toBe(3);
      expect(rows.flatMap((row) => mismatches(root, product, row))).toEqual([]);
    });
  });

  it('still says that a webhook needs a name, an event and an address', () => {
    const { Webhook } = (root.components as { schemas: Record<string, Schema> }).schemas;
    expect(Webhook!.required).toEqual(['id', 'name', 'eventName', 'url']);
  });
});
