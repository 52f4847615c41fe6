import { join } from 'node:path';
import { makeConnectorFactory } from '../connectors/connector-factory.ts';
import { platformRegistry } from '../connectors/registry.ts';
import type { Actor } from '../domain/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { makeNewId } from '../runtime/id-generator.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { defaultTuning, type ServiceDependencies } from '../services/dependencies/service-dependencies.ts';
import { makeServices } from '../services/facade/make-services.ts';
import type { Services } from '../services/services.ts';
import { jsonStore } from '../stores/json-store.ts';
import { fileLeases } from '../stores/locking/leases.ts';
import { credentialsOf, demoShops } from './shops/demo-shops.ts';

/** A throw-away warehouse: everybody who works there, by name, on one store. */
export type DemoServices = { as(actor: Actor): Services; close(): Promise<void> };

export const person = (name: string): Actor => ({ kind: 'person', name });
export const nightly: Actor = { kind: 'program', name: 'sync' };

/** Opens the store under a home folder, with a clock that may be set back. The shops' keys are the demo's own. */
export async function openDemoServices(home: string, clock: Clock): Promise<DemoServices> {
  const folder = join(home, 'data', 'store');
  const store = await jsonStore({ folder, clock });
  const connectors = makeConnectorFactory({
    drivers: platformRegistry,
    credentialsFor: ({ id }) => demoShops.filter((shop) => shop.id === id).map(credentialsOf)[0],
    save: async () => undefined,
    clock,
  });
  const world: Omit<ServiceDependencies, 'actor'> = {
    store,
    leases: fileLeases({ folder, clock: systemClock }),
    clock,
    connectors,
    newId: makeNewId(Date.now),
    readOnly: false,
    tuning: { ...defaultTuning, shopsAtOnce: demoShops.length },
  };
  return { as: (actor) => makeServices({ ...world, actor }), close: () => store.close() };
}
