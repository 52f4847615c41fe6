import { afterAll, afterEach, beforeEach } from 'vitest';
import { killChildren, killChildrenOf, testBegins } from './children.ts';

// Read before every file of tests: what a failed test left running is ended, so that a run always ends.
beforeEach(testBegins);
afterEach(() => killChildren('test'));
afterAll(() => {
  killChildren('file');
  // Also what nobody noted.
  killChildrenOf(process.pid);
});
