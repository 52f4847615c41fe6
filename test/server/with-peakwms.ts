import { onTestFinished } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../../src/demo/simulators/warehouses/peakwms.ts';
import { type PeakModel, peakModel } from '../../src/demo/simulators/warehouses/peakwms-model.ts';
import { openTestEnvironment, stockUp, syncAll, type TestEnvironment } from '../services/test-environment.ts';
import { memoryWarehouses } from '../support/memory-warehouses.ts';

/** One shop that sells one product, and a PeakWMS that keeps ten of it. */
export async function withPeakWms(): Promise<{ readonly environment: TestEnvironment; readonly model: PeakModel }> {
  const opened = await openTestEnvironment(['dk']);
  const { clock } = opened;
  const model = peakModel({ now: () => Date.parse(clock.now()) });
  const served = await serve(fakeShop({ name: 'peakwms' }), makePeakWmsDialect(model));
  onTestFinished(() => served.close());
  const warehouses = memoryWarehouses(clock, { secrets: { key: model.key } });
  const services = opened.as({ warehouses });
  const environment = { ...opened, harness: { ...opened.harness, warehouses }, services };
  await services.warehouse.add({ kind: 'peakwms', address: `${served.url}/api/integration/v1`, master: 'shop' });
  stockUp(environment, ['dk'], 'SOK-1');
  await syncAll(environment);
  model.add({ sku: 'SOK-1', name: 'Sokker', lots: [{ locationCode: 'A1', quantity: 10 }] });
  return { environment, model };
}
