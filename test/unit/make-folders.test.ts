import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolders } from '../../src/stores/disk/make-folders.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bindeled-folders-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('Folders that are made', () => {
  it('come with all that is missing above them, for the owner alone, and the first is named', () => {
    expect(makeFolders(join(root, 'a/b/c'))).toBe(join(root, 'a'));
    expect(statSync(join(root, 'a/b')).mode & 0o777).toBe(0o700);
    expect(makeFolders(join(root, 'a/b/c'))).toBeUndefined();
  });

  it('are refused where a file stands in the way', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => makeFolders(join(root, 'file'))).toThrow(/EEXIST/);
    expect(() => makeFolders(join(root, 'file/b'))).toThrow(/EEXIST|ENOTDIR/);
  });

  it.runIf(existsSync('/proc/self'))('are refused at once where no folder can be made', () => {
    expect(() => makeFolders('/proc/nope/a')).toThrow(/ENOENT/);
  });
});
