import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const folderOf = (name: string): string => fileURLToPath(new URL(`./${name}/`, import.meta.url));

/** A folder of its own, away when the test is over. */
export function makeFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'bindeled-real-'));
  // PostgreSQL runs as a user of its own, and has to get to what is inside.
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** So long may the packages of a server take to come. */
const installMs = 20 * 60_000;

/**
 * Installs a server's packages where they are not there yet, under the Node that runs the tests. Answers why not,
 * where they cannot be had: then its tests are skipped with that in their title.
 */
export function installed(name: string): string | undefined {
  const cwd = folderOf(name);
  if (existsSync(join(cwd, 'node_modules', '.package-lock.json'))) return undefined;
  // What npm tells its own scripts of this project would lead it back here.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_(?!config_)|^npm_config_(local_)?prefix$/i.test(key)),
  );
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd,
    encoding: 'utf8',
    timeout: installMs,
    env: { ...env, PATH: path },
  });
  if (npm.status === 0) return undefined;
  const said =
    npm.error?.message ??
    npm.stderr
      .trim()
      .split('\n')
      .find((line) => line !== '') ??
    '';
  return `npm ci in test/long/real/${name} ended with ${npm.status ?? npm.signal}: ${said.slice(0, 200)}`;
}

export type Start = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Only what a server needs of our own environment: no key of a real shop goes along. */
const bare = (env: Start['env']): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, HOME: process.env.HOME, ...env });

/** Runs a program to its end, and answers what it said on stdout. */
export function run({ command, args, cwd, env }: Start): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: bare(env) });
    const said = listenTo(child);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said.stdout);
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${said.all.slice(-1500)}`));
    });
  });
}

/** Starts a server and waits until it says that it is ready. */
export async function startServer(start: Start, ready: RegExp): Promise<{ readonly stop: () => Promise<void> }> {
  const child = spawn(start.command, start.args, { cwd: start.cwd, env: bare(start.env) });
  const said = listenTo(child);
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (ready.test(said.all)) resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`the server ended with ${code}: ${said.all.slice(-1500)}`)));
  });
  return {
    stop: async () => {
      child.kill('SIGTERM');
      // A server that waits for its queues is not waited for.
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    },
  };
}

function listenTo(child: ChildProcess): { stdout: string; all: string } {
  const said = { stdout: '', all: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
    said.all += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.all += text;
  });
  return said;
}
