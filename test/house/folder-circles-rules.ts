import { expect, test } from 'vitest';
import { parse, type Source, sources } from './source.ts';

type Naming = { readonly from: string; readonly to: string; readonly example: string };

/**
 * The two folders at which the ways to two files part: for `src/domain/push/plan.ts` and `src/domain/stock/pieces.ts`
 * `src/domain/push` and `src/domain/stock`. Nothing where one of the files lies where the ways part: a folder and what
 * it shares at its top are one part of the program.
 */
function partingFolders(from: string, to: string): readonly [string, string] | undefined {
  const [ours, theirs] = [from.split('/'), to.split('/')];
  let depth = 0;
  while (depth < ours.length && ours[depth] === theirs[depth]) depth += 1;
  if (depth >= ours.length - 1 || depth >= theirs.length - 1) return undefined;
  return [ours.slice(0, depth + 1).join('/'), theirs.slice(0, depth + 1).join('/')];
}

/** Every import between two folders, types and lazy ones too. Tests, benches and data files may name whom they like. */
const namings = (all: readonly Pick<Source, 'path' | 'imports'>[]): readonly Naming[] =>
  all.flatMap(({ path, imports }) =>
    imports.flatMap(({ file, lazy }) => {
      const folders = file === undefined ? undefined : partingFolders(path, file);
      if (folders === undefined) return [];
      const [from, to] = folders;
      // The front door opens the screens, which name what lies under `src`: by a lazy import, held by floors-rules.ts.
      if (lazy && from === 'src' && to === 'components') return [];
      return [{ from, to, example: `${path} -> ${file}` }];
    }),
  );

/** Pairs of folders that name each other, each with one import that way and one back. */
function circles(all: readonly Pick<Source, 'path' | 'imports'>[]): readonly string[] {
  const found = new Map<string, Naming>();
  for (const naming of namings(all)) {
    const key = `${naming.from} ${naming.to}`;
    if (!found.has(key)) found.set(key, naming);
  }
  return [...found.values()].flatMap(({ from, to, example }) => {
    const back = from < to ? found.get(`${to} ${from}`) : undefined;
    return back === undefined ? [] : [`${from} <-> ${to}: ${example}; ${back.example}`];
  });
}

test('no two folders name each other, at any depth, not even for a type', () => {
  expect(circles(sources.filter(({ path }) => /^(src|components)\//.test(path)))).toEqual([]);
});

test('two folders that name each other are found, whatever lies between', () => {
  const pair = [
    parse('src/domain/push/plan.ts', "import type { Stock } from '../stock/deep/pieces.ts';"),
    parse('src/domain/stock/count.ts', "import { plan } from '../push/plan.ts';"),
  ];
  expect(circles(pair)).toEqual([
    'src/domain/push <-> src/domain/stock: src/domain/push/plan.ts -> src/domain/stock/deep/pieces.ts; ' +
      'src/domain/stock/count.ts -> src/domain/push/plan.ts',
  ]);
});

test('one way only, and a folder and the files at the top of it, are fine', () => {
  const oneWay = [
    parse('src/domain/push/plan.ts', "import type { Id } from '../ids.ts'; import { a } from '../stock/count.ts';"),
    parse('src/domain/ids.ts', "import { plan } from './push/plan.ts';"),
  ];
  expect(circles(oneWay)).toEqual([]);
});
