import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { parseSku, toProductId } from '../../src/domain/ids.ts';
import { makePauseWork } from '../../src/stores/compaction/pause.ts';
import { lastEvents } from '../../src/stores/generation/last-events.ts';
import { readManifest } from '../../src/stores/generation/manifest.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { makeProduct } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bindeled-pause-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const generation = async (): Promise<number | undefined> => (await readManifest(folder))?.generation;

test('a snapshot that is due is not written while changes come, but when the store is closed', async () => {
  const options = { folder, clock: makeClock(), compactAfter: 1_000_000, compactInPauseAfter: 2000 };
  const store = await jsonStore(options);
  for (let number = 1; number <= 20; number += 1) {
    const product = makeProduct({ id: toProductId(`P-${number}`), sku: parseSku(`SKU-${number}`) });
    await store.change(async () => ({ ...noChanges, put: { products: [product] } }));
  }
  expect(await generation()).toBe(1);
  await store.close();
  expect(await generation()).toBe(2);
  const again = await jsonStore(options);
  expect((await again.counts()).products).toBe(20);
  await again.close();
});

test('work that is due waits for a pause, and is done once', async () => {
  vi.useFakeTimers();
  let done = 0;
  const pause = makePauseWork(async () => {
    done += 1;
  }, 2000);
  pause.due();
  await vi.advanceTimersByTimeAsync(1500);
  pause.due();
  await vi.advanceTimersByTimeAsync(1500);
  expect(done).toBe(0);
  await vi.advanceTimersByTimeAsync(500);
  expect(done).toBe(1);
  await pause.finish();
  expect(done).toBe(1);
});

test('work that fails in a pause ends nothing', async () => {
  const pause = makePauseWork(async () => {
    throw new Error('the disk is full');
  }, 60_000);
  pause.due();
  await expect(pause.finish()).resolves.toBeUndefined();
});

test.each([
  ['a text that looks like a list of events', { events: [{ note: '","events":[' }] }],
  ['a list of that name within an event', { events: [{ note: 'a', events: [{ seq: 9 }] }] }],
  ['a record with such a list', { put: { products: [{ events: [1] }] }, events: [] }],
])('%s is read as it was written', (_, line) => {
  const body = Buffer.from(JSON.stringify({ after: 'x', term: 0, put: {}, drop: {}, ...line }));
  expect(lastEvents(body) ?? JSON.parse(body.toString()).events).toEqual(line.events);
});
