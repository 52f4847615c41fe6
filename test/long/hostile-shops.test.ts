import { expect, test } from 'vitest';
import { runScript } from './run-script.ts';

test('hostile shops of all ten platforms: every call ends by itself, in bounds, and no link goes', {
  timeout: 2_400_000,
}, async () => {
  const said = await runScript('hostile-shops.ts');
  expect(said).not.toContain('WRONG');
  expect(said.match(/^ok /gm)?.length ?? 0).toBeGreaterThan(500);
});
