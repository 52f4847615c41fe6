import { onTestFinished } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../../src/demo/simulators/warehouses/peakwms.ts';
import { type PeakModel, peakModel } from '../../src/demo/simulators/warehouses/peakwms-model.ts';
import { makeTrytonDialect } from '../../src/demo/simulators/warehouses/tryton.ts';
import { type TrytonModel, trytonModel } from '../../src/demo/simulators/warehouses/tryton-model.ts';
import { toSku } from '../../src/domain/ids.ts';
import { memoryWarehouses } from '../support/memory-warehouses.ts';
import { forever, openTestEnvironment, type TestEnvironment } from './test-environment.ts';

type Fake = ReturnType<typeof fakeShop>;
export type PeakEnvironment = TestEnvironment & {
  readonly model: PeakModel;
  readonly peak: Fake;
  readonly peakAddress: string;
};
export type TrytonEnvironment = TestEnvironment & { readonly model: TrytonModel; readonly erp: Fake };

/** Shops on one side, a PeakWMS on the other, and the real services between them. */
export async function openPeak(
  shops: readonly string[] = ['dk'],
  master: 'shop' | 'warehouse' = 'shop',
): Promise<PeakEnvironment> {
  const environment = await openTestEnvironment(shops);
  const { clock } = environment;
  const peak = fakeShop({ name: 'peakwms' });
  const model = peakModel({ now: () => Date.parse(clock.now()) + peak.temper.clockSkewMs });
  const served = await serve(peak, makePeakWmsDialect(model));
  onTestFinished(() => served.close());
  const warehouses = memoryWarehouses(clock, { secrets: { key: model.key } });
  const harness = { ...environment.harness, warehouses };
  const services = environment.as({ warehouses });
  const peakAddress = `${served.url}/api/integration/v1`;
  await services.warehouse.add({ kind: 'peakwms', address: peakAddress, master });
  return {
    ...environment,
    harness,
    services,
    model,
    peak,
    peakAddress,
    as: (over) => environment.as({ warehouses, ...over }),
  };
}

/** The same with a Tryton. */
export async function openTryton(
  shops: readonly string[] = ['dk'],
  master: 'shop' | 'warehouse' = 'shop',
): Promise<TrytonEnvironment> {
  const environment = await openTestEnvironment(shops);
  const { clock } = environment;
  const erp = fakeShop({ name: 'tryton' });
  const model = trytonModel({ now: () => Date.parse(clock.now()) + erp.temper.clockSkewMs });
  const served = await serve(erp, makeTrytonDialect(model));
  onTestFinished(() => served.close());
  const warehouses = memoryWarehouses(clock, { secrets: { user: model.user, password: model.password } });
  const harness = { ...environment.harness, warehouses };
  const services = environment.as({ warehouses });
  await services.warehouse.add({ kind: 'tryton', address: `${served.url}/erp`, master });
  return { ...environment, harness, services, model, erp, as: (over) => environment.as({ warehouses, ...over }) };
}

export const lots = (quantity: number) => [{ locationCode: 'A1', quantity }];
export const ours = async ({ store }: Pick<TestEnvironment, 'store'>, sku: string) =>
  (await store.productsBy({ skus: [toSku(sku)] }))[0];
export const readShops = ({ services }: Pick<TestEnvironment, 'services'>) =>
  services.sync.run({ full: true }, forever);
export const sync = ({ services }: Pick<TestEnvironment, 'services'>) => services.warehouse.sync({}, forever);
export const syncChanges = ({ services }: Pick<TestEnvironment, 'services'>) =>
  services.warehouse.sync({ changes: true }, forever);
