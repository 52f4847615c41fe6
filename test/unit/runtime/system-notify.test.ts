import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { systemSupervisor } from '../../../src/runtime/system-notify.ts';

/** A folder with a `systemd-notify` that writes down what it was told, and in which socket's name. */
async function withNotify(): Promise<{ readonly PATH: string; readonly told: () => Promise<readonly string[]> }> {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-notify-'));
  const program = join(folder, 'systemd-notify');
  const file = join(folder, 'told');
  await writeFile(program, `#!/bin/sh\necho "$NOTIFY_SOCKET $*" >> '${file}'\n`);
  await chmod(program, 0o755);
  const told = async () => (await readFile(file, 'utf8')).trim().split('\n');
  return { PATH: [folder, process.env.PATH].join(delimiter), told };
}

const none = (error: unknown): never => {
  throw error;
};

test('systemd is told that the server is ready, lives and stops; of life no more often than is needed', async () => {
  const { PATH, told } = await withNotify();
  const env = { PATH, NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '90000000', BINDELED_DK_KEY: 'secret' };
  const supervisor = systemSupervisor(env, none);
  await supervisor?.ready();
  await supervisor?.alive();
  await supervisor?.alive();
  await supervisor?.stopping();
  expect(await told()).toEqual(['/run/notify READY=1', '/run/notify WATCHDOG=1', '/run/notify STOPPING=1']);
});

test('without a watchdog nothing is said of life, and without systemd nothing at all', async () => {
  const { PATH, told } = await withNotify();
  const supervisor = systemSupervisor({ PATH, NOTIFY_SOCKET: '/run/notify' }, none);
  await supervisor?.alive();
  await supervisor?.ready();
  expect(await told()).toEqual(['/run/notify READY=1']);
  expect(systemSupervisor({ PATH }, none)).toBeUndefined();
});

test('where it cannot be told the server goes on, and that is said', async () => {
  const errors: unknown[] = [];
  const supervisor = systemSupervisor({ PATH: '/nowhere', NOTIFY_SOCKET: '/run/notify' }, (error) =>
    errors.push(error),
  );
  await supervisor?.ready();
  expect(errors).toHaveLength(1);
});
