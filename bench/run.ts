import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Figure, formatFigure } from './figures.ts';
import { benchMemory } from './memory.ts';
import { benchPlatforms } from './platforms.ts';
import { benchStart } from './start.ts';
import { benchOldShop, benchSync } from './sync.ts';
import { benchWarehouse } from './warehouse.ts';

const wanted = process.argv.slice(2);
const parts: Readonly<Record<string, () => Promise<readonly Figure[]> | readonly Figure[]>> = {
  sync: benchSync,
  'old-shop': benchOldShop,
  ...benchPlatforms,
  warehouse: benchWarehouse,
  start: benchStart,
  memory: benchMemory,
};
/** Measured by programs of their own, which print their own lines. */
const apart = ['store', 'store-engines', 'triage', 'screen', 'webhooks'];

const asked = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`;
console.log(`Node ${process.versions.node}, ${machine}. Medians; ratios are against a baseline in the same run.`);
let failed = false;
for (const [name, measure] of Object.entries(parts).filter(([name]) => asked(name))) {
  try {
    for (const figure of await measure()) console.log(formatFigure(figure));
  } catch (error) {
    failed = true;
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
for (const name of apart.filter(asked)) {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  if (!existsSync(file)) continue;
  console.log(`\n${name}`);
  failed = spawnSync(process.execPath, [file], { stdio: 'inherit' }).status !== 0 || failed;
}
process.exitCode = failed ? 1 : 0;
