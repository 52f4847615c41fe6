import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jsonStore } from '../../src/stores/json-store.ts';
import { fileLeases } from '../../src/stores/locking/leases.ts';
import { currentProcess, isProcessAlive } from '../../src/stores/locking/process-identity.ts';
import { checkStore } from '../../src/stores/maintenance/store-admin.ts';
import { numberedChange } from '../store/children/numbered-change.ts';
import { systemClock } from '../store/children/system-clock.ts';
import { registerChild } from '../support/children.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-machines-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pathOf = (name: string): string => fileURLToPath(new URL(`../store/children/${name}`, import.meta.url));
/** Ways to run a program elsewhere: in a process number space of its own, and on a machine of another name. */
const elsewhere = {
  'another number space': ['unshare', '-p', '-f', '--mount-proc', '--kill-child'],
  'a machine of another name': ['unshare', '-u', 'sh', '-c', 'hostname elsewhere && exec "$@"', 'sh'],
} as const;
const isAllowed = ([command, ...given]: readonly string[]): boolean =>
  spawnSync(command ?? '', [...given, process.execPath, '-e', '0']).status === 0;

const start = (given: readonly string[]): ChildProcess => {
  const [command = '', ...rest] = given;
  return registerChild(spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit', 'ignore'] }));
};
/** All that a process says until it ends. */
const spoken = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (more: Buffer) => {
      text += String(more);
    });
    child.once('close', (code) => resolve(text.trim() || `ended without a word, exit code ${code}`));
  });
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
};

for (const [place, command] of Object.entries(elsewhere)) {
  const writer = (how: string) => start([...command, process.execPath, pathOf('blocked-writer.ts'), folder, how]);
  const allowed = isAllowed(command);
  const why = allowed ? '' : ' (skipped: this system does not allow it)';

  test.skipIf(!allowed)(
    `a living holder in ${place} keeps its lock, and no confirmed change is lost${why}`,
    {
      timeout: 60_000,
    },
    async () => {
      const child = writer('alive');
      const outcome = spoken(child);
      await until(() => existsSync(join(folder, 'held')));
      const store = await jsonStore({ folder, clock: systemClock, staleMs: 1000 });
      const ours = store.change(async () => numberedChange('ours')).then(() => 'ours');
      // Three times as long as a holder without a sign of life would be given.
      const early = await Promise.race([ours, new Promise((resolve) => setTimeout(() => resolve('waiting'), 3000))]);
      expect(early).toBe('waiting');
      writeFileSync(join(folder, 'go'), '');
      expect(await outcome).toBe('confirmed');
      await ours;
      expect((await store.productPage({ limit: 9 })).map(({ id }) => id)).toEqual(['before', 'slow', 'ours']);
      await store.close();
      expect(await checkStore({ folder, clock: systemClock })).toMatchObject({ ok: true, found: { events: 3 } });
    },
  );

  test.skipIf(!allowed)(
    `a holder in ${place} that stood still loses its lock, notices, and writes nothing${why}`,
    {
      timeout: 60_000,
    },
    async () => {
      const child = writer('frozen');
      const outcome = spoken(child);
      await until(() => existsSync(join(folder, 'held')));
      const store = await jsonStore({ folder, clock: systemClock, staleMs: 1000 });
      await store.change(async () => numberedChange('ours'));
      writeFileSync(join(folder, 'go'), '');
      expect(await outcome).toMatch(/^refused: StoreError: locked/);
      await store.change(async () => numberedChange('ours again'));
      expect((await store.productPage({ limit: 9 })).map(({ id }) => id)).toEqual(['before', 'ours', 'ours again']);
      await store.close();
      expect(await checkStore({ folder, clock: systemClock })).toMatchObject({ ok: true, found: { events: 3 } });
    },
  );
}

test('of a process of another machine, number space or run of the machine the process list says nothing', () => {
  expect(isProcessAlive(currentProcess)).toBe(true);
  expect(isProcessAlive({ ...currentProcess, host: 'elsewhere/1' })).toBe('unknown');
  const [run, ticks] = currentProcess.started.split(' ');
  expect(isProcessAlive({ ...currentProcess, started: `another-${run} ${ticks}` })).toBe('unknown');
  expect(isProcessAlive({ ...currentProcess, started: `${run} 1` })).toBe(false);
});

test('a store whose lock another machine used lately says what is made for that', async () => {
  const store = await jsonStore({ folder, clock: systemClock });
  await store.change(async () => numberedChange('ours'));
  const ticket = { token: 'theirs', pid: 1, host: 'packing-pc/1', started: 'x 1' };
  writeFileSync(join(folder, 'locks', 'ticket-theirs'), JSON.stringify(ticket));
  await store.close();
  expect(await checkStore({ folder, clock: systemClock })).toMatchObject({
    found: { warnings: [{ kind: 'shared-folder', host: 'packing-pc' }] },
  });
});

test('a hundred leases leave no ticket, and those of the dead are taken away', async () => {
  const store = await jsonStore({ folder, clock: systemClock });
  const dead = { ...currentProcess, started: `${currentProcess.started.split(' ')[0]} 1`, token: 'dead' };
  for (let number = 0; number < 20; number += 1) {
    writeFileSync(join(folder, 'locks', `ticket-dead-${number}`), JSON.stringify(dead));
  }
  for (let number = 0; number < 100; number += 1) {
    const lease = await fileLeases({ folder, clock: systemClock }).take('sync:dk', 'reading dk');
    if (!lease.held) throw new Error('the lease was not given back');
    await lease.release();
  }
  await store.close();
  expect(readdirSync(join(folder, 'locks')).filter((name) => name.startsWith('ticket-'))).toEqual([]);
});

test('takers that want a lock at the same moment where there is no folder for it yet are all answered', {
  timeout: 120_000,
}, async () => {
  expect(await spoken(start([process.execPath, pathOf('lock-racer.ts'), folder]))).toBe('240 of 240 answered');
});
