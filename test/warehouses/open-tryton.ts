import { onTestFinished } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { type Dialect, serve } from '../../src/demo/simulators/server.ts';
import { makeTrytonDialect } from '../../src/demo/simulators/warehouses/tryton.ts';
import { trytonModel } from '../../src/demo/simulators/warehouses/tryton-model.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { tryton } from '../../src/warehouses/tryton/driver.ts';
import { mette } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';

/** A simulated Tryton over HTTP, and the warehouse as its driver makes it; `altered` may change what it answers. */
export async function openTryton(
  options: Readonly<Record<string, string>> = {},
  altered: (dialect: Dialect) => Dialect = (dialect) => dialect,
) {
  const clock = makeClock({ auto: true });
  const model = trytonModel({ now: () => Date.parse(clock.now()) });
  const server = fakeShop({ name: 'tryton' });
  const served = await serve(server, altered(makeTrytonDialect(model)));
  onTestFinished(() => served.close());
  const warehouse = tryton.connect({
    clock,
    store: memoryStore(),
    actor: mette,
    address: `${served.url}/erp`,
    secrets: { user: model.user, password: model.password },
    options: tryton.options.parse(options),
  });
  return { model, server, clock, warehouse };
}
