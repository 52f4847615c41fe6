// What every run of tests has: processes that end with their test, a run that always ends, and one database server for
// those that ask. Time-outs are vitest's own; a test that needs longer says so itself.
export default {
  test: {
    setupFiles: ['test/support/kill-children.ts'],
    globalSetup: ['test/support/watchdog.ts', 'test/support/postgres/lazily.ts'],
    // Loading the program takes longer than most files of tests, and nothing stands in for a module: those that run in
    // one process share what is loaded. A test leaves no environment variable, timer or listener behind.
    isolate: false,
    // Vitest would leave one processor idle, which is half of a small machine.
    maxWorkers: '100%',
    // What is waited for comes, or the test's own time-out says what did not.
    expect: { poll: { timeout: 30_000 } },
  },
};
