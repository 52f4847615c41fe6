import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Session } from '../support/play-sessions.tsx';
import { keys } from '../support/screen.tsx';

// Two programs are built, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const { memoizeInk } = await import(new URL('../../bin/memoize-ink.js', import.meta.url).href);

/** What people did at the screen, key by key, in the sizes and colours that they have. */
const sessions: readonly Session[] = [
  {
    columns: 80,
    rows: 24,
    theme: 'dark',
    pressed: ['/', ...'skov', keys.enter, 'j', 'j', keys.enter, keys.tab, keys.tab, 'w', keys.escape, keys.escape],
  },
  {
    columns: 120,
    rows: 40,
    theme: 'light',
    pressed: ['2', 'j', ' ', 'j', ' ', 's', '2', '/', ...'grøn', keys.enter, keys.escape, '4', '5', '6', '7', '8', '?'],
  },
  {
    columns: 200,
    rows: 60,
    theme: 'mono',
    pressed: [':', ...'push --dry-run', keys.enter, 'j', 'j', keys.escape, ':', ...'sync dk', keys.enter, '8', 'k'],
  },
];

type Played = { play(sessions: readonly Session[]): Promise<readonly string[]> };

let folder = '';
const { FORCE_COLOR } = process.env;
beforeAll(async () => {
  process.env.FORCE_COLOR = '1';
  folder = await mkdtemp(join(root, 'node_modules', '.memoized-frames-'));
});
afterAll(async () => {
  if (FORCE_COLOR === undefined) delete process.env.FORCE_COLOR;
  else process.env.FORCE_COLOR = FORCE_COLOR;
  await rm(folder, { recursive: true, force: true });
});

/** The screens and what plays on them in one file, Ink included, as the release has them. */
async function build(name: string, plugins: readonly Plugin[]): Promise<Played> {
  const bundle = await rolldown({
    cwd: root,
    input: { [name]: 'test/support/play-sessions.tsx' },
    platform: 'node',
    tsconfig: true,
    external: ['vitest', 'react-devtools-core'],
    plugins: [...plugins],
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    onwarn: () => undefined,
  });
  await bundle.write({ dir: join(folder, name), format: 'esm' });
  await bundle.close();
  return import(pathToFileURL(join(folder, name, `${name}.js`)).href);
}

test('frames are to the byte those that Ink draws without a memory, over whole sessions', async () => {
  const plain = await (await build('plain', [])).play(sessions);
  const memoized = await build('memoized', [memoizeInk]);
  expect(plain.length).toBeGreaterThan(60);
  expect(new Set(plain).size).toBeGreaterThan(40);
  expect(plain.some((frame) => frame.includes('\u001b['))).toBe(true);
  expect(await memoized.play(sessions)).toEqual(plain);
  // The second time every answer comes from memory.
  expect(await memoized.play(sessions)).toEqual(plain);
});
