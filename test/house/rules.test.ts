import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..');

/** Every title of a test, as it stands in the source. */
const titles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(test|contract)\.tsx?$/.test(name))
  .flatMap((name) =>
    [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/\b(?:test|it)(?:\.each\([\s\S]*?\))?\(\s*(['"`])(.*?)\1/g),
    ].map(([, , title = '']) => title),
  );

const written = readFileSync(join(folder, '../docs/rules.md'), 'utf8');

const numbered = (letter: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, place) => `${letter}${place + 1}`);

const program = ['src', 'components'].flatMap((name) => {
  const top = join(folder, '..', name);
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(top, path), 'utf8'));
});

test('every rule that the program names is written down', () => {
  const named = new Set(program.flatMap((text) => text.match(/(?<=[(, -])[SIHD]\d{1,2}(?=[),-])/g) ?? []));
  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter((rule) => !written.includes(`| ${rule} |`))).toEqual([]);
});

/** The rules of the trade, its invariants, what others got wrong, and what the help page promises. */
test.each([
  ...numbered('S', 21),
  ...numbered('I', 8),
  ...numbered('acceptance ', 11),
  ...numbered('scenario ', 10),
])('%s is proved by a test that bears its name', (rule) => {
  expect(titles.filter((title) => new RegExp(`\\b${rule}\\b`).test(title)).length).toBeGreaterThan(0);
});
