import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeGeneration } from '../src/stores/compaction/compaction.ts';
import { noManifest } from '../src/stores/compaction/open-generation.ts';
import { snapshotLines } from '../src/stores/generation/snapshot.ts';
import { generateTables, productAt, shopIds, shopProductIdAt } from './store-parts/generate-data.ts';

// node bench/store.ts [--sizes 10k,100k,1M]: each figure beside what it is measured against, and whether the aim holds.
const child = fileURLToPath(new URL('store-parts/child.ts', import.meta.url));
const asked = process.argv[process.argv.indexOf('--sizes') + 1];
const sizes = process.argv.includes('--sizes') ? (asked ?? '') : '10k,100k,1M';
const toNumber = (text: string): number =>
  Number.parseInt(text, 10) * (/k$/i.test(text) ? 1000 : /m$/i.test(text) ? 1_000_000 : 1);

const ms = (value: number): string => `${value.toFixed(value < 1 ? 3 : value < 10 ? 2 : 0)} ms`;
const pair = ({ p50, p95 }: { readonly p50: number; readonly p95: number }): string => `${ms(p50)} / ${ms(p95)}`;
const row = (what: string, ours: string, against = '', aim = ''): void =>
  console.log(`  ${what.padEnd(30)} ${ours.padStart(19)}   ${against.padEnd(58)} ${aim}`.trimEnd());
const verdict = (holds: boolean, aim: string): string => `${holds ? 'holds ' : 'MISSED'} (${aim})`;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** What should hardly grow with the store, or no faster than it, by size. */
const growth: { readonly size: number; readonly open: number; readonly change: number; readonly lookup: number }[] = [];

for (const size of sizes.split(',').map(toNumber)) {
  const place = mkdtempSync(join(tmpdir(), 'bindeled-bench-'));
  const folder = join(place, 'store');
  const run = (step: string) =>
    JSON.parse(
      execFileSync(process.execPath, ['--expose-gc', '--max-old-space-size=12000', child, step, folder, `${size}`], {
        encoding: 'utf8',
        maxBuffer: 1e8,
      }),
    );
  const bytes = await prepare(folder, size);
  const load = loadavg()[0] ?? 0;
  console.log(
    `\n${size.toLocaleString('en')} integrations in ${shopIds.length} shops, snapshot ${(bytes / 1e6).toFixed(0)} MB; the machine's load is ${load.toFixed(1)}`,
  );
  row('', 'the store', 'held against', 'aim');

  // In turn, so that both meet the same machine.
  const rounds = Array.from({ length: size > 200_000 ? 3 : 5 }, () => ({ open: run('open'), parse: run('parse') }));
  const open = median(rounds.map((one) => one.open.ms));
  const parse = median(rounds.map((one) => one.parse.ms));
  const ratio = open / parse;
  row(
    'open to the first query',
    ms(open),
    `JSON.parse of the same bytes ${ms(parse)}: ${ratio.toFixed(2)} times`,
    size === 100_000 ? verdict(ratio <= 1.5, 'at most 1.5 times at 100k') : '',
  );
  const [opened, parsed] = [
    median(rounds.map((one) => one.open.processor)),
    median(rounds.map((one) => one.parse.processor)),
  ];
  row('  processor time of it', ms(opened), `of the parse ${ms(parsed)}: ${(opened / parsed).toFixed(2)} times`);
  const { change, fsync, processor } = run('change');
  const low = size > 200_000 ? undefined : run('lowdb').ms;
  row(
    'one link changed, p50 / p95',
    pair(change),
    low === undefined
      ? 'lowdb cannot: longer than any text V8 holds'
      : `lowdb rewrites all in ${ms(low)}: ${(low / change.p50).toFixed(0)} times`,
    verdict(change.p95 - fsync.p95 < 10, 'p95 under 10 ms, fsync apart'),
  );
  row('  a bare fsync beside it', pair(fsync));
  row('  processor time a change', ms(processor), 'whatever else the machine does');
  const { first, lookup, search, slowest } = run('ask');
  row('lookup by shop product id', pair(lookup), '', verdict(lookup.p95 < 1, 'under 1 ms'));
  const lines = join(place, 'lines.txt');
  const tools = [`a naive scan ${pair(run('naive'))}`, ...timeTools(lines)];
  row(
    'search a keystroke, p50 / p95',
    pair(search),
    tools.join('; '),
    verdict(search.p95 < 16, 'p95 under 16 ms, at 1M too'),
  );
  row('  the slowest', ms(search.max), `"${slowest[0].text}"`);
  row('  the first, laying out texts', ms(first), 'once for each session');
  const { bytes: heap, rss } = rounds[0]?.open ?? {};
  row(
    'heap an integration',
    `${Math.round(heap / size)} bytes`,
    `its listing and a fifth of a product with it; ${(bytes / size).toFixed(0)} bytes on disk`,
  );
  row('memory of a session', `${Math.round(rss / 2 ** 20).toLocaleString('en')} MB`);
  const snapshot = run('compact');
  row(
    'a new snapshot',
    ms(snapshot.ms),
    `processor time ${ms(snapshot.processor)}; once in so many changes; who writes then waits, who reads does not`,
  );
  growth.push({ size, open, change: change.p50, lookup: lookup.p50 });
  rmSync(place, { recursive: true });
}

