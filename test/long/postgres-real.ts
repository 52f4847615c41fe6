import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { noChanges } from '../../src/domain/changes.ts';
import { numberedChange } from '../store/children/numbered-change.ts';
import { openNamed } from './children/open-named.ts';
import { inspect } from './lives.ts';
import { startServer } from './servers.ts';

// What only a server as others run it can show: the role of least rights of the manual, TLS with a certificate of its
// own, and Debian's tools for dumping and restoring.
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
const keys = mkdtempSync(join(tmpdir(), 'bindeled-tls-'));
for (const name of ['cert.pem', 'key.pem']) copyFileSync(fixture(name), join(keys, name));
execFileSync('chmod', ['0755', keys]);
execFileSync('chmod', ['0600', join(keys, 'key.pem')]);
if (userInfo().uid === 0) {
  const uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }));
  chownSync(join(keys, 'key.pem'), uid, uid);
}
const server = await startServer({
  flags: [
    '-c',
    'ssl=on',
    '-c',
    `ssl_cert_file=${join(keys, 'cert.pem')}`,
    '-c',
    `ssl_key_file=${join(keys, 'key.pem')}`,
  ],
});
console.log(server.version);
const admin = new pg.Client({ connectionString: server.url });
await admin.connect();
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
  console.log(`✓ ${what}`);
};
try {
  // The role of the manual, word for word but for its password.
  const manual = readFileSync(new URL('../../docs/stores.md', import.meta.url), 'utf8');
  const statements = /```sql\n(.*?)```/s.exec(manual)?.[1] ?? '';
  await admin.query('create database warehouse');
  const inDatabase = new pg.Client({ connectionString: server.url.replace(/\/postgres$/, '/warehouse') });
  await inDatabase.connect();
  await inDatabase.query(statements.replaceAll(/^\\connect.*$/gm, '').replaceAll(/^create database.*$/gm, ''));
  await inDatabase.end();
  const url = new URL(server.url);
  [url.username, url.password, url.pathname] = ['bindeled', 'choose-a-password', '/warehouse'];
  const { store } = await openNamed(url.href);
  for (let number = 1; number <= 20; number += 1) await store.change(async () => numberedChange(`n-${number}`));
  must(
    (await store.search({ text: 'blegr', limit: 5 })).length > 0,
    'the role of the manual makes its tables, writes and searches',
  );
  await store.close();
  const role = new pg.Client({ connectionString: url.href });
  await role.connect();
  const refused = await role.query('create table public.other (one int)').then(
    () => false,
    () => true,
  );
  must(refused, 'and may make nothing outside its own schema');
  const { rows } = await role.query(
    'select rolsuper or rolcreatedb or rolcreaterole as more from pg_roles where rolname = current_user',
  );
  must(rows[0]?.more === false, 'nor has it any right beyond');
  await role.end();

  const tls = async (sslmode: string, host: string, ca?: string): Promise<string> => {
    const to = new URL(url);
    to.hostname = host;
    to.searchParams.set('sslmode', sslmode);
    if (ca !== undefined) to.searchParams.set('sslrootcert', ca);
    return openNamed(to.href).then(
      async (opened) => {
        await opened.store.close();
        return 'opened';
      },
      (error: { kind?: string }) => error.kind ?? 'other',
    );
  };
  const ca = fixture('cert.pem');
  must(
    (await tls('verify-full', '127.0.0.1', ca)) === 'opened',
    'TLS: a certificate that the CA file vouches for and that names the server',
  );
  must((await tls('verify-full', 'localhost', ca)) === 'untrusted', 'TLS: not under a name that is not in it');
  must((await tls('verify-full', '127.0.0.1')) === 'untrusted', 'TLS: not without the CA file');
  must((await tls('require', '127.0.0.1')) === 'opened', 'TLS: encrypted only, where that is asked for');

  const dump = join(keys, 'dump');
  const env = {
    ...process.env,
    PGPASSWORD: 'choose-a-password',
    PGHOST: '127.0.0.1',
    PGPORT: String(server.port),
    PGUSER: 'bindeled',
  };
  execFileSync(join(server.programs, 'pg_dump'), ['-Fc', '-n', 'bindeled', '-f', dump, 'warehouse'], { env });
  await admin.query('create database restored');
  const restored = new pg.Client({ connectionString: server.url.replace(/\/postgres$/, '/restored') });
  await restored.connect();
  await restored.query('create extension pg_trgm; grant create on database restored to bindeled');
  await restored.end();
  execFileSync(join(server.programs, 'pg_restore'), ['--exit-on-error', '-d', 'restored', dump], { env });
  url.pathname = '/restored';
  const numbers = Array.from({ length: 20 }, (_, n) => n + 1);
  must(
    (await inspect(url.href, [{ name: 'n', confirmed: numbers }])) === 20,
    'pg_dump and pg_restore bring all of it to another database',
  );
  const again = await openNamed(url.href);
  await again.store.change(async () => numberedChange('n-21'));
  must((await again.store.history({ limit: 1 }))[0]?.seq === 21, 'and the numbers of events go on from there');
  await again.store.change(async () => noChanges);
  await again.store.close();
} finally {
  await admin.end();
  await server.stop();
  rmSync(keys, { recursive: true });
}
