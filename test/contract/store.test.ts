import { vi } from 'vitest';
import { describeChangedFields } from './changed-fields.contract.ts';
import { everyStore } from './every-store.ts';
import { describeQuestions } from './questions.contract.ts';
import { describeRandomChanges } from './random-changes.contract.ts';
import { describeStore } from './store.contract.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

for (const [name, make] of Object.entries(everyStore())) {
  // Between a server and its client each question takes its time. Many seeds are in test/long.
  const isFar = name === 'postgres';
  describeStore(name, make);
  describeQuestions(name, make);
  describeRandomChanges(name, make, isFar ? [1] : [1, 2]);
  describeChangedFields(name, make, isFar ? 'what-changed' : 'all');
}
