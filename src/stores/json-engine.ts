import type { Clock } from '../ports/clock.ts';
import type { StoreEngine } from '../ports/store-engine.ts';
import { jsonStore } from './json-store.ts';
import { fileLeases } from './locking/leases.ts';
import { withCopyErrors } from './maintenance/copy-errors.ts';
import { exportStore, exportToFile, importStore } from './maintenance/export-import.ts';
import {
  backupStore,
  checkStore,
  compactStore,
  findingsOf,
  outgrown,
  reading,
  restoreStore,
} from './maintenance/store-admin.ts';
import { fileSharedState } from './shared-state/file-shared-state.ts';

/** The JSON store in its folder, opened and looked after. */
export function jsonStoreEngine(folder: string, clock: Pick<Clock, 'now'>): StoreEngine {
  const store = { folder, clock };
  return {
    open: async () => ({
      store: await jsonStore(store),
      leases: fileLeases(store),
      shared: fileSharedState(folder),
    }),
    maintenance: {
      kind: 'json',
      place: folder,
      check: () => checkStore(store),
      backup: async (target) => {
        const made = await backupStore(store, target);
        return made && { place: made.folder, findings: made.findings };
      },
      restore: (backup) => withCopyErrors(backup, () => restoreStore(store, backup)),
      compact: () => compactStore(store),
      exported: () => exportStore(store),
      exportTo: (file) => exportToFile(store, file),
      importFrom: (file) => withCopyErrors(file, () => importStore(store, file)),
      size: () => reading(folder, (now) => findingsOf(folder, now)),
      explain: async () => {
        const start = performance.now();
        const opened = await jsonStore(store);
        const openMs = performance.now() - start;
        await opened.productPage({ limit: 1 });
        const readMs = performance.now() - start - openMs;
        await opened.change(async () => ({ put: {}, drop: {}, events: [] }));
        const writeMs = performance.now() - start - openMs - readMs;
        await opened.close();
        return { openMs, readMs, writeMs };
      },
      outgrown: (integrations) => outgrown(store, integrations),
    },
  };
}
