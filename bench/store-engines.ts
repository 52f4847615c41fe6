import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../test/long/servers.ts';
import { productAt } from './store-parts/generate-data.ts';

// node bench/store-engines.ts [--sizes 10k,100k,1M] [--engines json,sqlite,postgres] [--keep <folder>]: the same
// questions to JSON, SQLite and PostgreSQL, each beside the least that its own database could do, in the same run. Stores
// that were made in the folder before are asked again as they are; so are schemas of the server that
// BINDELED_BENCH_POSTGRES names.
const child = fileURLToPath(new URL('store-parts/engine-child.ts', import.meta.url));
const launcher = fileURLToPath(new URL('../bin/bindeled', import.meta.url));
const option = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const toNumber = (text: string): number =>
  Number.parseInt(text, 10) * (/k$/i.test(text) ? 1_000 : /m$/i.test(text) ? 1_000_000 : 1);
const sizes = (option('--sizes') ?? '10k,100k,1M').split(',').map(toNumber);
const engines = (option('--engines') ?? 'json,sqlite,postgres').split(',');
const kept = option('--keep');

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const pair = ({ p50, p95 }: { readonly p50: number; readonly p95: number }): string => `${ms(p50)} / ${ms(p95)}`;
const row = (what: string, ours: string, against = '', aim = ''): void =>
  console.log(`  ${what.padEnd(34)} ${ours.padStart(18)}   ${against.padEnd(44)} ${aim}`.trimEnd());
const verdict = (holds: boolean, aim: string): string => `${holds ? 'holds ' : 'MISSED'} (${aim})`;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const named = process.env.BINDELED_BENCH_POSTGRES;
const server = engines.includes('postgres') && named === undefined ? await startServer() : undefined;
const opened = new Map<string, number>();
const hundreds = new Map<string, number>();
try {
  for (const size of sizes) {
    const place = kept === undefined ? mkdtempSync(join(tmpdir(), 'bindeled-bench-')) : join(kept, String(size));
    const stores = {
      json: join(place, 'home', 'data', 'store'),
      sqlite: `sqlite:${join(place, 'store.sqlite')}`,
      postgres: `${named ?? server?.url}?schema=bench_${size}`,
    };
    await mkdir(join(place, 'home', 'config'), { recursive: true });
    for (const [name, where] of Object.entries(stores).filter(([name]) => engines.includes(name))) {
      const run = (step: string) =>
        JSON.parse(
          execFileSync(process.execPath, ['--max-old-space-size=8000', child, step, where, `${size}`], {
            encoding: 'utf8',
          }),
        );
      const load = (loadavg()[0] ?? 0).toFixed(1);
      console.log(`\n${name}, ${size.toLocaleString('en')} integrations in 5 shops; the machine's load is ${load}`);
      row('', 'the store', 'held against', 'aim');
      const mark = join(place, `${name}-is-filled`);
      if (!existsSync(mark)) {
        const filled = run('fill');
        await writeFile(mark, '');
        row(
          'everything written into it',
          `${(filled.ms / 1_000).toFixed(1)} s`,
          filled.bytes ? `${(filled.bytes / 1e6).toFixed(0)} MB on disk` : '',
          name !== 'json' && size === 1_000_000 ? verdict(filled.ms < 180_000, 'under 3 minutes') : '',
        );
      }

      // A JSON store of a million takes 10 s to open: fewer rounds, so that one run holds all sizes and stores.
      const repeats = name === 'json' && size >= 1_000_000 ? 2 : 7;
      const rounds = Array.from({ length: Math.min(5, repeats) }, () => run('open'));
      const open = median(rounds.map((one) => one.ms));
      opened.set(`${name} ${size}`, open);
      const small = opened.get(`${name} ${sizes[0]}`) ?? open;
      const isAimed = name !== 'json' && size === 1_000_000;
      row(
        'open to the first answer',
        ms(open),
        `the database alone ${ms(median(rounds.map((one) => one.baseline)))}`,
        isAimed ? verdict(open <= 3 * small, `at most 3 times that at ${sizes[0]}`) : '',
      );
      await wholeProgram(name, where, join(place, 'home'), repeats);

      const asked = run('ask');
      row('find by item number, p50 / p95', pair(asked.find));
      row('search a keystroke, p50 / p95', pair(asked.search), '', verdict(asked.search.p95 < 16, 'p95 under 16 ms'));
      row(
        '  the slowest',
        '',
        asked.slowest.map(({ text, ms: took }: { text: string; ms: number }) => `"${text}" ${ms(took)}`).join(', '),
      );
      row('a page of a shop list, p50 / p95', pair(asked.page), '', verdict(asked.page.p95 < 30, 'p95 under 30 ms'));
      const mb = (asked.rss - asked.before) / 1e6;
      row(
        'memory that a session adds',
        `${mb.toFixed(0)} MB`,
        `the program before it ${(asked.before / 1e6).toFixed(0)} MB`,
        name !== 'json' ? verdict(mb < 150, 'under 150 MB') : '',
      );

      const { change, bare, fsync, hundred, synced } = run('change');
      row(
        'one change, p50 / p95',
        pair(change),
        name === 'json' ? '' : `one row by itself ${pair(bare)}`,
        verdict(change.p95 - Math.max(fsync.p95, bare.p95) < 5, 'p95 under 5 ms, fsync apart'),
      );
      row('  a bare fsync beside it', pair(fsync));
      for (const [what, took] of [
        ['100 listings in one change', hundred],
        ['a sync of 100 changes', synced],
      ] as const) {
        hundreds.set(`${what} ${name} ${size}`, took.p50);
        const first = hundreds.get(`${what} ${name} ${sizes[0]}`) ?? took.p50;
        row(
          what,
          pair(took),
          `${(took.p50 / first).toFixed(2)} times that at ${sizes[0]}`,
          name !== 'json' ? verdict(took.p50 <= 1.5 * first, 'at most 1.5 times') : '',
        );
      }
    }
    if (kept === undefined) rmSync(place, { recursive: true });
  }
} finally {
  await server?.stop();
}

/** `bindeled find` as a whole process beside the smallest program there is. */
async function wholeProgram(name: string, where: string, home: string, repeats: number): Promise<void> {
  await writeFile(join(home, 'config', 'config.json'), '{}');
  const env = { ...process.env, BINDELED_HOME: home, BINDELED_STORE: name === 'json' ? 'json:' : where };
  const took = (program: string, args: readonly string[]): number => {
    const start = performance.now();
    const { status } = spawnSync(program, args, { env, stdio: 'ignore' });
    return status === 0 ? performance.now() - start : Number.NaN;
  };
  const { sku = '' } = productAt(7);
  // In turn, so that both have as much of the machine; the first time the program is compiled.
  took(launcher, ['find', sku]);
  const pairs = Array.from({ length: repeats < 7 ? repeats : 3 * repeats }, () => ({
    own: took(launcher, ['find', sku]),
    bare: took(process.execPath, ['-e', '0']),
  }));
  const [ours, least] = [median(pairs.map(({ own }) => own)), median(pairs.map(({ bare }) => bare))];
  row(
    'bindeled find <sku>, a process',
    ms(ours),
    `node -e 0 ${ms(least)}: ${(ours / least).toFixed(1)} times`,
    name === 'json' ? '' : verdict(ours <= 3 * least, 'at most 3 times'),
  );
}
