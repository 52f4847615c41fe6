import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { noChanges } from '../../src/domain/changes.ts';
import { toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import { makeIntegration, makeListing, makeProduct, makeShop, mette, morning, refTo } from '../support/builders.ts';
import { openNamed } from './children/open-named.ts';
import { startServer } from './servers.ts';

// Kills the built program while it moves, copies, restores or imports a store, at moments spread over the time that it
// takes: what it was made from stays whole, what it was made into is as before or whole, and the next try goes through.
const moments = Number(process.argv[2] ?? 10);
const products = Number(process.argv[3] ?? 3_000);
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const server = await startServer();
const root = mkdtempSync(join(tmpdir(), 'bindeled-move-kills-'));

type Ended = { readonly code: number | null; readonly said: string; readonly ms: number };
/** Runs a command of the program in a home; `killAfter` milliseconds it is killed, where it still lives. */
async function run(home: string, args: readonly string[], killAfter?: number): Promise<Ended> {
  const start = performance.now();
  const env = { ...process.env, BINDELED_HOME: home, BINDELED_STORE: undefined, NO_COLOR: '1' };
  const child = spawn(process.execPath, [main, ...args], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (killAfter !== undefined) {
    await Promise.race([pause(killAfter), closed]);
    child.kill('SIGKILL');
  }
  return { code: await closed, said, ms: performance.now() - start };
}

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};
const storeIn = (home: string): string =>
  JSON.parse(readFileSync(join(home, 'config', 'config.json'), 'utf8')).store ?? 'json:';
const holdsAll = new RegExp(`${products.toLocaleString('en')} products, ${products.toLocaleString('en')} product int`);
async function mustBeWhole(home: string, what: string): Promise<void> {
  const check = await run(home, ['store', 'check']);
  must(check.code === 0 && holdsAll.test(check.said), `${what}: ${check.said}`);
}
async function nameStore(home: string, store: string): Promise<void> {
  writeFileSync(join(home, 'config', 'config.json'), JSON.stringify({ store }));
}

const first = join(root, 'first');
for (const folder of ['config', 'data']) mkdirSync(join(first, folder), { recursive: true });
await nameStore(first, 'json:');
const { store } = await openNamed(join(first, 'data', 'store'));
const ids = Array.from({ length: products }, (_, n) => n);
await store.change(async () => ({
  ...noChanges,
  put: {
    shops: [makeShop({ id: toShopId('dk') })],
    products: ids.map((n) => makeProduct({ id: toProductId(`p${n}`), sku: toSku(`S-${n}`), gtin: undefined })),
    listings: ids.map((n) => makeListing({ ref: refTo('dk', String(n)), sku: toSku(`S-${n}`), gtin: undefined })),
    integrations: ids.map((n) => makeIntegration({ productId: toProductId(`p${n}`), ref: refTo('dk', String(n)) })),
  },
  events: ids.slice(0, 500).map((n) => ({
    ...{ at: morning, by: mette, type: 'integration-created' as const },
    integration: makeIntegration({ productId: toProductId(`p${n}`), ref: refTo('dk', String(n)) }),
  })),
}));
await store.close();
await mustBeWhole(first, 'the store that all begins with');

let schemas = 0;
const freshPlace = (kind: string): string => {
  schemas += 1;
  if (kind === 'postgres') return `${server.url}?schema=move_${schemas}`;
  return kind === 'sqlite' ? `sqlite:${join(root, `store-${schemas}.sqlite`)}` : 'json:';
};
const passwordOf = (text: string): string => new URL(text).password;
process.env.PGPASSWORD = passwordOf(server.url);

let switched = 0;
let moved = 0;
try {
  for (const [from, to] of [
    ['json', 'sqlite'],
    ['json', 'postgres'],
    ['sqlite', 'postgres'],
    ['postgres', 'sqlite'],
    ['sqlite', 'json'],
    ['postgres', 'json'],
  ] as const) {
    const home = join(root, `${from}-${to}`);
    cpSync(first, home, { recursive: true });
    if (from !== 'json') {
      const there = await run(home, ['store', 'move', freshPlace(from)]);
      must(there.code === 0, there.said);
      // The old store is out of the way, so that there is room for one of its kind.
      rmSync(join(home, 'data', 'store'), { recursive: true });
    }
    const source = storeIn(home);
    const whole = await run(home, ['store', 'move', freshPlace(to)]);
    must(whole.code === 0, whole.said);
    rmSync(join(home, 'data', 'store'), { recursive: true, force: to === 'sqlite' || to === 'postgres' });
    if (from === 'json') cpSync(join(first, 'data', 'store'), join(home, 'data', 'store'), { recursive: true });
    for (let moment = 1; moment <= moments; moment += 1) {
      await nameStore(home, source);
      const target = freshPlace(to);
      await run(home, ['store', 'move', target], (whole.ms * (moment - 0.5)) / moments);
      const used = storeIn(home);
      await mustBeWhole(home, `${from} to ${to}, moment ${moment}: the store that is used, ${used}`);
      await nameStore(home, source);
      await mustBeWhole(home, `${from} to ${to}, moment ${moment}: the store that it was copied from`);
      if (used === source) {
        // What was left of it is in nobody's way.
        const again = await run(home, ['store', 'move', target]);
        must(again.code === 0, `${from} to ${to}, moment ${moment}: ${again.said}`);
        moved += 1;
      } else {
        await nameStore(home, used);
        switched += 1;
      }
      await mustBeWhole(home, `${from} to ${to}, moment ${moment}: what it was copied into`);
      if (to === 'json') rmSync(join(home, 'data', 'store'), { recursive: true });
    }
    console.log(`${from} to ${to}: killed ${moments} times in ${Math.round(whole.ms)} ms`);
  }
  console.log(`${moved} moves went through afterwards, ${switched} had switched before the kill`);

  for (const kind of ['json', 'sqlite', 'postgres']) {
    const home = join(root, `copies-${kind}`);
    cpSync(first, home, { recursive: true });
    if (kind !== 'json') must((await run(home, ['store', 'move', freshPlace(kind)])).code === 0, `to ${kind}`);
    const copy = join(root, `copy-${kind}`);
    const document = join(root, `document-${kind}.json`);
    must((await run(home, ['store', 'backup', copy])).code === 0, `backup of ${kind}`);
    must((await run(home, ['store', 'export', document])).code === 0, `export of ${kind}`);
    for (const [what, args] of [
      ['backup', (n: number) => ['store', 'backup', join(root, `copy-${kind}-${n}`)]],
      ['restore', () => ['store', 'restore', copy]],
      ['import', () => ['store', 'import', document]],
    ] as const) {
      const usual = await run(home, args(0));
      must(usual.code === 0, `${what} of ${kind}: ${usual.said}`);
      for (let moment = 1; moment <= moments; moment += 1) {
        await run(home, args(moment), (usual.ms * (moment - 0.5)) / moments);
        await mustBeWhole(home, `${what} of ${kind}, moment ${moment}`);
        const half = join(root, `copy-${kind}-${moment}`);
        if (what === 'backup' && existsSync(half)) {
          const from = await run(home, ['store', 'restore', half]);
          must(from.code === 0 || /damaged|whole|not/i.test(from.said), `restore of a half copy: ${from.said}`);
          console.log(
            `  a copy of ${kind} that was broken off: ${from.code === 0 ? 'whole' : from.said.split('\n')[0]}`,
          );
          await mustBeWhole(home, `restored from what was left of a copy of ${kind}`);
        }
      }
      const after = await run(home, args(moments + 1));
      must(after.code === 0, `${what} of ${kind} after all that: ${after.said}`);
      const left = readdirSync(join(home, 'data')).length;
      console.log(
        `${what} of ${kind}: killed ${moments} times in ${Math.round(usual.ms)} ms; ${left} entries beside the store`,
      );
    }
  }
} finally {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
}
