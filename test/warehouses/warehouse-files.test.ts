import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { toWarehouseId, type WarehouseSettings } from '../../src/domain/warehouse/warehouse.ts';
import { makeWarehouseKeeper } from '../../src/runtime/warehouse-files.ts';
import { SettingsError } from '../../src/settings.ts';
import { morning } from '../support/builders.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const settings: WarehouseSettings = {
  kind: toWarehouseId('peakwms'),
  address: 'https://api.peakwms.com/api/integration/v1',
  master: 'warehouse',
  options: { per_minute: '60' },
  addedAt: morning,
};

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-keeper-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [file, state] = [join(folder, 'config', 'warehouse.json'), join(folder, 'warehouse-state.json')];
  return { file, state, keeper: makeWarehouseKeeper(file, state) };
}

test('the choice is kept, read again, and taken back', () => {
  const { file, state, keeper } = open();
  expect(keeper.settings()).toBeUndefined();
  keeper.save(settings);
  keeper.saveState({ readAt: morning, products: 3 });
  const again = makeWarehouseKeeper(file, state);
  expect(again.settings()).toEqual(settings);
  expect(again.state()).toEqual({ readAt: morning, products: 3 });
  expect(statSync(file).mode & 0o077).toBe(0);
  keeper.save(undefined);
  expect(again.settings()).toBeUndefined();
});

test('a choice that cannot be read is told with its file and key, and no other is made in its place', () => {
  const { file, keeper } = open();
  keeper.save(settings);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"warehouse"', '"nobody"'));
  expect(() => keeper.settings()).toThrowError(SettingsError);
  expect(() => keeper.settings()).toThrowError(/warehouse\.json: master/);
});

test('a state that cannot be read confirms no figure', () => {
  const { state, keeper } = open();
  writeFileSync(state, '{"readAt": "yesterday"}');
  expect(keeper.state()).toEqual({});
});
