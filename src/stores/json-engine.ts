import type { Clock } from '../ports/clock.ts';
import type { StoreEngine } from '../ports/store-engine.ts';
import { StoreError } from '../ports/store-error.ts';
import { jsonStore } from './json-store.ts';
import { fileLeases } from './locking/leases.ts';
import { withCopyErrors, withTargetErrors } from './maintenance/copy-errors.ts';
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

/** A folder that takes no changes is no trouble to somebody who asks how fast it is; whatever else is wrong is said. */
function refusedAsReadOnly(error: unknown): false {
  if (error instanceof StoreError && (error.kind === 'read-only' || error.kind === 'no-access')) return false;
  throw error;
}

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
      backup: (target) =>
        withTargetErrors(target, async () => {
          const made = await backupStore(store, target);
          return made && { place: made.folder, findings: made.findings };
        }),
      restore: (backup) => withCopyErrors(backup, () => restoreStore(store, backup)),
      compact: () => compactStore(store),
      exported: () => exportStore(store),
      exportTo: (file) => exportToFile(store, file),
      importFrom: (file) => withCopyErrors(file, () => importStore(store, file)),
      size: () => reading(folder, (now) => findingsOf(folder, now)),
      explain: async ({ readOnly = false } = {}) => {
        const start = performance.now();
        const opened = await jsonStore(store);
        const openMs = performance.now() - start;
        await opened.productPage({ limit: 1 });
        const readMs = performance.now() - start - openMs;
        const written = readOnly
          ? false
          : await opened.change(async () => ({ put: {}, drop: {}, events: [] })).then(() => true, refusedAsReadOnly);
        const writeMs = written ? performance.now() - start - openMs - readMs : undefined;
        await opened.close();
        return { openMs, readMs, writeMs };
      },
      outgrown: (integrations) => outgrown(store, integrations),
    },
  };
}
