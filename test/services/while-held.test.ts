import { expect, test } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { whileHeld } from '../../src/services/dependencies/while-held.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { makeProduct } from '../support/builders.ts';

test('whoever was stopped past the end of a lease writes nothing, before any timer tells it so', async () => {
  const store = memoryStore();
  let held = true;
  const lease = {
    held: true as const,
    lost: new AbortController().signal,
    isHeld: async () => held,
    release: async () => undefined,
  };
  const fenced = whileHeld(store, lease);
  const write = () => fenced.store.change(async () => ({ ...noChanges, put: { products: [makeProduct()] } }));
  held = false;
  await expect(write()).rejects.toMatchObject({ kind: 'locked' });
  expect(fenced.lost.aborted).toBe(true);
  expect((await store.counts()).products).toBe(0);
  held = true;
  await expect(write()).rejects.toMatchObject({ kind: 'locked' });
  const again = whileHeld(store, lease);
  await again.store.change(async () => ({ ...noChanges, put: { products: [makeProduct()] } }));
  expect((await store.counts()).products).toBe(1);
});
