import type { StoreMaintenance } from '../cli/store-maintenance.ts';
import type { Settings } from '../settings.ts';
import { beginStore, storeEngine } from '../stores/open-store.ts';
import { storeConfig } from '../stores/store-config.ts';
import { storePlaces } from './environment/paths.ts';
import { knownStore } from './known-stores.ts';
import { systemClock } from './system-clock.ts';

/** What can be done to the store that the settings name, without opening it. */
export async function maintenanceFor(settings: Settings, signal: AbortSignal): Promise<StoreMaintenance> {
  const paths = storePlaces(settings.paths);
  const { whyNotNew, forget } = await knownStore(settings);
  const { maintenance } = await storeEngine(settings.store, systemClock, paths, whyNotNew);
  return {
    ...maintenance,
    begin: async () => {
      const isBegun = await beginStore(settings.store, systemClock, paths);
      if (isBegun) forget();
      return isBegun;
    },
    move: async (target: string) => {
      const to = storeConfig(target, paths);
      if (to === undefined) return { kind: 'unknown-store' };
      if (settings.storeSaidBy === 'environment') return { kind: 'environment-decides' };
      const [{ moveStore }, { switchStore }] = await Promise.all([
        import('../stores/move-store.ts'),
        import('./switch-store.ts'),
      ]);
      let withoutPassword = false;
      const switchOver = async (): Promise<void> => {
        withoutPassword = await switchStore(settings.paths, to);
      };
      const moved = await moveStore({ from: settings.store, to, clock: systemClock, whyNotNew, signal, switchOver });
      return moved.kind === 'moved' ? { ...moved, withoutPassword } : moved;
    },
  };
}
