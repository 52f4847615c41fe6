import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const log = fileURLToPath(new URL('../../src/runtime/log.ts', import.meta.url));

test('a log that does not fit on the disk any more stops nobody', { timeout: 30_000 }, (context) => {
  if (!existsSync('/dev/full')) return context.skip('this system has no disk that is always full');
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-log-'));
  try {
    symlinkSync('/dev/full', join(folder, 'bindeled.log'));
    const program = `
      const { makeLog } = await import(${JSON.stringify(log)});
      const log = makeLog(${JSON.stringify(folder)}, () => []);
      await log.note('first');
      await log.trouble('second', new Error('no'));
      setTimeout(() => console.log('went on'), 1);
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 25_000,
      killSignal: 'SIGKILL',
    });
    expect(stderr).toBe('');
    expect(stdout).toBe('went on\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
