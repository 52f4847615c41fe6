import { join } from 'node:path';
import type { Clock } from '../../../ports/clock.ts';
import type { StoreEngine, WhyNotNew } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { documentContents, writeDocument } from '../../contents/document.ts';
import type { Ask } from '../engine.ts';
import { sqlContents } from '../maintenance/contents.ts';
import { sqlMaintenance } from '../maintenance/maintenance.ts';
import { sqlLeases } from '../store/leases.ts';
import { sqlSharedState } from '../store/shared-state.ts';
import { sqlStore } from '../store/store.ts';
import { readPostgresAddress } from './address.ts';
import { postgresEngine } from './engine.ts';
import type { CalledServer } from './pool.ts';

export type PostgresStoreOptions = {
  readonly connection: string;
  readonly passwordFile?: string;
  /** Where a copy of what stood there is kept when something else takes its place. */
  readonly keptIn: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Who is being called already, for the first time that it is opened. */
  readonly called?: CalledServer;
  readonly whyNotNew?: WhyNotNew;
};

/** The store in PostgreSQL, opened and looked after. Whole copies are the document that every store knows. */
export function postgresStoreEngine(options: PostgresStoreOptions): StoreEngine {
  const { connection, passwordFile, keptIn, clock, whyNotNew } = options;
  let { called } = options;
  const { place } = called?.address ?? readPostgresAddress(connection);
  const open = (server?: CalledServer) => postgresEngine(connection, passwordFile, server, whyNotNew);
  return {
    open: async () => {
      const opening = open(called);
      called = undefined;
      const engine = await opening;
      return { store: sqlStore(engine), leases: sqlLeases(engine), shared: sqlSharedState(engine) };
    },
    maintenance: sqlMaintenance(
      {
        kind: 'postgres',
        place,
        open: () => open(),
        openNew: () => postgresEngine(connection, passwordFile),
        copyTo: async (engine, file) => {
          const write = (ask: Ask) => writeDocument(sqlContents({ ...engine, ask }), clock.now(), file);
          if (!(await engine.steady(write))) throw new StoreError('no-access', file, 'no copy can be made there');
        },
        read: documentContents,
        keptName: (at) => join(keptIn, `kept-${at.slice(0, 19).replaceAll(':', '')}.json`),
      },
      clock,
    ),
  };
}
