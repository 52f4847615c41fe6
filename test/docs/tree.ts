import { folderHolds } from './tree-folders.ts';

/** The folders that hold these files, to a depth of three under src and two elsewhere, in order. */
export function foldersIn(files: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const path of files) {
    const parts = path.split('/').slice(0, -1);
    const top = parts[0] ?? '';
    if (!/^(src|components|test|bench|bin|data|docs|man|share)$/.test(top)) continue;
    const depth = top === 'src' ? 3 : 2;
    for (let count = 1; count <= Math.min(depth, parts.length); count += 1) found.add(parts.slice(0, count).join('/'));
  }
  return [...found].sort();
}

/** The tree of the project as docs/architecture.md draws it: a folder a line, each with what it holds. */
export function tree(files: readonly string[]): string {
  const lines = foldersIn(files).map((path) => {
    const depth = path.split('/').length - 1;
    const name = `${'  '.repeat(depth)}${path.split('/').at(-1)}/`;
    return `${name.padEnd(28)}${folderHolds(path) ?? ''}`.trimEnd();
  });
  return ['```text', ...lines, '```'].join('\n');
}
