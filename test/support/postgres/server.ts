import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { embeddedPostgres } from './embedded.ts';

export type PostgresServer = {
  /** A connection string with the password in it. */
  readonly url: string;
  readonly folder: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
};

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** No test of these pulls a plug, and each schema is gone before a vacuum would pay. */
const forATest = ['fsync=off', 'full_page_writes=off', 'autovacuum=off'].flatMap((setting) => ['-c', setting]);

/** Starts a real PostgreSQL of its own on loopback, in a folder that is taken away when it is stopped. */
export async function startPostgres(flags: readonly string[] = forATest): Promise<PostgresServer> {
  const home = await mkdtemp(join(tmpdir(), 'bindeled-postgres-'));
  // The server runs as a user of its own, who must get to its folder.
  await chmod(home, 0o755);
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const folder = join(home, 'data');
  const said: string[] = [];
  const EmbeddedPostgres = await embeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'postgres',
    password,
    port,
    persistent: false,
    authMethod: 'scram-sha-256',
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${home}`,
      '-c',
      'max_connections=200',
      ...flags,
    ],
    onLog: (line) => void said.push(String(line)),
    onError: (line) => void said.push(String(line)),
  });
  try {
    await server.initialise();
    await chmod(home, 0o777);
    await server.start();
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL did not start: ${error instanceof Error ? error.message : ''} ${said.join('').slice(-2_000)}`,
    );
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    folder,
    port,
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
