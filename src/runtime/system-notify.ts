import { spawn } from 'node:child_process';
import type { Supervisor } from '../server/supervisor.ts';
import type { Environment } from './environment/paths.ts';

/**
 * Tells systemd that the server is ready, lives and stops, as a unit of `Type=notify` wants it. By `systemd-notify`,
 * since Node has no datagram sockets in the file system. Tells nobody where no service manager listens.
 */
export function systemSupervisor(env: Environment, onError: (error: unknown) => void): Supervisor | undefined {
  const { NOTIFY_SOCKET, PATH, WATCHDOG_USEC } = env;
  if (NOTIFY_SOCKET === undefined || NOTIFY_SOCKET === '') return undefined;
  const notify = (...words: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      const child = spawn('systemd-notify', words, { stdio: 'ignore', timeout: 5000, env: { NOTIFY_SOCKET, PATH } });
      child.on('error', (error) => {
        onError(error);
        resolve();
      });
      child.on('exit', (code) => {
        if (code !== 0) onError(new Error(`systemd-notify ended with ${code}`));
        resolve();
      });
    });
  const watchdogMs = Number(WATCHDOG_USEC ?? 0) / 1000;
  let notifiedAt = Number.NEGATIVE_INFINITY;
  return {
    ready: () => notify('READY=1'),
    alive: async () => {
      // Three times within the limit: one that is late is no reason to be started anew.
      if (!(watchdogMs > 0) || performance.now() - notifiedAt < watchdogMs / 3) return;
      notifiedAt = performance.now();
      await notify('WATCHDOG=1');
    },
    stopping: () => notify('STOPPING=1'),
  };
}
