import { expect, test, vi } from 'vitest';
import type { Dialect } from '../../src/demo/simulators/server.ts';
import type { WarehousePage } from '../../src/ports/warehouse.ts';
import { brokenRowText } from '../../src/views/warehouse/broken-row.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { withWarehouseRetry } from '../../src/warehouses/with-retry.ts';
import { instant } from '../support/builders.ts';
import { openTryton } from './open-tryton.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const forever = new AbortController().signal;
type Result = readonly Record<string, unknown>[];

/** A Tryton with three products at two places; `spoil` may change what it answers to a method. */
async function open() {
  const around: { spoil?: (model: string, rows: Result) => unknown } = {};
  const spoiled = (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) => {
      const reply = dialect.answer(request, shop);
      const [, name = ''] = /"method":"model\.([\w.]+)\.search_read"/.exec(request.body) ?? [];
      const { result } = reply.body as { readonly result?: Result };
      if (result === undefined || around.spoil === undefined) return reply;
      return { ...reply, body: { id: 1, result: around.spoil(name, result) } };
    },
  });
  const { clock, model, warehouse } = await openTryton({}, spoiled);
  for (const code of ['A', 'B', 'C']) model.move(model.add({ code, name: code }), 5, true, `Reol ${code}`);
  return { model, around, warehouse: withWarehouseRetry(warehouse, { clock, chance: () => 0 }) };
}

/** All pages of a list: the rows, and what could not be read. */
async function pages<Row>(ask: (cursor: string | undefined) => Promise<WarehousePage<Row>>) {
  const found: { rows: Row[]; broken: WarehousePage<Row>['broken'][number][] } = { rows: [], broken: [] };
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    found.rows.push(...page.rows);
    found.broken.push(...page.broken);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

const since = instant('2026-11-24T07:00:00.000Z');

test.each([
  ['null', null],
  ['an object', {}],
  ['an empty text', ''],
])('a list that came as %s is no empty list, whichever it is', async (_name, none) => {
  for (const list of ['stock.move', 'stock.location', 'product.product']) {
    const { around, warehouse } = await open();
    around.spoil = (name, rows) => (name === list && rows.length !== 1 ? none : rows);
    const ask =
      list === 'stock.move'
        ? warehouse.products({ since }, forever)
        : list === 'stock.location'
          ? warehouse.stock({}, forever)
          : warehouse.products({}, forever);
    await expect(ask, list).rejects.toMatchObject({ kind: 'unintelligible' });
  }
});

test('a figure that cannot be read is told by its item number, with the figure and what is wrong with it', async () => {
  const { around, warehouse } = await open();
  const figures: Readonly<Record<string, unknown>> = {
    A: { __class__: 'Decimal', decimal: '9007199254740992' },
    B: 'many',
  };
  around.spoil = (_name, rows) =>
    rows.map((row) => (String(row.code) in figures ? { ...row, quantity: figures[String(row.code)] } : row));
  const { rows, broken } = await warehouse.products({}, forever);
  expect([rows.map(({ sku }) => sku), broken.map(({ sku }) => sku)]).toEqual([['C'], ['A', 'B']]);
  const told = (language: 'da' | 'en') => broken.map((row) => brokenRowText(row, wordsOf(language)));
  expect(told('en')).toEqual([
    expect.stringMatching(/A \(\d+\), quantity.*may be at most 9007199254740991/),
    expect.stringMatching(/B \(\d+\), quantity.*is "many", not a number/),
  ]);
  expect(told('da')).toEqual([
    expect.stringMatching(/A \(\d+\), quantity.*må højst være 9007199254740991/),
    expect.stringMatching(/B \(\d+\), quantity.*er "many", ikke et tal/),
  ]);
});

test('a place that cannot be read leaves what lies there unknown, and takes no other place with it', async () => {
  const { model, around, warehouse } = await open();
  // More places than one answer holds.
  for (let count = 0; count < 250; count += 1)
    model.move(model.add({ code: `X${count}`, name: 'X' }), 1, true, `R${count}`);
  around.spoil = (name, rows) =>
    name === 'stock.location' ? rows.map((row) => (row.name === 'Reol B' ? { ...row, name: { a: 1 } } : row)) : rows;
  const [product] = (await warehouse.products({}, forever)).rows;
  await warehouse.setOnHand?.({ key: product!.key, location: 'R249', onHand: 2 }, forever);
  for (const place of [...model.places.keys()].filter((name) => name.startsWith('R') && name !== 'Reol B'))
    model.places.delete(place);
  expect((await warehouse.stockAt([product!.key], forever)).broken).toHaveLength(1);
  expect((await pages((cursor) => warehouse.stock({ cursor }, forever))).broken).toHaveLength(1);
  // None at all, when there is always the storage itself.
  around.spoil = (name, rows) => (name === 'stock.location' && rows.length !== 1 ? [] : rows);
  await expect(warehouse.stock({}, forever)).rejects.toMatchObject({ kind: 'unintelligible' });
});

test('a move that cannot be read, and moves without end, are no "nothing moved"', async () => {
  const { around, warehouse } = await open();
  around.spoil = (name, rows) => (name === 'stock.move' ? rows.map((row) => ({ ...row, product: null })) : rows);
  await expect(warehouse.products({ since }, forever)).rejects.toMatchObject({ kind: 'refused' });
  around.spoil = (name, rows) =>
    name === 'stock.move' ? rows.map(({ id, ...row }) => ({ ...row, id: `${id}` })) : rows;
  expect((await warehouse.products({ since }, forever)).rows).toHaveLength(3);
});

test('a list whose ids are texts is read to its end all the same; one without ids has none', async () => {
  const { model, around, warehouse } = await open();
  for (let count = 0; count < 300; count += 1) model.add({ code: `X${count}`, name: 'X' });
  around.spoil = (name, rows) =>
    name === 'product.product' ? rows.map((row) => ({ ...row, id: String(row.id) })) : rows;
  expect((await pages((cursor) => warehouse.products({ cursor }, forever))).rows).toHaveLength(303);
  around.spoil = (name, rows) => (name === 'product.product' ? rows.map((row) => ({ ...row, id: null })) : rows);
  await expect(warehouse.products({}, forever)).rejects.toMatchObject({ kind: 'unintelligible' });
});

const decimal = (text: unknown) => ({ __class__: 'Decimal', decimal: text });

test.each([
  ['an empty Decimal', decimal('')],
  ['blanks', decimal('  ')],
  ['hexadecimal', decimal('0x10')],
  ['NaN', decimal('NaN')],
  ['beyond counting', decimal('1E+300')],
  ['a text', '12'],
  ['a truth', true],
  ['nothing', null],
])('a figure that is %s is unknown, on hand and in the forecast', async (_name, wrong) => {
  for (const field of ['quantity', 'forecast_quantity']) {
    const { around, warehouse } = await open();
    around.spoil = (name, rows) =>
      name === 'product.product' ? rows.map((row) => (row.code === 'B' ? { ...row, [field]: wrong } : row)) : rows;
    const { rows } = await warehouse.products({}, forever);
    expect(
      rows.filter(({ level }) => level !== undefined).map(({ sku }) => sku),
      field,
    ).toEqual(['A', 'C']);
  }
});

test('a Decimal with an exponent is a number', async () => {
  const { around, warehouse } = await open();
  around.spoil = (name, rows) =>
    name === 'product.product' ? rows.map((row) => ({ ...row, quantity: decimal('1E+1') })) : rows;
  expect((await warehouse.products({}, forever)).rows[0]?.level?.onHand).toBe(10);
});
