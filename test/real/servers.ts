import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real servers take minutes, so they run with `npm run test:real` alone, or where this is set. */
export const isAsked =
  process.env.npm_lifecycle_event === 'test:real' || process.env.BINDELED_REAL_SERVERS !== undefined;

export const folderOf = (name: string): string => fileURLToPath(new URL(`./${name}/`, import.meta.url));

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** A folder of its own, away when the test is over. */
export function makeFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'bindeled-real-'));
  // PostgreSQL runs as a user of its own, and has to get to what is inside.
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** A Node that can load a server's packages, compiled ones too: the one we run on, else one on the path. */
export function nodeFor(name: string, probe: string): string | undefined {
  const cwd = folderOf(name);
  if (!existsSync(join(cwd, 'node_modules'))) return undefined;
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return [process.execPath, ...onPath.filter((path) => existsSync(path))].find(
    (node) => spawnSync(node, ['--expose-gc', '-e', probe], { cwd, stdio: 'ignore' }).status === 0,
  );
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
