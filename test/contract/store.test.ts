import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { jsonStore } from '../../src/stores/json-store.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { makeClock } from '../support/clock.ts';
import { describeStore } from './store.contract.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

describeStore('memory', async () => ({ open: async () => memoryStore(), remove: async () => undefined }));

const onDisk = (compactAfter: number) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-contract-'));
  return {
    open: () => jsonStore({ folder, clock: makeClock(), compactAfter }),
    remove: () => rm(folder, { recursive: true }),
  };
};
describeStore('json', onDisk(16 * 1024 * 1024));
describeStore('json, with a new snapshot after every change', onDisk(1));
