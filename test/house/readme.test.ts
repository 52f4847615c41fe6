import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { makers, pages, part, tight, withPart } from '../docs/readme-sections.ts';
import { foldersIn } from '../docs/tree.ts';
import { describedFolders, folderHolds } from '../docs/tree-folders.ts';
import { files, root, textOf } from './repository.ts';

// Every file is read, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const scripts = Object.keys(JSON.parse(textOf('package.json')).scripts);
const markdown = files.filter((path) => /^(README|CONTRIBUTING|SECURITY|CHANGELOG|docs\/.*)\.md$/.test(path));

describe('the pages say what is so (run "npm run readme" when they do not)', () => {
  // What the program says in its first quarter of an hour takes long to make: test/long/transcript.test.ts.
  test.each(Object.entries(makers).filter(([name]) => name !== 'transcript'))('%s', async (name, { page, make }) => {
    expect(tight(part(textOf(page), name))).toBe(tight(await make()));
  });

  test.each(Object.entries(pages))('%s, whole', (_name, { page, make }) => {
    expect(textOf(page)).toBe(make());
  });

  test('the README is short', () => {
    expect(Buffer.byteLength(textOf('README.md'))).toBeLessThanOrEqual(6000);
  });

  test('no page shows a crash of the program or a folder of the machine that wrote it', () => {
    const shown = /^\s+at .+:\d+:\d+\)?$|node:internal|Cannot find module|(?<![\w.~])\/(?:root|home\/\w+|work|tmp)\//;
    const wrong = markdown.flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, at) => (shown.test(line) ? [`${path}:${at + 1} ${line}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  test('every npm script that is named is there', () => {
    const named = markdown.flatMap((path) =>
      [...textOf(path).matchAll(/`npm (?:run )?([a-z:]+)[` ]/g)].map((match) => `${path}: ${match[1] ?? ''}`),
    );
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((line) => !['ci', 'pack', ...scripts].includes(line.split(': ')[1] ?? ''))).toEqual([]);
  });

  test('every file that a page links to is there', () => {
    const broken = markdown.flatMap((path) =>
      [...textOf(path).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
        .map((match) => normalize(join(dirname(path), match[1] ?? '')))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${path} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('every folder of the tree says what it holds, and none that is gone', () => {
    const there = foldersIn(files);
    expect(there.filter((path) => folderHolds(path) === undefined)).toEqual([]);
    expect(describedFolders.filter((path) => !there.includes(path))).toEqual([]);
  });

  test('decisions are numbered without a gap, and each has its parts', () => {
    const decisions = files.filter((path) => path.startsWith('docs/decisions/')).toSorted();
    expect(decisions.map((path) => Number(path.slice(15, 19)))).toEqual(decisions.map((_, index) => index + 1));
    for (const path of decisions) {
      for (const title of ['## Context', '## Decision', '## Consequences']) expect(textOf(path)).toContain(title);
    }
  });
});

test('a part is put between its markers and found there again', () => {
  const before = 'a\n<!-- keys -->\nold $1\n<!-- /keys -->\nz';
  expect(part(withPart(before, 'keys', 'new $& text'), 'keys')).toBe('new $& text');
});
