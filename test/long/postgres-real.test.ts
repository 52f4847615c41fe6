import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runScript } from './run-script.ts';
import { programsFolder } from './servers.ts';

// The server of the npm package has no tools for dumps: this one is Debian's.
const missing = ['pg_dump', 'pg_restore'].filter((name) => !existsSync(join(programsFolder(), name)));

test('a server as others run it: the role of the manual, TLS, a dump and its restore', {
  timeout: 600_000,
}, async (context) => {
  context.skip(missing.length > 0, `no ${missing.join(', ')} here: install postgresql`);
  expect(await runScript('postgres-real.ts')).toContain('the numbers of events go on from there');
});
