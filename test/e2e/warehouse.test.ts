import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../../src/demo/simulators/warehouses/peakwms.ts';
import { peakModel } from '../../src/demo/simulators/warehouses/peakwms-model.ts';
import { type CommandsProcess, makeHome, runCli, startCommands } from './run-cli.ts';

// The program is started, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let commands: CommandsProcess;
beforeAll(() => {
  commands = startCommands();
});
afterAll(() => commands.end());

test('stock files: chosen, tried, previewed, read and moved aside; then typed figures are refused', async () => {
  const home = makeHome();
  onTestFinished(home.remove);
  const drop = join(home.folder, 'drop');
  mkdirSync(drop);
  const file = join(drop, 'lager.csv');
  const write = (): void => {
    writeFileSync(file, "Varenr;Varenavn;Antal;Reserveret\nSOK-1;Sokker;10;2\n'=A-1;'+45 1;3;0\n");
    utimesSync(file, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  };
  write();
  const say = (...words: readonly string[]) => commands.run(home, words);

  expect(await say('warehouse', 'add', 'files', drop, '--master', 'warehouse')).toMatchObject({ code: 0 });
  expect((await say('warehouse', 'test')).stdout).toMatch(/SOK-1\s+Sokker\s+8/);
  expect((await say('warehouse', 'preview')).stdout).toContain('none of ours');
  const wrong = join(drop, 'forkert.csv');
  writeFileSync(wrong, 'Nummer;Antal\nSOK-1;10\n');
  utimesSync(wrong, new Date(Date.now() - 120_000), new Date(Date.now() - 120_000));
  rmSync(file);
  expect(await say('warehouse', 'preview')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^Nothing could be read[\s\S]*forkert\.csv, line 1, item number: the column is missing/,
    ),
  });
  rmSync(wrong);
  write();
  expect(readdirSync(drop)).toEqual(['lager.csv']);
  expect((await say('warehouse', 'sync')).stdout).toContain('2 read, 2 new');
  expect(readdirSync(drop)).toEqual(['taken']);
  // Our own guard against formulas is no part of an item number, nor of a name.
  expect((await say('show', '=A-1')).stdout).toMatch(/^=A-1 \+45 1\n/);
  expect((await say('show', 'SOK-1')).stdout).toMatch(/Figure from\s+Files in a folder says 8 to sell \(\d+/);
  const refused = await say('stock', 'set', 'SOK-1', '3');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('Stock comes from files');
});

test('PeakWMS: the key comes from the environment and is nowhere kept or said', async () => {
  const home = makeHome();
  onTestFinished(home.remove);
  const model = peakModel();
  const served = await serve(fakeShop({ name: 'peakwms' }), makePeakWmsDialect(model));
  onTestFinished(() => served.close());
  model.add({ sku: 'SOK-1', name: 'Sokker', productId: '10411', lots: [{ locationCode: 'A1', quantity: 14 }] });
  const withKey = (key: string, ...words: readonly string[]) =>
    commands.run(home, words, { BINDELED_WAREHOUSE_KEY: key });

  await withKey(model.key, 'warehouse', 'add', 'peakwms', `${served.url}/api/integration/v1`, '--master', 'warehouse');
  const wrong = await runCli(home, ['warehouse', 'sync'], { env: { BINDELED_WAREHOUSE_KEY: 'wrong-key-0000' } });
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr).toContain('the warehouse');
  const doctor = await withKey(model.key, 'doctor');
  expect(doctor.stdout).toMatch(/Warehouse: PeakWMS/);
  expect((await withKey(model.key, 'warehouse', 'sync')).stdout).toContain('1 read, 1 new');
  expect((await withKey(model.key, 'show', 'SOK-1')).stdout).toMatch(/PeakWMS says 14 to sell .*10411/);
  const kept = readdirSync(home.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(kept.some((text) => text.includes('peakwms'))).toBe(true);
  expect(kept.filter((text) => text.includes(model.key))).toEqual([]);
  expect(wrong.stderr + wrong.stdout + doctor.stdout).not.toMatch(/wrong-key-0000|peak-right/);
});
