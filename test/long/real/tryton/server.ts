import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, type PostgresServer, startPostgres } from '../../../support/postgres/server.ts';
import { makeFolder, run, startServer } from '../servers.ts';
import { openDatabase, type TrytonDatabase } from './database.ts';

const packages = 'tryton-server tryton-modules-stock tryton-modules-stock-inventory-location python3-psycopg2';
const password = 'test-only-password';
// The modules of Tryton can only be loaded once it has read its configuration; that they lie there is enough.
const parts =
  "import importlib.util as u; import psycopg2; assert u.find_spec('trytond.modules.stock_inventory_location')";
const template = 'tryton_template';

/** Why there is no Tryton here; nothing where there is. Debian's packages are the only place it comes from. */
export function whyNot(): string | undefined {
  const asked = spawnSync('trytond', ['--version'], { encoding: 'utf8' });
  if (asked.status !== 0) return `trytond is not installed: apt-get install ${packages}`;
  const found = spawnSync('/usr/bin/python3', ['-c', parts], {
    encoding: 'utf8',
  });
  return found.status === 0 ? undefined : `Tryton lacks a part: apt-get install ${packages}`;
}

export type TrytonServer = {
  /** A database of its own: Tryton as it is when nobody has done anything but found the company. */
  makeDatabase(): Promise<TrytonDatabase>;
  stop(): Promise<void>;
};

/** A Tryton on loopback over a PostgreSQL of its own. Its modules are set up once, in a database that others are copied from. */
export async function startTryton(): Promise<TrytonServer> {
  const folder = makeFolder();
  const postgres: PostgresServer = await startPostgres();
  const port = await freePort();
  const base = postgres.url.replace(/^postgres:/, 'postgresql:').replace(/postgres$/, '');
  const config = join(folder.path, 'trytond.conf');
  const passwordFile = join(folder.path, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  writeFileSync(
    config,
    `[database]\nuri = ${base}\n[web]\nlisten = 127.0.0.1:${port}\n[session]\nauthentications = password\n`,
  );
  const sql = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await sql(`create database ${template}`);
  const modules = ['stock', 'stock_inventory_location'];
  await run({
    command: 'trytond-admin',
    args: [
      '-c',
      config,
      '-d',
      template,
      '--email',
      'test@example.com',
      '-p',
      '--activate-dependencies',
      '--all',
    ].concat(modules.flatMap((name) => ['-u', name])),
    cwd: folder.path,
    env: { TRYTONPASSFILE: passwordFile },
  });
  const server = await startServer(
    { command: 'trytond', args: ['-c', config, '-v'], cwd: folder.path },
    /Running on http/,
  );
  let made = 0;
  return {
    makeDatabase: async () => {
      made += 1;
      const name = `tryton_${made}`;
      await sql(`create database ${name} template ${template}`);
      return openDatabase({ address: `http://127.0.0.1:${port}/${name}`, user: 'admin', password });
    },
    stop: async () => {
      await server.stop();
      await postgres.stop();
      folder.remove();
    },
  };
}
