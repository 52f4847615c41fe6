import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { instantOf } from '../../../src/domain/ids.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { memoryStore } from '../../../src/stores/memory-store.ts';
import { tryton } from '../../../src/warehouses/tryton/driver.ts';
import { type WarehouseHarness, warehouseContract } from '../../contract/warehouse.contract.ts';
import { type Home, makeHome, runCli } from '../../e2e/run-cli.ts';
import { openTestEnvironment } from '../../services/test-environment.ts';
import { warehouseScenarios } from '../../services/warehouse-scenarios.ts';
import { mette } from '../../support/builders.ts';
import { memoryWarehouses } from '../../support/memory-warehouses.ts';
import type { TrytonDatabase } from './tryton/database.ts';
import { startTryton, type TrytonServer, whyNot } from './tryton/server.ts';

// Setting up its modules takes a minute.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

const why = whyNot();

describe.skipIf(why !== undefined)(`A real Tryton 6.0${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  let server: TrytonServer | undefined;
  beforeAll(async () => {
    server = await startTryton();
  });
  afterAll(() => server?.stop());
  const makeDatabase = (): Promise<TrytonDatabase> => server!.makeDatabase();

  describe('as the program tells it', () => {
    let home: Home;
    let database: TrytonDatabase;
    beforeAll(async () => {
      home = makeHome();
      database = await makeDatabase();
    });
    afterAll(() => home?.remove());
    const withPassword = (password: string, ...words: readonly string[]) =>
      runCli(home, words, {
        env: { BINDELED_WAREHOUSE_USER: database.user, BINDELED_WAREHOUSE_PASSWORD: password },
      });
    const say = (...words: readonly string[]) => withPassword(database.password, ...words);

    // One story, told in order: each step stands on the one before it.
    test('is added and tested; a wrong password is told as one and nowhere said', async () => {
      await database.add([
        {
          sku: 'KOP-1',
          name: 'Kop, blå æøå',
          barcode: '5701234567899',
          lots: [
            { location: 'A-01', onHand: 12 },
            { location: 'B-02', onHand: 3 },
          ],
          reserved: 4,
        },
        { sku: 'SKÅL-1', name: 'Skål', lots: [{ location: 'A-01', onHand: 7 }] },
        { sku: 'TOM-1', name: 'Udsolgt' },
      ]);
      const added = await say('warehouse', 'add', 'tryton', database.address, '--master', 'warehouse');
      expect(added, added.stderr).toMatchObject({ code: 0 });
      const tested = await say('warehouse', 'test');
      expect(tested.stdout).toMatch(/KOP-1\s+Kop, blå æøå\s+11/);
      const wrong = await withPassword('no-such-password', 'warehouse', 'test');
      expect(wrong.code).not.toBe(0);
      expect(wrong.stdout + wrong.stderr).not.toContain('no-such-password');
    });

    test('is previewed and read: products, what may be sold, and what lies where', async () => {
      expect((await say('warehouse', 'preview')).stdout).toContain('none of ours');
      expect((await say('warehouse', 'sync')).stdout).toContain('3 read, 3 new');
      const shown = await say('show', '5701234567899');
      expect(shown.stdout).toMatch(/Figure from\s+Tryton says 11 to sell/);
      expect(shown.stdout).toMatch(/A-01.*12/);
      expect(shown.stdout).toMatch(/B-02.*3/);
      const { stdout } = await say('warehouse', 'locations');
      expect(stdout).toMatch(/A-01\s+2/);
      expect(stdout).toMatch(/B-02\s+1/);
    });

    test('a move of stock is read as a change, and nothing else is', async () => {
      expect((await say('warehouse', 'sync', '--changes')).stdout).toMatch(/^\d+ read\.$/m);
      await database.move('SKÅL-1', -2, { location: 'A-01' });
      expect((await say('warehouse', 'sync', '--changes')).stdout).toContain('1 changed');
      expect((await say('show', 'SKÅL-1')).stdout).toMatch(/Tryton says 5 to sell/);
    });

    test('a count is written where the goods lie, as a whole: twice does no harm', async () => {
      const refused = await say('stock', 'set', 'SKÅL-1', '9');
      expect(refused.code).toBe(1);
      expect(await database.onHand('SKÅL-1')).toBe(5);
      for (let times = 0; times < 2; times += 1) {
        const counted = await say('stock', 'set', 'SKÅL-1', '9', '--in-warehouse');
        expect(counted, counted.stderr).toMatchObject({ code: 0 });
        expect(await database.onHand('SKÅL-1')).toBe(9);
      }
      expect((await say('show', 'SKÅL-1')).stdout).toMatch(/Tryton says 9 to sell/);
    });

    test('a count of goods at two places asks which was counted', async () => {
      const which = await say('stock', 'set', 'KOP-1', '20', '--in-warehouse');
      expect(which.code).not.toBe(0);
      expect(which.stderr).toContain('A-01 (12), B-02 (3)');
      expect(await database.onHand('KOP-1')).toBe(15);
      await say('stock', 'set', 'KOP-1', '20', '--in-warehouse', '--location', 'A-01');
      expect(await database.onHand('KOP-1')).toBe(23);
      const nought = await say('stock', 'set', 'TOM-1', '-1', '--in-warehouse');
      expect(nought.code).not.toBe(0);
      expect(await database.onHand('TOM-1')).toBe(0);
    });

    test('what is taken out of use and still lies there is read all the same', async () => {
      await database.setActive('SKÅL-1', false);
      const read = await say('warehouse', 'sync');
      expect(read.stdout).toContain('3 read');
      expect((await say('show', 'SKÅL-1')).stdout).toMatch(/Tryton says 9 to sell/);
    });

    test('no password is to be found in what the program keeps', () => {
      const kept = readdirSync(home.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      expect(kept.some((text) => text.includes('KOP-1'))).toBe(true);
      expect(kept.filter((text) => text.includes(database.password))).toEqual([]);
    });
  });

  warehouseScenarios('Tryton itself', 'tryton', async (shops) => {
    const database = await makeDatabase();
    const environment = await openTestEnvironment(shops, {}, instantOf(Date.now()));
    const secrets = { user: database.user, password: database.password };
    const warehouses = memoryWarehouses(environment.clock, { secrets });
    const services = environment.as({ warehouses });
    await services.warehouse.add({ kind: 'tryton', address: database.address });
    return {
      ...environment,
      services,
      harness: { ...environment.harness, warehouses },
      as: (over) => environment.as({ warehouses, ...over }),
      stock: async ({ sku, name, onHand, promised }) => {
        await database.add([{ sku, name, lots: [{ location: 'A1', onHand }], reserved: promised }]);
      },
      count: (sku, onHand) => database.count(sku, onHand, 'A1'),
    };
  });

  async function open(): Promise<WarehouseHarness> {
    const database = await makeDatabase();
    const connect = (password: string) =>
      tryton.connect({
        clock: systemClock,
        store: memoryStore(),
        actor: mette,
        address: database.address,
        secrets: { user: database.user, password },
        options: tryton.options.parse({}),
      });
    return {
      warehouse: connect(database.password),
      wrongKey: connect('no-such-password'),
      stockUp: async (goods) => {
        await database.add(goods);
      },
      recount: (sku, onHand) => database.count(sku, onHand, 'A1'),
    };
  }
  warehouseContract('Tryton itself', open, 203);
});
