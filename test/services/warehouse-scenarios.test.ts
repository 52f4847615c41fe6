import { vi } from 'vitest';
import { lots, openPeak, openTryton } from './warehouse-environment.ts';
import { warehouseScenarios } from './warehouse-scenarios.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

warehouseScenarios('PeakWMS', 'peakwms', async (shops) => {
  const world = await openPeak(shops);
  return {
    ...world,
    stock: async ({ sku, name, productId, onHand, promised }) => {
      world.model.add({ sku, name, productId, lots: lots(onHand), ordered: promised });
    },
    count: async (sku, onHand) => {
      const good = [...world.model.goods.values()].find(({ itemNumber }) => itemNumber === sku);
      if (good !== undefined) world.model.count(good, onHand);
    },
  };
});

warehouseScenarios('Tryton', 'tryton', async (shops) => {
  const world = await openTryton(shops);
  return {
    ...world,
    stock: async ({ sku, name, onHand, promised }) => {
      const good = world.model.add({ code: sku, name });
      world.model.move(good, onHand, true);
      if (promised !== undefined) world.model.move(good, -promised, false);
    },
    count: async (sku, onHand) => {
      const good = [...world.model.goods.values()].find(({ code }) => code === sku);
      if (good !== undefined) world.model.move(good, onHand - 10, true);
    },
  };
});
