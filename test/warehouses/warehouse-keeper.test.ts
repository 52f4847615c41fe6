import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { toWarehouseId, type WarehouseSettings } from '../../src/domain/warehouse/warehouse.ts';
import { openWarehouseKeeper } from '../../src/runtime/warehouse-keeper.ts';
import { SettingsError } from '../../src/settings.ts';
import { moveStore } from '../../src/stores/move-store.ts';
import { storeEngine } from '../../src/stores/open-store.ts';
import { memorySharedState } from '../../src/stores/shared-state/memory-shared-state.ts';
import { morning } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';

// It opens stores on disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const settings: WarehouseSettings = {
  kind: toWarehouseId('peakwms'),
  address: 'https://api.peakwms.com/api/integration/v1',
  master: 'warehouse',
  options: { per_minute: '60' },
  addedAt: morning,
};
const state = { readAt: morning, products: 3 };

/** A store that two machines share, each with a folder of its own. */
function open() {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-keeper-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const shared = memorySharedState(makeClock());
  const files = { settings: join(folder, 'warehouse.json'), state: join(folder, 'warehouse-state.json') };
  const none = { settings: join(folder, 'other.json'), state: join(folder, 'other-state.json') };
  const old = (): void => {
    writeFileSync(files.settings, JSON.stringify(settings));
    writeFileSync(files.state, JSON.stringify(state));
  };
  return { folder, shared, files, none, old, here: (readOnly = false) => openWarehouseKeeper(shared, files, readOnly) };
}

test('what one machine chooses and reads, another on the store sees; taken back there, it is gone here', async () => {
  const { shared, none, here } = open();
  const one = await here();
  const other = await openWarehouseKeeper(shared, none, false);
  expect([one.settings(), one.state()]).toEqual([undefined, {}]);
  await one.save(settings);
  await one.saveState(state);
  await other.refresh();
  expect([other.settings(), other.state()]).toEqual([settings, state]);
  await other.save(undefined);
  await one.refresh();
  expect(one.settings()).toBeUndefined();
});

test('what an older version kept in files is taken over once, and never comes back', async () => {
  const { shared, files, none, old, here } = open();
  old();
  const first = await here();
  expect([first.settings(), first.state()]).toEqual([settings, state]);
  expect((await openWarehouseKeeper(shared, none, false)).settings()).toEqual(settings);
  await first.save(undefined);
  expect((await here()).settings()).toBeUndefined();
  expect(JSON.parse(readFileSync(files.settings, 'utf8'))).toEqual(settings);
});

test('a program that may only look takes over nothing, and shows what is chosen', async () => {
  const { shared, old, here } = open();
  old();
  expect((await here(true)).settings()).toEqual(settings);
  expect(await shared.list('')).toEqual([]);
});

test('a choice that cannot be read is told with its key, in the store as in the file, and none is made in its place', async () => {
  const { shared, files, old, here } = open();
  old();
  writeFileSync(
    files.settings,
    readFileSync(files.settings, 'utf8').replace('"master":"warehouse"', '"master":"nobody"'),
  );
  await expect(here()).rejects.toThrowError(/warehouse\.json: master/);
  await shared.put('warehouse', { settings: { ...settings, master: 'nobody' } });
  await expect(here()).rejects.toBeInstanceOf(SettingsError);
  await expect(here()).rejects.toThrowError(/master/);
});

test('a state that cannot be read confirms no figure', async () => {
  const { shared, here } = open();
  await shared.put('warehouse', { settings });
  await shared.put('warehouse-state', { readAt: 'yesterday' });
  expect((await here()).state()).toEqual({});
});

test('a store that is moved keeps its warehouse', async () => {
  const { folder, none } = open();
  const clock = makeClock();
  const places = { jsonFolder: join(folder, 'json'), sqliteFile: join(folder, 'one.sqlite') };
  const configs = [
    { kind: 'json', folder: places.jsonFolder },
    { kind: 'sqlite', path: places.sqliteFile },
    { kind: 'json', folder: join(folder, 'back') },
  ] as const;
  const opened = await (await storeEngine(configs[0], clock, places)).open();
  await (await openWarehouseKeeper(opened.shared, none, false)).save(settings);
  await opened.store.close();
  for (const [place, to] of configs.slice(1).entries()) {
    const from = configs[place]!;
    expect(await moveStore({ from, to, clock })).toMatchObject({ kind: 'moved' });
    const moved = await (await storeEngine(to, clock, places)).open();
    expect((await openWarehouseKeeper(moved.shared, none, false)).settings()).toEqual(settings);
    await moved.store.close();
  }
  expect(existsSync(none.settings)).toBe(false);
});
