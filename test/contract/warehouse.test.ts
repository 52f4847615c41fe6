import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../../src/demo/simulators/warehouses/peakwms.ts';
import { peakModel } from '../../src/demo/simulators/warehouses/peakwms-model.ts';
import { makeTrytonDialect } from '../../src/demo/simulators/warehouses/tryton.ts';
import { trytonModel } from '../../src/demo/simulators/warehouses/tryton-model.ts';
import { parseGtin, toProductId, toSku } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { embedded } from '../../src/warehouses/embedded/embedded.ts';
import { stockFileDrop } from '../../src/warehouses/files/driver.ts';
import { peakWms } from '../../src/warehouses/peakwms/driver.ts';
import { tryton } from '../../src/warehouses/tryton/driver.ts';
import { mette } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';
import { type Goods, type WarehouseHarness, warehouseContract } from './warehouse.contract.ts';

// Warehouses are asked over HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const input = (clock = makeClock({ auto: true })) => ({ clock, store: memoryStore(), actor: mette });

async function openPeakWms(): Promise<WarehouseHarness> {
  const clock = makeClock({ auto: true });
  const model = peakModel({ now: () => Date.parse(clock.now()) });
  const served = await serve(fakeShop({ name: 'peakwms' }), makePeakWmsDialect(model));
  onTestFinished(() => served.close());
  const connect = (key: string) =>
    peakWms.connect({
      ...input(clock),
      address: `${served.url}/api/integration/v1`,
      secrets: { key },
      options: peakWms.options.parse({}),
    });
  return {
    warehouse: connect(model.key),
    wrongKey: connect('no-such-key'),
    stockUp: async (goods) => {
      for (const { sku, name, barcode, lots, reserved } of goods)
        model.add({
          sku,
          name,
          ean: barcode,
          ordered: reserved,
          lots: lots.map(({ location, onHand }) => ({ locationCode: location, quantity: onHand })),
        });
    },
    recount: async (sku, onHand) => {
      const good = [...model.goods.values()].find(({ itemNumber }) => itemNumber === sku);
      if (good !== undefined) model.count(good, onHand);
    },
  };
}

const productOf = (one: Goods, place: number): Product => ({
  id: toProductId(`p-${String(place).padStart(6, '0')}`),
  sku: toSku(one.sku),
  gtin: parseGtin(one.barcode ?? ''),
  origin: 'warehouse',
  content: { name: one.name.replace(/[\u001b\u202e]|\[31m/g, '') },
  stock: { onHand: one.lots.reduce((total, { onHand }) => total + onHand, 0), reserved: one.reserved },
  createdAt: makeClock().now(),
});

async function openEmbedded(): Promise<WarehouseHarness> {
  const given = input();
  const warehouse = embedded.connect({ ...given, address: '', secrets: {}, options: {} });
  return {
    warehouse,
    stockUp: async (goods) => {
      await given.store.change(async () => ({ put: { products: goods.map(productOf) }, drop: {}, events: [] }));
    },
    recount: async (sku, onHand) => {
      const [product] = await given.store.productsBy({ skus: [toSku(sku)] });
      const put = { products: [{ ...product!, stock: { onHand, reserved: 0 } }] };
      await given.store.change(async () => ({ put, drop: {}, events: [] }));
    },
  };
}

async function openFiles(): Promise<WarehouseHarness> {
  const given = input();
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  let minutes = 0;
  const write = async (lines: readonly string[]): Promise<void> => {
    const file = join(folder, `lager-${minutes}.csv`);
    await writeFile(file, `Varenr;Varenavn;EAN;Placering;Antal;Reserveret\n${lines.join('\n')}\n`);
    minutes += 1;
    const at = new Date(Date.parse(given.clock.now()) - 3_600_000 + minutes * 60_000);
    await utimes(file, at, at);
  };
  return {
    warehouse: stockFileDrop.connect({
      ...given,
      address: folder,
      secrets: {},
      options: stockFileDrop.options.parse({}),
    }),
    stockUp: (goods) =>
      write(
        goods.flatMap(({ sku, name, barcode, lots, reserved }) =>
          lots.map(({ location, onHand }, place) =>
            [sku, name, barcode ?? '', location, onHand, place === 0 ? reserved : 0].join(';'),
          ),
        ),
      ),
    recount: (sku, onHand) => write([[sku, '', '', 'A1', onHand, 0].join(';')]),
  };
}

async function openTryton(): Promise<WarehouseHarness> {
  const clock = makeClock({ auto: true });
  const model = trytonModel({ now: () => Date.parse(clock.now()) });
  const served = await serve(fakeShop({ name: 'tryton' }), makeTrytonDialect(model));
  onTestFinished(() => served.close());
  const connect = (password: string) =>
    tryton.connect({
      ...input(clock),
      address: `${served.url}/erp`,
      secrets: { user: model.user, password },
      options: tryton.options.parse({}),
    });
  return {
    warehouse: connect(model.password),
    wrongKey: connect('no-such-password'),
    stockUp: async (goods) => {
      for (const { sku, name, barcode, lots, reserved } of goods) {
        const good = model.add({ code: sku, name, ean: barcode });
        for (const { location, onHand } of lots) model.move(good, onHand, true, location);
        if (reserved > 0) model.move(good, -reserved, false, lots[0]?.location);
      }
    },
    recount: async (sku, onHand) => {
      const good = [...model.goods.values()].find(({ code }) => code === sku);
      if (good !== undefined) model.move(good, onHand, true);
    },
  };
}

warehouseContract('Tryton', openTryton);
warehouseContract('files', openFiles);
warehouseContract('PeakWMS', openPeakWms);
warehouseContract('Bindeled itself', openEmbedded);
