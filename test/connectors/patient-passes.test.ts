import { expect, it, vi } from 'vitest';
import { toSku } from '../../src/domain/ids.ts';
import { forever } from '../contract/connector-harness.ts';
import { openPresta } from './prestashop/shop.ts';
import { openWoo } from './woocommerce/open-woocommerce.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

it('patience passes on what a connector can, and offers no more than that', async () => {
  const world = await openPresta();
  world.shop.add({ sku: 'CUP', barcode: '5701234567899', quantity: 4 });
  world.shop.temper.serverErrors = 2;
  expect((await world.patiently.withGtin?.('5701234567899', forever))?.map(({ sku }) => sku)).toEqual([toSku('CUP')]);
  world.shop.temper.serverErrors = 2;
  expect((await world.patiently.stockPage?.({}, forever))?.rows).toMatchObject([
    { sku: 'CUP', stock: { quantity: 4 } },
  ]);
  const plain = await openWoo();
  expect(plain.patiently.stockPage).toBeUndefined();
});
