import { expect, test } from 'vitest';
import { resolveTheme } from '../../../src/runtime/terminal/terminal-theme.ts';

test.each([
  ['auto', { TERM: 'xterm-mono' }, 'mono'],
  ['auto', { TERM: 'xterm-m' }, 'mono'],
  ['auto', { TERM: 'xterm-256color', NO_COLOR: '1' }, 'mono'],
  ['auto', { TERM: 'xterm-256color', COLORFGBG: '0;15' }, 'light'],
  ['auto', { TERM: 'screen' }, 'dark'],
  ['dark', { TERM: 'xterm-mono' }, 'dark'],
] as const)('%s on %j is %s', (wanted, env, theme) => {
  expect(resolveTheme(wanted, env)).toBe(theme);
});
