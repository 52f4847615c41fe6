// What every run of tests has: processes that end with their test, and a run that always ends. Time-outs are vitest's
// own; a test that needs longer says so itself.
export default {
  test: {
    setupFiles: ['test/support/kill-children.ts'],
    globalSetup: ['test/support/watchdog.ts'],
  },
};
