import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeGeneration } from '../src/stores/compaction.ts';
import { noManifest } from '../src/stores/opening.ts';
import { snapshotLines } from '../src/stores/snapshot.ts';
import { makeUp, productAt, shopIds, shopProductIdAt } from './store-parts/made-up.ts';

// node bench/store.ts [--sizes 10k,100k,1M]: each figure beside what it is measured against, and whether the aim holds.
const child = fileURLToPath(new URL('store-parts/child.ts', import.meta.url));
const asked = process.argv[process.argv.indexOf('--sizes') + 1];
const sizes = process.argv.includes('--sizes') ? (asked ?? '') : '10k,100k,1M';
const toNumber = (text: string): number =>
  Number.parseInt(text, 10) * (/k$/i.test(text) ? 1000 : /m$/i.test(text) ? 1_000_000 : 1);

const ms = (value: number): string => (value < 10 ? value.toFixed(value < 1 ? 3 : 2) : value.toFixed(0)).concat(' ms');
const row = (what: string, ours: string, against: string, aim: string): void =>
  console.log(`  ${what.padEnd(34)} ${ours.padStart(24)}   ${against.padEnd(44)} ${aim}`);
const verdict = (holds: boolean, aim: string): string => `${holds ? 'holds ' : 'MISSES'} (${aim})`;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

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
  console.log(
    `\n${size.toLocaleString('en')} integrations in ${shopIds.length} shops, snapshot ${(bytes / 1e6).toFixed(0)} MB`,
  );

  const rounds = size > 200_000 ? 3 : 5;
  const opens = Array.from({ length: rounds }, () => run('open'));
  const parses = Array.from({ length: rounds }, () => run('parse'));
  const open = median(opens.map((one) => one.ms));
  const parse = median(parses.map((one) => one.ms));
  const ratio = open / parse;
  row(
    'open to first query',
    ms(open),
    `JSON.parse of the same bytes ${ms(parse)}, ${ratio.toFixed(2)} x`,
    verdict(ratio <= 1.5, 'at most 1.5 x at 100k'),
  );
  const { change, fsync } = run('change');
  const low = size > 200_000 ? undefined : run('lowdb').ms;
  const lowSays =
    low === undefined
      ? 'lowdb: longer than any text V8 can hold'
      : `lowdb rewrites all in ${ms(low)}, ${(low / change.p50).toFixed(0)} x`;
  row(
    'one link changed, p50 / p95',
    `${ms(change.p50)} / ${ms(change.p95)}`,
    lowSays,
    verdict(change.p95 - fsync.p50 < 10, '10 ms p95 apart from fsync'),
  );
  row('  of which one bare fsync', `${ms(fsync.p50)} / ${ms(fsync.p95)}`, '', '');
  const { first, lookup, search, slowest } = run('ask');
  row('lookup by shop product id', `${ms(lookup.p50)} / ${ms(lookup.p95)}`, '', verdict(lookup.p95 < 1, '1 ms'));
  const naive = run('naive');
  const grep = timeGrep(join(place, 'lines.txt'));
  row(
    'search a keystroke, p50 / p95',
    `${ms(search.p50)} / ${ms(search.p95)}`,
    `naive ${ms(naive.p50)} / ${ms(naive.p95)}, grep ${ms(grep)}`,
    verdict(search.p95 < 16, '16 ms p95 at 1M'),
  );
  row('  slowest', `${ms(search.max)} ("${slowest[0].text}")`, `the first search lays out the texts: ${ms(first)}`, '');
  row(
    'heap an integration',
    `${Math.round(opens[0].bytes / size)} bytes`,
    `with its listing and a fifth of a product; ${(bytes / size).toFixed(0)} bytes on disk`,
    '',
  );
  rmSync(place, { recursive: true });
}

/** Writes the store, the same records as plain JSON, and what can be searched as lines of text. */
async function prepare(folder: string, size: number): Promise<number> {
  const tables = makeUp(size);
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

function timeGrep(file: string): number {
  return median(
    ['Støvle', '571000000', 'zq1kw', '70012', 'NL-00'].map((text) => {
      const start = performance.now();
      spawnSync('grep', ['-i', '-F', '-m', '50', '--', text, file]);
      return performance.now() - start;
    }),
  );
}
