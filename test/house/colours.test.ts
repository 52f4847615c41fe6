import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeTheme, type ThemeName } from '../../components/terminal/theme.ts';
import type { Tone } from '../../src/views/text/tones.ts';

const root = fileURLToPath(new URL('../../components/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
const sixteen = 'black red green yellow blue magenta cyan gray'.split(' ');
const tones: readonly Tone[] = ['good', 'waiting', 'wrong', 'quiet', 'strong', 'accent'];

test('only the theme names a colour', () => {
  const named = files.filter(
    ({ name, text }) => name !== 'terminal/theme.ts' && /\b(?:backgroundC|c)olor[=:]/.test(text),
  );
  expect(named.map(({ name }) => name)).toEqual([]);
});

test("every colour is one of the terminal's own sixteen, and none is white or bright yellow", () => {
  const theme = files.find(({ name }) => name === 'terminal/theme.ts')?.text ?? '';
  const colours = Array.from(theme.matchAll(/color: '([^']*)'/gi), (found) => found[1]);
  expect(colours.length).toBeGreaterThan(0);
  expect(colours.filter((colour) => !sixteen.includes(colour ?? ''))).toEqual([]);
});

test('nothing is only dim, and nothing is drawn in a colour by hand', () => {
  expect(
    files.filter(({ text }) => /dimColor|#[0-9a-f]{6}\b|rgb\(|ansi256/i.test(text)).map(({ name }) => name),
  ).toEqual([]);
});

test('without colour no tone has one', () => {
  const theme = makeTheme('mono', false);
  expect(tones.map((tone) => theme.look(tone).color).filter((colour) => colour !== undefined)).toEqual([]);
  expect(theme.cursorRow.color).toBeUndefined();
});

test.each<[ThemeName]>([['dark'], ['light']])('%s sets no ground: the one of the terminal stays', (name) => {
  const theme = makeTheme(name, false);
  const looks = [...tones.map((tone) => theme.look(tone)), theme.cursorRow];
  expect(looks.filter((look) => 'backgroundColor' in look)).toEqual([]);
});

test('signs for a plain terminal are ASCII, and the bars of a sparkline still climb', () => {
  const theme = makeTheme('mono', true);
  const plain = theme.plain('✓●◐○▲×✗≠–· ▁▂▃▄▅▆▇█ → ← ‖ … ∞');
  expect(plain).toMatch(/^[ -~]*$/);
  expect(new Set(theme.plain('▁▂▃▄▅▆▇█')).size).toBe(8);
  expect(Object.values(theme.sign).join('')).toMatch(/^[ -~]*$/);
});
