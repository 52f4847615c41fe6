import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../test/long/servers.ts';

// node bench/store-move.ts [--sizes 100k,1M] [--keep <folder>]: `store move` as a whole process, the ways that users go:
// JSON to SQLite, SQLite to PostgreSQL, PostgreSQL to SQLite. JSON stores that were made in the folder before are taken
// as they are; BINDELED_BENCH_POSTGRES names a server.
const child = fileURLToPath(new URL('store-parts/engine-child.ts', import.meta.url));
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const option = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const toNumber = (text: string): number =>
  Number.parseInt(text, 10) * (/k$/i.test(text) ? 1_000 : /m$/i.test(text) ? 1_000_000 : 1);
const kept = option('--keep');
const named = process.env.BINDELED_BENCH_POSTGRES;
const server = named === undefined ? await startServer() : undefined;
const url = new URL(named ?? server?.url ?? '');
const place = mkdtempSync(join(tmpdir(), 'bindeled-bench-move-'));
try {
  for (const size of (option('--sizes') ?? '100k,1M').split(',').map(toNumber)) {
    const made = kept === undefined ? join(place, `${size}`) : join(kept, String(size));
    const json = join(made, 'home', 'data', 'store');
    if (!existsSync(json))
      spawnSync(process.execPath, ['--max-old-space-size=8000', child, 'fill', json, `${size}`], { stdio: 'inherit' });
    const home = join(place, `home-${size}`);
    for (const folder of ['config', 'data']) await mkdir(join(home, folder), { recursive: true });
    symlinkSync(json, join(home, 'data', 'store'));
    await writeFile(join(home, 'config', 'config.json'), '{}');
    const postgres = `${url.href}?schema=moved_${size}_${process.pid}`;
    for (const [way, target] of [
      ['JSON to SQLite', `sqlite:${join(place, `a-${size}.sqlite`)}`],
      ['SQLite to PostgreSQL', postgres],
      ['PostgreSQL to SQLite', `sqlite:${join(place, `b-${size}.sqlite`)}`],
    ] as const) {
      const load = (loadavg()[0] ?? 0).toFixed(1);
      const start = performance.now();
      const env = { ...process.env, BINDELED_HOME: home, PGPASSWORD: decodeURIComponent(url.password) };
      const { status, stderr } = spawnSync(process.execPath, [main, 'store', 'move', target], {
        env,
        encoding: 'utf8',
      });
      const seconds = (performance.now() - start) / 1_000;
      if (status !== 0) throw new Error(`${way}: ${stderr}`);
      const aim = size === 1_000_000 ? `${seconds < 180 ? 'holds ' : 'MISSED'} (under 3 minutes)` : '';
      const file = target.startsWith('sqlite:') ? `${(statSync(target.slice(7)).size / 1e6).toFixed(0)} MB` : '';
      console.log(
        `${size.toLocaleString('en').padStart(9)}  ${way.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s   ${file.padEnd(9)} load ${load}   ${aim}`.trimEnd(),
      );
    }
  }
} finally {
  rmSync(place, { recursive: true });
  await server?.stop();
}
