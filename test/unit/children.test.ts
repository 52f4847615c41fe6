import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { killChildren, registerChild, testBegins } from '../support/children.ts';

// Much is computed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A process that nobody waits for stays in the list of the kernel, dead. */
const isRunning = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const waits = 'setInterval(() => undefined, 1_000)';
const startsAnother = `const child = require('node:child_process').spawn(process.execPath, ['-e', '${waits}']);
  console.log(child.pid); ${waits}`;

test.skipIf(process.platform !== 'linux')(
  'what a test started is ended with it, and so is what that started',
  async () => {
    testBegins();
    const child = registerChild(
      spawn(process.execPath, ['-e', startsAnother], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    const grandchild = await new Promise<number>((resolve) =>
      child.stdout.once('data', (text) => resolve(Number(text))),
    );
    expect(isRunning(grandchild)).toBe(true);
    killChildren('test');
    expect(await ended).toBe('SIGKILL');
    await expect.poll(() => isRunning(grandchild)).toBe(false);
  },
);

test.skipIf(process.platform !== 'linux')('what was started outside a test lives until its file ends', async () => {
  killChildren('test');
  const child = registerChild(spawn(process.execPath, ['-e', waits], { stdio: 'ignore' }));
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  testBegins();
  killChildren('test');
  expect(child.signalCode).toBeNull();
  expect(isRunning(child.pid ?? 0)).toBe(true);
  killChildren('file');
  expect(await ended).toBe('SIGKILL');
});
