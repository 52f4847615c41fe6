import type { Clock } from '../ports/clock.ts';
import type { StoreConfig, WhyNotNew } from '../ports/store-engine.ts';
import { readManifest } from './generation/manifest.ts';
import { jsonStore } from './json-store.ts';
import type { Engine } from './sql/engine.ts';
import { readPostgresAddress } from './sql/postgres/address.ts';
import { postgresEngine } from './sql/postgres/engine.ts';
import { sqliteEngine } from './sql/sqlite/engine.ts';

type Source = {
  readonly from: StoreConfig;
  readonly clock: Pick<Clock, 'now'>;
  /** What keeps an empty store from being made where the source is gone. */
  readonly whyNotNew?: WhyNotNew;
};

/** Where a store lies, for people. */
export const placeOf = (config: StoreConfig): string => {
  if (config.kind === 'json') return config.folder;
  return config.kind === 'sqlite' ? config.path : readPostgresAddress(config.connection).place;
};
/** A store on a database, opened. */
export const openEngine = (config: Exclude<StoreConfig, { kind: 'json' }>, whyNotNew?: WhyNotNew): Promise<Engine> =>
  config.kind === 'sqlite'
    ? sqliteEngine({ path: config.path, whyNotNew })
    : postgresEngine(config.connection, config.passwordFile, undefined, whyNotNew);

/** Where nothing was kept yet an empty store is made, or refused, as by any other command. A JSON store that is there is read but once. */
export async function beginSource({ from, clock, whyNotNew }: Source): Promise<void> {
  if (from.kind !== 'json') await (await openEngine(from, whyNotNew)).close();
  else if ((await readManifest(from.folder)) === undefined)
    await (await jsonStore({ folder: from.folder, clock, whyNotNew })).close();
}
