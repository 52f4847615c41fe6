import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const demo = fileURLToPath(new URL('../../dist/demo.js', import.meta.url));

test('without a terminal the whole story is told, nothing is left behind, and it ends well', () => {
  const tmp = mkdtempSync(join(tmpdir(), 'bindeled-demo-test-'));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [demo, '--lang', 'en'], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: tmp, NO_COLOR: '1' },
      timeout: 140_000,
      killSignal: 'SIGKILL',
    });
    expect(stdout + stderr).not.toMatch(/\bundefined\b|\bNaN\b|\[object /);
    expect(status).toBe(0);
    for (const seen of [
      '6 of 7 shops',
      'mette',
      'LY7709-20M',
      'TE7005-SA',
      'SK6001-SO-42',
      'LY7713-SO',
      'DanDomain Webshop',
      'PrestaShop',
      'HU8004-55',
    ]) {
      expect(stdout).toContain(seen);
    }
    expect(readdirSync(tmp)).toEqual([]);
  } finally {
    rmSync(tmp, { recursive: true, force: true });
  }
}, 150_000);
