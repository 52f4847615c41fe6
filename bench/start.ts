import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watch } from '../test/docs/pty.ts';
import { type Figure, median } from './figures.ts';

const program = fileURLToPath(new URL('../bin/bindeled', import.meta.url));
const rounds = 9;

function bareNode(): number {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - started;
}

function oneCommand(home: string): number {
  const started = performance.now();
  spawnSync(program, ['shops', 'list', '--json'], { env: { ...process.env, BINDELED_HOME: home } });
  return performance.now() - started;
}

/** From the fork until the frame stands on the screen: its first line and its last. */
async function firstFrame(home: string): Promise<number> {
  const started = performance.now();
  const person = watch({
    command: [program],
    columns: 120,
    rows: 36,
    env: { BINDELED_HOME: home, BINDELED_LANG: 'en' },
  });
  try {
    await person.sees(/Bindeled[\s\S]*\? help/);
    return performance.now() - started;
  } finally {
    person.kill();
    await person.ended;
  }
}

/** How long a person waits for the first frame, and a script for an answer, against Node doing nothing. */
export async function benchStart(): Promise<readonly Figure[]> {
  const home = await mkdtemp(join(tmpdir(), 'bindeled-bench-'));
  try {
    spawnSync(program, ['shops', 'add', 'dk', '--platform', 'shopify', '--url', 'https://shop.example'], {
      env: { ...process.env, BINDELED_HOME: home },
    });
    const [frames, commands, bare]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(bareNode());
      commands.push(oneCommand(home));
      frames.push(await firstFrame(home));
    }
    const baseline = { what: 'node -e 0', value: median(bare) };
    return [
      { what: 'start to the first dashboard frame', ours: median(frames), baseline, unit: 'ms' },
      { what: 'one command, start to end', ours: median(commands), baseline, unit: 'ms' },
    ];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
