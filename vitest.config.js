import { availableParallelism } from 'node:os';

// What every run of tests has: processes that end with their test, a run that always ends, and one database server for
// those that ask. Time-outs are vitest's own; a test that needs longer says so itself.

// React as it is shipped: its development edition takes three times as long to draw. And a size for the terminal that
// is not there: Ink would start a program at each drawing to ask for one.
Object.assign(process.env, { NODE_ENV: 'production', COLUMNS: '80', LINES: '24' });

export default {
  test: {
    setupFiles: ['test/support/kill-children.ts'],
    globalSetup: ['test/support/watchdog.ts', 'test/support/postgres/lazily.ts'],
    // Loading the program takes longer than most files of tests, and nothing stands in for a module: those that run in
    // one process share what is loaded. A test leaves no environment variable, timer or listener behind.
    isolate: false,
    // One more than there are processors: much of a test is waiting, and on a small machine one would stand still.
    maxWorkers: availableParallelism() + 1,
    // What is waited for comes, or the test's own time-out says what did not.
    expect: { poll: { timeout: 30_000 } },
  },
};
