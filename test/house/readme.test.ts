import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandList, keyTable, part, withPart } from '../docs/readme-sections.ts';
import { transcript } from '../docs/transcript.ts';
import { files, root, textOf } from './source.ts';

const page = textOf('README.md');
const scripts = Object.keys(JSON.parse(textOf('package.json')).scripts);

/** Columns are as wide as what stands in them, and an age of 10 s is wider than one of 9 s. */
const tight = (text: string): string => text.replace(/ {2,}/g, ' ');

describe('the README says what is so (run "npm run readme" when it does not)', () => {
  test('the keys are the keymap', () => {
    expect(part(page, 'keys')).toBe(keyTable());
  });

  test('the commands are those of the program', async () => {
    expect(part(page, 'commands')).toBe(await commandList());
  });

  test('the transcript is what the program says', async () => {
    expect(tight(part(page, 'transcript') ?? '')).toBe(tight(`\`\`\`console\n${await transcript()}\n\`\`\``));
  }, 60_000);

  test('every npm script it names is there', () => {
    const named = [...page.matchAll(/`npm (?:run )?([a-z:]+)[` ]/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((name) => !['ci', ...scripts].includes(name))).toEqual([]);
  });

  test('every file and folder it links to or maps is there', () => {
    const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
    const mapped = [...page.matchAll(/^((?:src|components|data|bin|test|bench)(?:\/[\w./-]*)?) {2,}/gm)].map(
      (m) => m[1] ?? '',
    );
    expect(mapped.length).toBeGreaterThan(12);
    expect([...links, ...mapped].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('every folder of the tree is on the map', () => {
    const folders = new Set(
      files.filter((path) => /^(src|test)\/[^/]+\//.test(path)).map((path) => path.split('/').slice(0, 2).join('/')),
    );
    const mapped = page.slice(page.indexOf('## A map of the tree'), page.indexOf('Nothing points up'));
    const known = new Set([
      'test/support',
      'test/model',
      'test/store',
      'test/connectors',
      'test/fixtures',
      'test/real',
    ]);
    expect([...folders].filter((folder) => !known.has(folder) && !mapped.includes(folder))).toEqual([]);
  });
});

test('a part is put between its markers and found there again', () => {
  const before = 'a\n<!-- keys -->\nold $1\n<!-- /keys -->\nz';
  expect(part(withPart(before, 'keys', 'new $& text'), 'keys')).toBe('new $& text');
});
