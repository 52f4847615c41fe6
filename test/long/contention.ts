import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { refKey } from '../../src/domain/changes.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { openNamed } from './children/open-named.ts';
import { startServer } from './servers.ts';

// Several processes change the same products at once, on each store: every change is there, and both laws hold.
const processes = Number(process.argv[2] ?? 8);
const each = Number(process.argv[3] ?? 500);
const contender = fileURLToPath(new URL('children/contender.ts', import.meta.url));
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'bindeled-contend-'));
const server = await startServer();
const stores = { json: join(folder, 'json'), sqlite: `sqlite:${join(folder, 'store.sqlite')}`, postgres: server.url };
try {
  for (const [name, where] of Object.entries(stores)) {
    const start = performance.now();
    const children = Array.from({ length: processes }, (_, n) =>
      run(process.execPath, [contender, where, `${n}`, `${each}`]),
    );
    const refused = (await Promise.all(children)).reduce((sum, { stdout }) => sum + Number(stdout), 0);
    const { store } = await openNamed(where);
    const products = await store.productPage({ limit: 100 });
    const onHand = products.reduce((sum, { stock }) => sum + stock.onHand, 0);
    const links = await store.integrationsOn(toShopId('dk'));
    const events = (await store.history({ limit: processes * each * 2 })).length;
    await store.close();
    const lawful =
      new Set(links.map(({ ref }) => refKey(ref))).size === links.length &&
      new Set(links.map(({ productId }) => productId)).size === links.length;
    const took = ((performance.now() - start) / 1_000).toFixed(1);
    console.log(
      `${name}: ${processes} processes, ${each} changes each: ${onHand} changes and ${events} events there after ${took} s, ${refused} refused by the laws, which ${lawful ? 'hold' : 'ARE BROKEN'}`,
    );
    if (onHand !== processes * each || events !== processes * each || !lawful) process.exitCode = 1;
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}