const [smallest] = growth;
const largest = growth.at(-1);
if (smallest !== undefined && largest !== undefined && smallest !== largest) {
  const times = (name: 'size' | 'open' | 'change' | 'lookup'): string =>
    (largest[name] / smallest[name]).toFixed(1).concat(' times');
  const quadratic = largest.open / smallest.open > (largest.size / smallest.size) * 2;
  console.log(
    `\n${times('size')} the store: opening takes ${times('open')} as long, a change ${times('change')}, a lookup ${times('lookup')}: ${verdict(!quadratic, 'nothing quadratic')}`,
  );
}

/** Writes the store, the same records as plain JSON, and what can be searched as lines of text. */
async function prepare(folder: string, size: number): Promise<number> {
  const tables = generateTables(size);
  await mkdir(folder, { recursive: true });
  const manifest = await writeGeneration(
    folder,
    { manifest: noManifest, tables, lastSeq: 0 },
    { refresh: () => undefined },
  );
  const asOne = size <= 200_000;
  const plain = createWriteStream(join(folder, '..', 'plain.json'));
  let between = asOne ? '[' : '';
  for (const line of snapshotLines(tables)) {
    plain.write(between);
    if (!plain.write(line.subarray(line.indexOf('{'), -1))) await once(plain, 'drain');
    between = asOne ? ',' : '\n';
  }
  plain.end(asOne ? ']' : '\n');
  await once(plain, 'finish');
  const lines = createWriteStream(join(folder, '..', 'lines.txt'));
  for (let place = 0; place < size / shopIds.length; place += 1) {
    const { sku, gtin, content } = productAt(place);
    for (const shop of shopIds.keys()) {
      if (!lines.write(`${sku}\t${gtin}\t${content.name}\t${shopProductIdAt(place, shop)}\n`))
        await once(lines, 'drain');
    }
  }
  lines.end();
  await once(lines, 'finish');
  return manifest.snapshot.bytes;
}

/** What the usual tools need for the same, where they are there. */
function timeTools(file: string): readonly string[] {
  return [
    ['grep', '-i', '-F', '-m', '50', '--'],
    ['rg', '-i', '-F', '-m', '50', '-N', '--'],
  ].flatMap(([tool = '', ...options]) => {
    const times = ['Støvle', '571000000', 'zq1kw', '70012', 'NL-00'].map((text) => {
      const start = performance.now();
      const { error } = spawnSync(tool, [...options, text, file]);
      return error === undefined ? performance.now() - start : undefined;
    });
    const all = times.filter((time) => time !== undefined);
    return all.length < times.length ? [] : [`${tool} ${ms(median(all))}`];
  });
}
