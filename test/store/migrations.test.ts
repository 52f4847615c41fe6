import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import { storeVersion } from '../../src/stores/generation/manifest.ts';
import { migrations, upgradeFrom } from '../../src/stores/generation/migrations.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { checkStore } from '../../src/stores/maintenance/store-admin.ts';
import { makeIntegration, makeListing, makeLocationStock, mette, program, refTo } from '../support/builders.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fixtures = fileURLToPath(new URL('../fixtures/store/', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('each step is numbered, in order, and leads to the version that is written; each old version has a fixture', () => {
  expect(migrations.map(({ to }) => to)).toEqual(migrations.map((_, place) => place + 2));
  expect(migrations.map(({ name }) => Number.parseInt(name, 10))).toEqual(migrations.map(({ to }) => to));
  expect(migrations.at(-1)?.to).toBe(storeVersion);
  expect(readdirSync(fixtures)).toEqual(migrations.map(({ to }) => `v${to - 1}`));
});

test('the store of version 1 opens as today’s, whole, and its files are kept beside', async () => {
  cpSync(join(fixtures, 'v1'), folder, { recursive: true });
  const before = readFileSync(join(folder, 'store.json'), 'utf8');
  const store = await jsonStore({ folder, clock: systemClock });
  expect(await store.integrationsOn(toShopId('dk'))).toEqual([makeIntegration()]);
  expect(await store.tombstonesOf([toProductId('p2')])).toMatchObject([{ by: mette, integration: { by: mette } }]);
  expect((await store.history({ limit: 9 })).map(({ seq, by }) => [seq, by])).toEqual([
    [2, mette],
    [1, program],
  ]);
  await store.change(async () => numberedChange('new'));
  await store.close();

  const kept = join(folder, `before-version-${storeVersion}-from-1`);
  expect(readFileSync(join(kept, 'store.json'), 'utf8')).toBe(before);
  expect(await checkStore({ folder: kept, clock: systemClock })).toMatchObject({
    ok: true,
    found: { version: 1, events: 2 },
  });
  expect(await checkStore({ folder, clock: systemClock })).toMatchObject({
    ok: true,
    found: { version: storeVersion, events: 3 },
  });
});

test('the store of version 2 opens with all that lay under one id laid beside it, and links without their reading', async () => {
  cpSync(join(fixtures, 'v2'), folder, { recursive: true });
  const store = await jsonStore({ folder, clock: systemClock });
  const [listing, other] = await store.listingsAt([refTo('dk', '101'), refTo('dk', '102')]);
  expect(listing).toEqual(
    makeListing({
      beside: [
        makeListing({ sku: toSku('A-100-COPY') }),
        makeListing({ sku: toSku('A-101'), newcomer: true }),
        makeListing({ sku: toSku('A-102'), newcomer: true }),
      ],
    }),
  );
  expect(other?.beside).toEqual([makeListing({ sku: toSku('A-100-COPY') })]);
  expect(await store.integrationsOn(toShopId('dk'))).toEqual([makeIntegration()]);
  const lost = makeIntegration({ productId: toProductId('p2'), ref: refTo('dk', '102') });
  expect((await store.tombstonesOf([toProductId('p2')]))[0]?.integration).toEqual(lost);
  expect((await store.history({ limit: 9 })).map((event) => 'integration' in event && event.integration)).toEqual([
    lost,
    makeIntegration(),
  ]);
  await store.close();
});

test('the store of version 3 opens with all that its unchained journal holds, and goes on with a chained one', async () => {
  cpSync(join(fixtures, 'v3'), folder, { recursive: true });
  expect(await checkStore({ folder, clock: systemClock })).toMatchObject({
    ok: true,
    found: { version: 3, events: 3 },
  });
  const store = await jsonStore({ folder, clock: systemClock });
  expect((await store.productPage({ limit: 9 })).map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
  await store.change(async () => numberedChange('new'));
  await store.close();
  const journal = readFileSync(join(folder, 'journal-000003.jsonl'), 'utf8');
  expect(journal).toMatch(/^[0-9a-f]{8} \d+ \{"after":"[0-9a-f]{8}","term":0,"put"/);
  expect(await checkStore({ folder, clock: systemClock })).toMatchObject({
    ok: true,
    found: { version: storeVersion, events: 4 },
  });
});

test('the store of version 4 opens whole, knows no stock by location, and keeps what is written of it', async () => {
  cpSync(join(fixtures, 'v4'), folder, { recursive: true });
  expect(await checkStore({ folder, clock: systemClock })).toMatchObject({
    ok: true,
    found: { version: 4, events: 3 },
  });
  const store = await jsonStore({ folder, clock: systemClock });
  const ids = (await store.productPage({ limit: 9 })).map(({ id }) => id);
  expect(ids).toEqual(['p1', 'p2', 'p3']);
  expect(await store.stockLevelsOf(ids)).toEqual([]);
  await store.change(async () => ({ ...noChanges, put: { stockLevels: [makeLocationStock()] } }));
  await store.close();
  const again = await jsonStore({ folder, clock: systemClock });
  expect(await again.stockLevelsOf(ids)).toEqual([makeLocationStock()]);
  await again.close();
});

test('the store of version 5 opens whole with shops of one figure, and keeps what is told by location from then on', async () => {
  cpSync(join(fixtures, 'v5'), folder, { recursive: true });
  expect(await checkStore({ folder, clock: systemClock })).toMatchObject({
    ok: true,
    found: { version: 5, events: 1 },
  });
  const store = await jsonStore({ folder, clock: systemClock });
  const [shop] = await store.shops();
  expect(shop).toMatchObject({ locations: ['A-*'] });
  expect(await store.unsentProducts({ shopId: shop!.id, limit: 9 })).toEqual([]);
  const link = (await store.integrationsOn(shop!.id))[0]!;
  expect(link.pushed).toEqual({ quantity: 6, at: expect.any(String) });
  const told = { ...shop!, locations: undefined, shopLocations: [{ id: '1', name: 'Aarhus', from: ['A-*'] }] };
  await store.change(async () => ({ ...noChanges, put: { shops: [told] } }));
  expect(await store.unsentProducts({ shopId: shop!.id, limit: 9 })).toEqual(['p1']);
  await store.close();
  const again = await jsonStore({ folder, clock: systemClock });
  expect((await again.shops())[0]).toEqual(JSON.parse(JSON.stringify(told)));
  await again.close();
});

test('a step changes nothing but what it names, and gives the same each time', () => {
  const upgrade = upgradeFrom(1);
  const row = { productId: 'p', by: '(sync)', how: 'sync' };
  expect(upgrade?.record('integrations', row)).toEqual({ ...row, by: program });
  expect(upgrade?.record('integrations', upgrade.record('integrations', row))).toEqual({ ...row, by: program });
  expect(upgrade?.record('rulings', { by: 'mette' })).toEqual({ by: 'mette' });
  expect(upgradeFrom(storeVersion)).toBeUndefined();
});
