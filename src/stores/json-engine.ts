import type { Clock } from '../ports/clock.ts';
import type { StoreEngine, WhyNotNew } from '../ports/store-engine.ts';
import { whyNoChanges } from './file-errors.ts';
import { jsonStore } from './json-store.ts';
import { fileLeases } from './locking/leases.ts';
import { withCopyErrors, withTargetErrors } from './maintenance/copy-errors.ts';
import { exportStore, exportToFile, importStore } from './maintenance/export-import.ts';
import { timed, timedWrite } from './maintenance/speed.ts';
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
export function jsonStoreEngine(folder: string, clock: Pick<Clock, 'now'>, whyNotNew?: WhyNotNew): StoreEngine {
  const store = { folder, clock, whyNotNew };
  return {
    open: async () => ({
      store: await jsonStore(store),
      leases: fileLeases(store),
      shared: fileSharedState(folder),
      onlyRead: whyNoChanges(folder),
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
      restore: (backup) => withCopyErrors(backup, 'json', () => restoreStore(store, backup)),
      compact: () => compactStore(store),
      exported: () => exportStore(store),
      exportTo: (file) => withTargetErrors(file, () => exportToFile(store, file)),
      importFrom: (file) => withCopyErrors(file, 'export', () => importStore(store, file)),
      size: () => reading(folder, (now) => findingsOf(folder, now)),
      explain: async ({ readOnly = false } = {}) => {
        const [openMs, opened] = await timed(() => jsonStore(store));
        const [readMs] = await timed(() => opened.productPage({ limit: 1 }));
        const write = () => opened.change(async () => ({ put: {}, drop: {}, events: [] }));
        const written = readOnly ? {} : await timedWrite(write);
        await opened.close();
        return { openMs, readMs, ...written };
      },
      outgrown: (integrations) => outgrown(store, integrations),
    },
  };
}
