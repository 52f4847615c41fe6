import { expect, test, vi } from 'vitest';
import { toWarehouseKey } from '../../src/domain/warehouse/warehouse.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { tryton } from '../../src/warehouses/tryton/driver.ts';
import { withWarehouseRetry } from '../../src/warehouses/with-retry.ts';
import { readAll } from '../contract/warehouse.contract.ts';
import { instant } from '../support/builders.ts';
import { openTryton } from './open-tryton.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const forever = new AbortController().signal;

test('figures are never asked without a location, where Tryton would answer nought', async () => {
  const { model, server, warehouse } = await openTryton();
  model.move(model.add({ code: 'SOK-1', name: 'Sokker' }), 9, true);
  expect((await warehouse.products({}, forever)).rows[0]?.level?.onHand).toBe(9);
  const asked = server.memory.requests.filter(({ body }) => body.includes('product.product'));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(({ body }) => body.includes('"locations":[4]'))).toBe(true);
});

test('a warehouse that is not there is told, and nothing is read', async () => {
  const { warehouse } = await openTryton({ warehouse: '99' });
  await expect(warehouse.products({}, forever)).rejects.toMatchObject({ kind: 'not-found' });
});

test('what is promised is not for sale, and what is on its way is not yet', async () => {
  const { model, warehouse } = await openTryton();
  const promised = model.add({ code: 'A', name: 'A' });
  model.move(promised, 10, true);
  model.move(promised, -4, false);
  const coming = model.add({ code: 'B', name: 'B' });
  model.move(coming, 2, true);
  model.move(coming, 50, false);
  const { rows } = await warehouse.products({}, forever);
  expect(rows.map(({ level }) => [level?.onHand, level?.reserved, level?.available])).toEqual([
    [10, 4, 6],
    [2, 0, 2],
  ]);
});

test('goods that were not put away, or wait to be sent, lie in the warehouse: a count asks which place it was of', async () => {
  const { model, warehouse } = await openTryton();
  const good = model.add({ code: 'IO-1', name: 'Kop' });
  model.move(good, 7, true);
  model.move(good, 4, true, 'IN');
  model.move(good, 3, true, 'OUT');
  model.move(good, -3, false, 'OUT');
  const key = toWarehouseKey(String(good.id));
  const { rows } = await warehouse.stockAt!([key], forever);
  expect(rows.map(({ location, onHand, available }) => [location, onHand, available])).toEqual([
    ['IN', 4, 4],
    ['OUT', 3, 0],
    ['STO', 7, 7],
  ]);
  // Written to the storage, 20 would come on top of what lies in the zones.
  await expect(warehouse.setOnHand!({ key, onHand: 20 }, forever)).rejects.toMatchObject({
    detail: { said: 'it lies at IN (4), OUT (3), STO (7): say which place was counted' },
  });
  const counted = await warehouse.setOnHand!({ key, onHand: 13, location: 'STO' }, forever);
  expect(counted).toMatchObject({ onHand: 20, available: 17 });
});

test('an inactive product that still lies there is read', async () => {
  const { model, warehouse } = await openTryton();
  const good = model.add({ code: 'A', name: 'A' });
  model.move(good, 3, true);
  good.active = false;
  expect((await warehouse.products({}, forever)).rows).toMatchObject([
    { sku: 'A', active: false, level: { onHand: 3 } },
  ]);
});

test('what moved since a moment is read alone', async () => {
  const { model, clock, warehouse } = await openTryton();
  const moved = model.add({ code: 'A', name: 'A' });
  model.move(model.add({ code: 'B', name: 'B' }), 1, true);
  clock.advance(3_600_000);
  model.move(moved, 5, true);
  const since = instant('2026-11-24T08:30:00.000Z');
  const rows = await readAll((cursor) => warehouse.products({ since, cursor }, forever));
  expect(rows.map(({ sku }) => sku)).toEqual(['A']);
});

test("a refusal is told in Tryton's own words, though its status is 200", async () => {
  const { warehouse } = await openTryton();
  const count = { key: toWarehouseKey('77'), onHand: 3 };
  await expect(warehouse.setOnHand?.(count, forever)).rejects.toMatchObject({
    kind: 'refused',
    detail: { said: expect.stringContaining('UserError: The product is not known.') },
  });
});

test('R13: what a person waits for ends, whoever drips or is silent, and so does the line to it', async () => {
  const { server, clock, warehouse } = await openTryton();
  const budgets = { interactive: 100, testing: 100 };
  const given: AbortSignal[] = [];
  const watched: Warehouse = {
    ...warehouse,
    stockOf: (keys, signal) => {
      given.push(signal);
      return warehouse.stockOf(keys, signal);
    },
  };
  const bounded = withWarehouseRetry(watched, { clock, budgets, chance: () => 0 });
  const key = toWarehouseKey('77');
  server.temper.slowDrip = true;
  const asks = [
    () => bounded.test(forever),
    () => bounded.stockOf([key], forever),
    () => bounded.stockAt([key], forever, 'interactive'),
    () => bounded.setOnHand?.({ key, onHand: 3 }, forever),
  ];
  for (const ask of asks)
    await expect(ask()).rejects.toMatchObject({
      kind: 'unreachable',
      detail: { said: expect.stringMatching(/^no whole answer within/) },
    });
  expect(given.length).toBeGreaterThan(0);
  expect(given.every(({ aborted }) => aborted)).toBe(true);
});

test('moves and places are asked for once in a reading, however many pages it has', async () => {
  const { model, server, warehouse } = await openTryton();
  for (let count = 0; count < 450; count += 1) model.move(model.add({ code: `X${count}`, name: 'X' }), 1, true);
  const since = instant('2026-11-24T07:00:00.000Z');
  const asked = (what: string): number =>
    server.memory.requests.filter(({ body }) => body.includes(`"model.${what}.search_read"`)).length;
  for (const time of [1, 2]) {
    expect(await readAll((cursor) => warehouse.products({ cursor, since }, forever))).toHaveLength(450);
    // The newest, two full pages, one that is not, and one with nothing.
    expect(asked('stock.move')).toBe(5 * time);
  }
  const before = asked('stock.location');
  expect(await readAll((cursor) => warehouse.stock({ cursor }, forever))).toHaveLength(450);
  expect(asked('stock.location') - before).toBe(1);
});

test('the address names a database', () => {
  expect(tryton.normaliseAddress('https://erp.example')).toHaveProperty('problem');
  expect(tryton.normaliseAddress('https://erp.example/lager')).toEqual({ url: 'https://erp.example/lager' });
});
