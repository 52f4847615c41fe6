import { tmpdir } from 'node:os';
import type { OpenStore } from '../../../src/ports/store-engine.ts';
import { storeEngine } from '../../../src/stores/open-store.ts';
import { storeConfig } from '../../../src/stores/store-config.ts';
import { systemClock } from '../../store/children/system-clock.ts';

/** Opens the store that a text names: `sqlite:/path`, `postgres://…`, or the folder of a JSON store. */
export async function openNamed(text: string): Promise<OpenStore> {
  const places = { jsonFolder: text, sqliteFile: tmpdir() };
  const config = storeConfig(/^(?:sqlite|postgres)/.test(text) ? text : 'json:', places);
  if (config === undefined) throw new Error('no store is named so');
  return (await storeEngine(config, systemClock, places)).open();
}
