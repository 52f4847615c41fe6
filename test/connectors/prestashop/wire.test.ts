import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../../src/connectors/decode.ts';
import {
  combinationSchema,
  orderLineSchema,
  orderSchema,
  productSchema,
  stockSchema,
  textIn,
  valueSchema,
} from '../../../src/connectors/prestashop/schema.ts';
import { stockFigure } from '../../../src/connectors/stock-figure.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/prestashop/${name}.json`, import.meta.url), 'utf8'));

describe('Rows of PrestaShop', () => {
  it('are read in two languages', () => {
    const { rows, broken } = readRows(productSchema, fixture('two-languages').products);
    expect(broken).toEqual([]);
    expect(rows.map(({ name }) => [textIn(name, undefined), textIn(name, '2')])).toEqual([
      ['Kop, blå', 'Mug, blue'],
      ['Skjorte', 'Skjorte'],
    ]);
    expect(rows[1]?.associations?.combinations).toEqual(['6', '5']);
    expect(rows[0]?.id_default_image).toBe('31');
    expect(rows[1]?.id_default_image).toBeUndefined();
  });

  it('are read in one, where texts are plain and much is left out', () => {
    const [row] = readRows(productSchema, fixture('one-language').products).rows;
    expect(textIn(row?.name, '2')).toBe('Kop, rød');
    expect([row?.state, row?.associations]).toEqual([undefined, undefined]);
  });

  it('have associations in either shape', () => {
    const of = (combinations: unknown) =>
      productSchema.parse({ id: 1, active: '1', associations: { combinations } }).associations?.combinations;
    expect(of([{ id: '5' }])).toEqual(['5']);
    expect(of({ combination: [{ id: 5 }, { id: 6 }] })).toEqual(['5', '6']);
    expect(of({ combination: { id: 5 } })).toEqual(['5']);
    expect(of('')).toEqual([]);
  });

  it('of stock keep the figure as it came', () => {
    const row = stockSchema.parse(fixture('write-answer').stock_available);
    expect(row).toMatchObject({ id: '3', id_product_attribute: '5', quantity: '17', id_shop: '1' });
    expect(row.id_shop_group).toBeUndefined();
  });
});

describe('A figure of stock', () => {
  it.each([
    [17, { quantity: 17 }],
    ['17', { quantity: 17 }],
    ['-3', { quantity: -3 }],
    ['17.0000', { quantity: 17 }],
    [-0, { quantity: 0 }],
    ['', {}],
    [null, {}],
    [2.5, { unreadable: { field: 'quantity', value: '2.5' } }],
    ['a few\u001b[31m', { unreadable: { field: 'quantity', value: 'a few' } }],
    ['1e3', { unreadable: { field: 'quantity', value: '1e3' } }],
    [Number.POSITIVE_INFINITY, { unreadable: { field: 'quantity', value: 'Infinity' } }],
    [{}, { unreadable: { field: 'quantity', value: 'object' } }],
  ])('%j reads as %j', (value, figure) => {
    expect(stockFigure(value, 'quantity')).toEqual(figure);
  });
});

const documented = new URL('../../../../shared/reference/data/prestashop/', import.meta.url);
const absent = !existsSync(documented);
const why = absent ? ' (skipped: the documentation is not on this machine)' : '';

describe.skipIf(absent)(`The developer documentation of PrestaShop${why}`, () => {
  const fieldsOf = (resource: string): ReadonlySet<string> => {
    const text = readFileSync(new URL(`resource-${resource}.md`, documented), 'utf8');
    return new Set([...text.matchAll(/^\| \*\*(\w+)\*\*/gm)].map(([, name = '']) => name));
  };
  it.each([
    // Newer than the tables: told by 9.1.4.
    ['products', productSchema, ['id', 'product_type']],
    ['combinations', combinationSchema, ['id']],
    ['stock_availables', stockSchema, ['id']],
    ['orders', orderSchema, ['id']],
    ['order_details', orderLineSchema, ['id']],
    ['product_option_values', valueSchema, ['id']],
  ] as const)('knows every field that is read of %s', (resource, schema, known) => {
    const fields = fieldsOf(resource);
    expect(fields.size).toBeGreaterThan(3);
    const unknown = Object.keys(schema.shape).filter(
      (name) => !fields.has(name) && !(known as readonly string[]).includes(name),
    );
    expect(unknown).toEqual([]);
  });

  it('shows lists that are all read', () => {
    const folder = new URL('handmade/', documented);
    const lists = readdirSync(folder).filter((name) => name.startsWith('list-') && name.endsWith('.json'));
    expect(lists.length).toBeGreaterThan(3);
    for (const name of lists) {
      const body = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      // Some of them show a few fields of what they hold.
      const { broken } = readRows(productSchema.partial({ active: true }), Array.isArray(body) ? body : body.products);
      expect([name, broken]).toEqual([name, []]);
    }
  });
});
