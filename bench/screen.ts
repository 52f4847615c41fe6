import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './figures.ts';
import { seedStore } from './screen-parts/seed-store.ts';
import { type BenchTerminal, openTerminal, wait } from './screen-parts/terminal.ts';

// node bench/screen.ts [--few] [--store <address>]: how quick the dashboard is for a hand on the keys, each figure beside
// another program's. With --store the keys are pressed over a store of five shops that was filled before.
const few = process.argv.includes('--few');
const kept = process.argv.includes('--store') ? process.argv[process.argv.indexOf('--store') + 1] : undefined;
const program = fileURLToPath(new URL('../bin/bindeled', import.meta.url));
const staticTable = fileURLToPath(new URL('screen-parts/static-table.ts', import.meta.url));
const wide = { columns: 120, rows: 44 } as const;
const rounds = few ? 3 : 9;
const keys = few ? 60 : 300;
const [many, most] = few ? [20_000, 100_000] : [100_000, 1_000_000];

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const line = (what: string, ours: string, beside = '', aim = ''): void =>
  console.log(`  ${what.padEnd(46)} ${ours.padStart(22)}   ${beside.padEnd(50)} ${aim}`);
const verdict = (holds: boolean, aim: string): string => `${holds ? 'holds' : 'MISSES'} (${aim})`;
const envOf = (home: string): Record<string, string> => ({
  BINDELED_HOME: home,
  BINDELED_LANG: 'en',
  NODE_ENV: 'production',
});

type Press = { readonly ms: number; readonly bytes: number };
/** Presses down and up, one key at a time, so many milliseconds apart. */
async function walk(terminal: BenchTerminal, apart: number): Promise<readonly Press[]> {
  const pressed: Press[] = [];
  for (let at = 0; at < keys; at += 1) {
    pressed.push(await terminal.press(at % 40 < 20 ? 'j' : 'k'));
    await wait(apart);
  }
  return pressed;
}
const told = (pressed: readonly Press[]): string =>
  `${ms(
    quantile(
      pressed.map((one) => one.ms),
      0.5,
    ),
  )} / ${ms(
    quantile(
      pressed.map((one) => one.ms),
      0.95,
    ),
  )}`;
const bytesOf = (pressed: readonly Press[]): string =>
  `${median(pressed.map((one) => one.bytes))} / ${Math.max(...pressed.map((one) => one.bytes))}`;

/** Milliseconds from the fork until a text stands on the screen. */
async function until(
  command: readonly [string, ...string[]],
  text: string | RegExp,
  env: Record<string, string> = {},
): Promise<number> {
  const started = performance.now();
  const terminal = openTerminal({ command, ...wide, env });
  try {
    await terminal.sees(text);
    return performance.now() - started;
  } finally {
    await terminal.close();
  }
}
async function often(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await measure());
  return median(times);
}
const bareNode = (): number => {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - started;
};
const installed = (name: string): boolean => spawnSync('which', [name]).status === 0;

async function keyToFrame(home: string, store?: string): Promise<void> {
  const base = openTerminal({ command: [process.execPath, staticTable], ...wide, env: envOf(home) });
  await base.sees('NL-0000000');
  const [baseSlow, baseHeld] = [await walk(base, 80), await walk(base, 33)];
  const idleBase = await base.processor(few ? 2_000 : 10_000);
  await base.close();

  const env = { ...envOf(home), ...(store === undefined ? {} : { BINDELED_STORE: store }) };
  const ours = openTerminal({ command: [program], ...wide, env });
  await ours.sees('Needs attention');
  ours.press('2');
  await ours.sees(/▌.*NL-/);
  await wait(1_000);
  const [slow, held] = [await walk(ours, 80), await walk(ours, 33)];
  await wait(1_000);
  const idle = await ours.processor(few ? 2_000 : 10_000);
  await ours.close();
  const p95 = quantile(
    slow.map((one) => one.ms),
    0.95,
  );
  line(
    'key to frame, p50 / p95',
    told(slow),
    `static Ink table ${told(baseSlow)}`,
    verdict(p95 < 33, 'p95 under 33 ms, aim 25'),
  );
  line('  key held, 30 a second', told(held), `static Ink table ${told(baseHeld)}`);
  line(
    '  bytes a key, median / most',
    bytesOf(slow),
    `static Ink table ${bytesOf(baseSlow)}`,
    verdict(Math.max(...slow.map((one) => one.bytes)) < 700, 'under 700'),
  );
  line(
    'idle, share of a processor',
    `${(100 * idle).toFixed(1)} %`,
    `static Ink table ${(100 * idleBase).toFixed(1)} %`,
    verdict(idle < 0.005, '0 %'),
  );
}

/** Measured before this process has filled stores: a heap of hundreds of megabytes reads a terminal late. */
async function firstFrame(empty: string): Promise<void> {
  const bare = median(Array.from({ length: rounds }, bareNode));
  const frame = await often(() => until([program], /Bindeled[\s\S]*\? help/, envOf(empty)));
  line(
    'start to first frame',
    ms(frame),
    `node -e 0: ${ms(bare)}, ${(frame / bare).toFixed(1)} times`,
    verdict(frame < 3 * bare, 'under 3 times'),
  );
}

async function firstData(home: string): Promise<void> {
  const bare = median(Array.from({ length: rounds }, bareNode));
  const data = await often(() => until([program], 'Needs attention', envOf(home)));
  line(
    `start to first data at ${many.toLocaleString('en')} integrations`,
    ms(data),
    `node -e 0: ${ms(bare)}, ${(data / bare).toFixed(1)} times`,
  );
  await peers(home);
}

async function peers(home: string): Promise<void> {
  if (installed('htop'))
    line('  htop, to its first screen', ms(await often(() => until(['htop'], /PID[\s\S]*Command/))));
  else line('  htop', 'skipped', 'not installed: apt-get install htop');
  if (!installed('visidata')) return line('  visidata', 'skipped', 'not installed: apt-get install visidata');
  const file = join(home, 'rows.csv');
  const rows = Array.from({ length: many }, (_, at) => `NL-${at},Regnjakke ${at},${at % 40},dk`);
  await writeFile(file, `sku,name,stock,shop\n${rows.join('\n')}\n`);
  line(
    `  visidata, a CSV of ${many.toLocaleString('en')} rows`,
    ms(await often(() => until(['visidata', file], 'NL-1'))),
  );
}

const place = await mkdtemp(join(tmpdir(), 'bindeled-screen-bench-'));
try {
  const [small, large, empty] = [join(place, 'small'), join(place, 'large'), join(place, 'empty')];
  await seedStore(empty, 5);
  console.log(`A window of ${wide.columns}x${wide.rows}, forty rows of a list.`);
  await firstFrame(empty);
  await seedStore(small, many);
  await firstData(small);
  await rm(small, { recursive: true });
  await seedStore(large, kept === undefined ? most : 5);
  console.log(`\nOver ${kept ?? `${most.toLocaleString('en')} integrations`} in five shops`);
  await keyToFrame(large, kept);
} finally {
  await rm(place, { recursive: true, force: true });
}
