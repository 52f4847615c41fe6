import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { makeHome, runCli } from '../e2e/run-cli.ts';
import { registerChild } from '../support/children.ts';
import { startServing } from './serving.ts';

// The program is started several times, and a watchdog is waited for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const units = ['bindeled.service', 'bindeled-once.service', 'bindeled-once.timer'] as const;
const launcher = fileURLToPath(new URL('../../bin/bindeled', import.meta.url));
const works = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;
const hasAnalyze = works('systemd-analyze', '--version');
const hasNotify = works('systemd-notify', '--version') && works('perl', '-MSocket', '-e', '1');

/** The units as they are printed, in files. */
function printedUnits(): readonly string[] {
  const home = makeHome();
  onTestFinished(home.remove);
  return units.map((unit) => {
    const text = execFileSync('sh', [launcher, 'serve', 'install', '--print', '--unit', unit], {
      env: home.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const file = join(home.folder, unit);
    writeFileSync(file, text);
    return file;
  });
}

test.skipIf(!hasAnalyze)('systemd finds nothing wrong with the units as they are printed', () => {
  const files = printedUnits();
  // The manual page is where the package puts it, not where this checkout lies.
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test.skipIf(!hasAnalyze)('the services are shut in: systemd calls their exposure small', (context) => {
  const [service = '', once = ''] = printedUnits();
  for (const file of [service, once]) {
    const args = ['security', '--offline=true', '--threshold=40', '--no-pager', file];
    const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    context.skip(/unrecognized option|Unknown/.test(stderr), 'an older systemd cannot look at files');
    expect(status, stdout.split('\n').at(-2)).toBe(0);
  }
});

/** A service manager's socket; answers everything that was said into it. */
async function openNotifySocket(path: string): Promise<() => string> {
  const listen =
    'socket(S,AF_UNIX,SOCK_DGRAM,0); bind(S,sockaddr_un($ARGV[0])); $|=1; print "open\n"; print "$b\n" while defined recv(S,$b,4096,0)';
  const child = registerChild(
    spawn('perl', ['-MSocket', '-e', listen, path], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 30_000 }).toContain('open');
  return () => said;
}

test.skipIf(!hasNotify)(
  'as a unit of Type=notify: ready, alive again and again, stopping; its keys from credentials alone',
  async () => {
    const home = makeHome();
    onTestFinished(home.remove);
    const shop = fakeShop({ name: 'Uld DK', identity: 'https://dk.example', startsAt: Date.now() - 86_400_000 });
    shop.add({ sku: 'SOK-1', quantity: 4 });
    const served = await serve(shop, wooCommerceDialect);
    onTestFinished(served.close);
    const added = await runCli(home, ['shops', 'add', 'dk', '--platform', 'woocommerce', '--url', served.url]);
    expect(added.code, added.stderr).toBe(0);
    const [config, credentials] = [join(home.folder, 'config'), join(home.folder, 'credentials')];
    for (const folder of [config, credentials]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(config, 'config.json'), JSON.stringify({ serve: { port: 0 } }));
    writeFileSync(join(credentials, 'keys.env'), `BINDELED_DK_KEY=${rightKey.key}\n`);
    writeFileSync(join(credentials, 'BINDELED_DK_SECRET'), rightKey.secret);
    const { BINDELED_DK_KEY: _, BINDELED_DK_SECRET: __, ...env } = { ...home.env } as Record<string, string>;
    const socket = join(home.folder, 'notify');
    const told = await openNotifySocket(socket);
    const unit = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '3000000', CREDENTIALS_DIRECTORY: credentials };
    const server = await startServing({ ...env, ...unit });
    await server.sees('"outcome":"changed"');
    const count = (word: string): number => told().split(word).length - 1;
    await expect.poll(() => count('WATCHDOG=1'), { timeout: 60_000 }).toBeGreaterThan(2);
    expect(count('READY=1')).toBe(1);
    expect(told().indexOf('READY=1')).toBeLessThan(told().indexOf('WATCHDOG=1'));
    expect(count('STOPPING=1')).toBe(0);
    expect(await server.end('SIGTERM')).toBe(0);
    expect(count('STOPPING=1')).toBe(1);
    expect(server.said()).not.toContain(rightKey.secret);
  },
);
