// What every run of tests has: processes that end with their test, a run that always ends, and one database server for
// those that ask. Time-outs are vitest's own; a test that needs longer says so itself.
export default {
  test: {
    setupFiles: ['test/support/kill-children.ts'],
    globalSetup: ['test/support/watchdog.ts', 'test/support/postgres/lazily.ts'],
  },
};
