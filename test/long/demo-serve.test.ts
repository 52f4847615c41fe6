import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { demoShops } from '../../src/demo/shops/demo-shops.ts';
import { registerChild } from '../support/children.ts';

const demo = fileURLToPath(new URL('../../dist/demo.js', import.meta.url));
const program = fileURLToPath(new URL('../../bin/bindeled', import.meta.url));

test('--serve says lines that can be copied and then work, until it is stopped', async () => {
  const home = mkdtempSync(join(tmpdir(), 'bindeled-serve-'));
  const shops = registerChild(
    spawn(process.execPath, [demo, '--serve', '--lang', 'en'], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const ended = new Promise<number | null>((resolve) => shops.on('exit', resolve));
  try {
    let said = '';
    for await (const bytes of shops.stdout.setEncoding('utf8')) {
      said += bytes;
      if (said.includes('bindeled push --dry-run')) break;
    }
    const lines = said.split('\n').filter((line) => /^(export|bindeled shops add) /.test(line));
    expect(lines.filter((line) => line.startsWith('bindeled shops add'))).toHaveLength(demoShops.length);
    const tests = demoShops.map(({ id }) => `bindeled shops test ${id}`);
    const script = [...lines, ...tests, 'bindeled sync dk', 'bindeled show KO7513-BL'].join('\n');
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', `bindeled() { "${program}" "$@"; }\n${script}`], {
      encoding: 'utf8',
      env: { ...process.env, BINDELED_HOME: home, BINDELED_LANG: 'en' },
      timeout: 100_000,
      killSignal: 'SIGKILL',
    });
    expect(stderr).not.toMatch(/Error/);
    expect([0, 1]).toContain(status);
    expect(stdout).toContain('KO7513-BL');
  } finally {
    shops.kill('SIGINT');
    expect(await ended).toBe(0);
    rmSync(home, { recursive: true, force: true });
  }
}, 120_000);
