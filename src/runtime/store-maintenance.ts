import type { StoreMaintenance } from '../cli/store-maintenance.ts';
import type { StoreFindings } from '../ports/store-engine.ts';
import type { Settings } from '../settings.ts';
import { beginStore, storeEngine } from '../stores/open-store.ts';
import { storeConfig } from '../stores/store-config.ts';
import { storePlaces } from './environment/paths.ts';
import { type KnownStore, knownStore } from './known-stores.ts';
import { systemClock } from './system-clock.ts';

/** What can be done to the store that the settings name, without opening it. */
export async function maintenanceFor(settings: Settings, signal: AbortSignal): Promise<StoreMaintenance> {
  const paths = storePlaces(settings.paths);
  const known = await knownStore(settings);
  const { whyNotNew, forget } = known;
  const { maintenance } = await storeEngine(settings.store, systemClock, paths, whyNotNew);
  return {
    ...maintenance,
    restore: async (backup) => noted(known, await maintenance.restore(backup)),
    importFrom: async (file) => noted(known, await maintenance.importFrom(file)),
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
      if (moved.kind !== 'moved') return moved;
      noted(await knownStore({ paths: settings.paths, store: to }), moved);
      return { ...moved, withoutPassword };
    },
  };
}

/** What was put into a store is known at once: it may be gone before anybody opens it. */
function noted<Answer extends object>(known: KnownStore, answer: Answer): Answer {
  if (isFilled(answer)) known.noteFilled(answer.findings);
  return answer;
}
type Filled = { readonly findings: StoreFindings };
const isFilled = (answer: object): answer is Filled => 'findings' in answer;
