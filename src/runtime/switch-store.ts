import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreConfig } from '../ports/store-engine.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';
import type { Paths } from './environment/paths.ts';

/** How a store is written in the settings. A password is left out: settings are no place for one. */
function written(store: StoreConfig): { readonly text: string; readonly withoutPassword: boolean } {
  if (store.kind === 'json') return { text: 'json:', withoutPassword: false };
  if (store.kind === 'sqlite') return { text: `sqlite:${store.path}`, withoutPassword: false };
  const url = new URL(store.connection);
  const withoutPassword = url.password !== '';
  url.password = '';
  return { text: url.href, withoutPassword };
}

/** Writes into the settings which store is used from now on. Answers whether a password was left out. */
export async function switchStore({ config }: Paths, store: StoreConfig): Promise<boolean> {
  const file = join(config, 'config.json');
  const { text, withoutPassword } = written(store);
  const before: unknown = await readFile(file, 'utf8').then(
    (found) => JSON.parse(found.replace(/^\ufeff/, '')),
    (error: unknown) => {
      // What is there and cannot be read is not written over.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw error;
    },
  );
  const settings = { ...(typeof before === 'object' ? before : {}), store: text };
  makeFolders(config);
  await writeFile(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return withoutPassword;
}
