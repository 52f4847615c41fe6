import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import type { ServerReport } from '../../src/domain/servers/server-report.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { storeEngine } from '../../src/stores/open-store.ts';
import { serverBoard } from '../../src/stores/shared-state/server-board.ts';
import { makeHome, runCli } from '../e2e/run-cli.ts';
import { registerChild } from '../support/children.ts';
import { makeSchema } from '../support/postgres/schema.ts';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const shopIds = ['s1', 's2', 's3', 's4', 's5', 's6'] as const;

test('two servers on one PostgreSQL: each shop is read by one, and a dead one is followed within its lease', {
  timeout: 300_000,
}, async () => {
  const { url, remove } = await makeSchema();
  onTestFinished(remove);
  const home = makeHome();
  onTestFinished(home.remove);
  const keys = shopIds.flatMap((id) => [
    [`BINDELED_${id.toUpperCase()}_KEY`, rightKey.key],
    [`BINDELED_${id.toUpperCase()}_SECRET`, rightKey.secret],
  ]);
  const env = { ...home.env, BINDELED_STORE: url, ...Object.fromEntries(keys) };
  mkdirSync(join(home.folder, 'config'), { recursive: true });
  writeFileSync(join(home.folder, 'config', 'config.json'), JSON.stringify({ shopsAtOnce: 1, serve: { port: 0 } }));
  // No reading ends before both servers are seen at work, however late the second one starts.
  const bothAtWork = Promise.withResolvers<void>();
  for (const [place, id] of shopIds.entries()) {
    const shop = fakeShop({
      identity: `https://${id}.example`,
      firstId: 1000 * (place + 1),
      startsAt: Date.now() - 86_400_000,
    });
    for (let n = 0; n < 300; n += 1) shop.add({ sku: `SKU-${n}`, title: `Product ${n}`, quantity: 3 });
    shop.temper.hold = bothAtWork.promise;
    const served = await serve(shop, wooCommerceDialect);
    onTestFinished(served.close);
    const added = await runCli(home, ['shops', 'add', id, '--platform', 'woocommerce', '--url', served.url], { env });
    expect(added.code, added.stderr).toBe(0);
  }
  const places = { jsonFolder: join(home.folder, 'json'), sqliteFile: join(home.folder, 'sqlite') };
  const { store, shared } = await (
    await storeEngine({ kind: 'postgres', connection: url }, systemClock, places)
  ).open();
  onTestFinished(() => store.close());
  const board = serverBoard(shared);

  const start = (): ChildProcess =>
    registerChild(spawn(process.execPath, [program, 'serve'], { env, stdio: 'ignore' }));
  const reading = ({ doing }: ServerReport) =>
    doing.flatMap(({ what, shopId }) => (what === 'full' ? [String(shopId)] : []));
  const servers = [start(), start()] as const;
  const seen = new Map<number, Set<string>>();
  /** Looks until something is so; at no moment do two servers read one shop. */
  const until = async <Value>(
    found: (reports: readonly ServerReport[]) => Promise<Value | undefined>,
  ): Promise<Value> => {
    for (;;) {
      const reports = (await board.list()).map(({ report }) => report);
      for (const report of reports) {
        const shopsOf = seen.get(report.pid) ?? new Set<string>();
        for (const id of reading(report)) shopsOf.add(id);
        seen.set(report.pid, shopsOf);
      }
      const value = await found(reports);
      if (value !== undefined) return value;
      await pause(50);
    }
  };
  const pids = servers.map(({ pid }) => pid ?? 0);
  // Both are at work, on shops of their own, when the first is ended by force.
  const orphan = await until(async (reports) => {
    const [first, second] = pids.map((pid) => reports.find((report) => report.pid === pid));
    if (first === undefined || second === undefined) return undefined;
    const [ours, theirs] = [reading(first), reading(second)];
    return ours.length > 0 && theirs.length > 0 && !theirs.includes(ours[0] ?? '') ? ours[0] : undefined;
  });
  servers[0].kill('SIGKILL');
  await once(servers[0], 'exit');
  bothAtWork.resolve();
  await until(async () => {
    const states = await store.shopStates();
    const whole = states.filter(({ run, lastComplete }) => lastComplete !== undefined && run?.status === 'finished');
    return whole.length === shopIds.length ? true : undefined;
  });
  expect(seen.get(pids[1] ?? 0)).toContain(orphan);
  for (const id of shopIds) {
    const runs = (await store.history({ types: ['run-finished'], limit: 100 })).filter(
      (event) => event.type === 'run-finished' && event.run.shopId === id && event.run.kind === 'full',
    );
    expect(
      runs.filter((event) => event.type === 'run-finished' && event.run.status === 'finished'),
      id,
    ).toHaveLength(1);
  }
  expect((await store.counts()).integrations).toBe(300 * shopIds.length);
  servers[1].kill('SIGTERM');
  const [code] = (await once(servers[1], 'exit')) as [number];
  expect(code).toBe(0);
});
