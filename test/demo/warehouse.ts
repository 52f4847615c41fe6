import { join } from 'node:path';
import { makeDoor } from '../../src/connectors/door.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { makeNewId } from '../../src/new-id.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { makeServices } from '../../src/services/make-services.ts';
import type { Services } from '../../src/services/services.ts';
import { usualTuning, type World } from '../../src/services/world.ts';
import { jsonStore } from '../../src/stores/json.ts';
import { fileLeases } from '../../src/stores/sharing/leases.ts';
import { systemClock } from '../../src/system-clock.ts';
import { credentialsOf, demoShops } from './five-shops.ts';

/** A throw-away warehouse: everybody who works there, by name, on one store. */
export type Warehouse = { as(actor: Actor): Services; close(): Promise<void> };

export const person = (name: string): Actor => ({ kind: 'person', name });
export const nightly: Actor = { kind: 'program', name: 'sync' };

/** Opens the store under a home folder, with a clock that may be set back. The shops' keys are the demo's own. */
export async function openWarehouse(home: string, clock: Clock): Promise<Warehouse> {
  const folder = join(home, 'data', 'store');
  const store = await jsonStore({ folder, clock });
  const door = makeDoor({
    drivers: platformRegistry,
    credentialsFor: ({ id }) => demoShops.filter((shop) => shop.id === id).map(credentialsOf)[0],
    save: async () => undefined,
    clock,
  });
  const world: Omit<World, 'actor'> = {
    store,
    leases: fileLeases({ folder, clock: systemClock }),
    clock,
    door,
    newId: makeNewId(Date.now),
    readOnly: false,
    tuning: { ...usualTuning, shopsAtOnce: demoShops.length },
  };
  return { as: (actor) => makeServices({ ...world, actor }), close: () => store.close() };
}
