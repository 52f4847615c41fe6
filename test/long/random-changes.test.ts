import { vi } from 'vitest';
import { everyStore } from '../contract/every-store.ts';
import { describeRandomChanges } from '../contract/random-changes.contract.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

for (const [name, make] of Object.entries(everyStore())) describeRandomChanges(name, make, [2, 3, 4, 5, 6]);
