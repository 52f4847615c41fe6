import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program as a person gets it: packed, and installed into a prefix of its own. */
export type Installed = {
  readonly program: string;
  /** A folder that holds nothing, to start it from. */
  readonly folder: string;
  /** All that npm said. */
  readonly said: string;
  readonly remove: () => void;
};

/**
 * Packs what was built and installs the tarball globally into an empty prefix. Nothing is asked of a registry: the
 * bundle is all that the program needs, and the Node that it would bring along is the one that runs the test.
 */
export function installPacked(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-installed-'));
  const npm = (...words: readonly string[]): string =>
    execFileSync('npm', [...words, '--no-audit', '--no-fund'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 110_000,
    });
  npm('pack', '--ignore-scripts', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const prefix = join(folder, 'prefix');
  const said = npm('install', '--global', '--prefix', prefix, '--omit=optional', '--offline', join(folder, tarball));
  return {
    program: join(prefix, 'bin', 'bindeled'),
    folder,
    said,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
