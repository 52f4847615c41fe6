import { afterAll, afterEach, beforeEach } from 'vitest';
import { compiledFolder, killChildren, killChildrenOf, testBegins } from './children.ts';

// Read before every file of tests: what a failed test left running is ended, so that a run always ends.
process.env.NODE_COMPILE_CACHE = process.env[compiledFolder] ?? '';
beforeEach(testBegins);
afterEach(() => killChildren('test'));
afterAll(() => {
  killChildren('file');
  // Also what nobody noted.
  killChildrenOf(process.pid);
});
