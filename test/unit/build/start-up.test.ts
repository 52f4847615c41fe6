import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import url, { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { expect, test, vi } from 'vitest';

// Much is computed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const plugin = (file: string) => import(new URL(`../../../bin/${file}`, import.meta.url).href);
const { builtinModules } = await plugin('builtin-modules.js');
const { lateModules } = await plugin('late-modules.js');
const { latePackages } = await plugin('late-packages.js');

const build = async (sources: Readonly<Record<string, string>>, dir?: string): Promise<string> => {
  const bundle = await rolldown({
    input: '/entry.ts',
    platform: 'node',
    plugins: [
      {
        name: 'sources',
        resolveId: (id: string) => {
          const path = id.replace(/^\.\//, '/');
          return path in sources ? path : undefined;
        },
        load: (id: string) => sources[id],
      },
      lateModules('es'),
      latePackages('es'),
      builtinModules,
    ],
  });
  const { output } = await (dir === undefined
    ? bundle.generate({ format: 'esm' })
    : bundle.write({ format: 'esm', dir, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' }));
  await bundle.close();
  return output[0].code;
};
const run = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`);

test('a module of Node is asked for by name, whatever way it is imported', async () => {
  const code = await build({
    '/entry.ts': `
      import path, { join as joined, sep } from 'node:path';
      import * as os from 'node:os';
      import { default as url, fileURLToPath } from 'node:url';
      import events from 'node:events';
      import process from 'node:process';
      const join = (one: string): string => one;
      export const seen = [path.sep, sep, joined('a', 'b'), join('c'), typeof os.cpus, url.fileURLToPath === fileURLToPath, typeof events, process.pid];`,
  });
  expect(code).not.toMatch(/from ?["']node:/);
  const { seen } = await run(code);
  expect(seen).toEqual(['/', '/', 'a/b', 'c', 'function', true, 'function', process.pid]);
});

test('what a registry lists is run when it is asked for, and not before', async () => {
  const code = await build({
    '/entry.ts': "export { drivers } from './registry.ts';",
    '/registry.ts': `import { one } from './a/driver.ts';
import { two } from './b/driver.ts';

export const drivers: Readonly<Record<string, () => string>> = { one: () => one, two: () => two };`,
    '/a/driver.ts': "globalThis.ran = [...(globalThis.ran ?? []), 'one']; export const one = 'first';",
    '/b/driver.ts': "globalThis.ran = [...(globalThis.ran ?? []), 'two']; export const two = 'second';",
  });
  const { drivers } = await run(code);
  const ran = () => Reflect.get(globalThis, 'ran');
  expect(ran()).toBeUndefined();
  expect([drivers.two(), drivers.two()]).toEqual(['second', 'second']);
  expect(ran()).toEqual(['two']);
  Reflect.deleteProperty(globalThis, 'ran');
});

test('a registry that names a driver in another way fails the build', async () => {
  const sources = {
    '/entry.ts': "export { drivers } from './registry.ts';",
    '/registry.ts': "import { one } from './a/driver.ts';\nexport const drivers = [one];",
    '/a/driver.ts': "export const one = 'first';",
  };
  await expect(build(sources)).rejects.toThrow(/otherwise than as \(\) => one/);
});

test('a file of its own is looked for once, however often what it holds is asked for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-parts-'));
  const looked = vi.spyOn(url, 'fileURLToPath');
  try {
    await build(
      {
        '/entry.ts': "export { drivers } from '/connectors/registry.ts'; export { read } from '/text.ts';",
        '/text.ts': "import { decodeHTML } from 'entities';\n\nexport const read = (text: string) => decodeHTML(text);",
        entities: "export const decodeHTML = (text) => text.replace('&amp;', '&');",
        '/connectors/registry.ts': `import { one } from './a/driver.ts';

export const drivers: Readonly<Record<string, () => object>> = { one: () => one };`,
        '/connectors/a/driver.ts': 'export const one = { id: 1 };',
      },
      folder,
    );
    const { drivers, read } = await import(pathToFileURL(join(folder, 'entry.mjs')).href);
    looked.mockClear();
    expect([drivers.one(), drivers.one(), drivers.one()]).toEqual([{ id: 1 }, { id: 1 }, { id: 1 }]);
    expect(looked).toHaveBeenCalledTimes(1);
    expect([read('a &amp; b'), read('c &amp; d'), read('e')]).toEqual(['a & b', 'c & d', 'e']);
    expect(looked).toHaveBeenCalledTimes(2);
  } finally {
    looked.mockRestore();
    rmSync(folder, { recursive: true });
  }
});
