// What a command may never need is put into the program all the same, but run only when somebody asks for it: the
// words of the other language never. The code of ten platforms and of the warehouses, which is half of all that a
// command would read, lies in files of their own, each read when such a shop or warehouse is met; and so do the words of
// each language, but for the dashboard's first frame, which is not to read one file more.

const listed = /^import \{ (\w+) \} from '(\.\/[\w/-]+\.ts)';\n/gm;

/** Modules that list others, each as `() => it`; and those of them whose others lie in files of their own. */
const lists = /\/(?:registry|words\/(?:\w\w\/)?words)\.ts$/;
const apart = {
  es: /\/(?:connectors|warehouses)\/registry\.ts$/,
  cjs: /\/(?:(?:connectors|warehouses)\/registry|views\/words\/words)\.ts$/,
};

/** How such a file is loaded: an ES module by Node, a script by whoever loaded this one. */
export const loadPart = {
  es: `const loadPart = (url) => globalThis.process.getBuiltinModule('node:module')
    .createRequire(import.meta.url)(globalThis.process.getBuiltinModule('node:url').fileURLToPath(url));\n`,
  cjs: "const loadPart = (url) => require(globalThis.process.getBuiltinModule('node:url').fileURLToPath(url));\n",
};

/** For the bundler: what such a module lists is loaded by that call. */
export const lateModules = (format) => ({
  name: 'late-modules',
  transform(code, id) {
    if (!lists.test(id)) return undefined;
    const isApart = apart[format].test(id);
    let late = isApart ? loadPart[format] + code : code;
    for (const [line, name, file] of code.matchAll(listed)) {
      if (!code.includes(`() => ${name}`)) throw new Error(`${id} names ${name} otherwise than as () => ${name}`);
      let loaded = `require('${file}')`;
      if (isApart) {
        const { pathname } = new URL(file, `file://${id}`);
        loaded = `loadPart(import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'chunk', id: pathname, name })})`;
      }
      // Found once: a list is asked again for every line of a long table.
      late = late
        .replace(line, `let ${name}Part;\n`)
        .replace(`() => ${name}`, `() => (${name}Part ??= ${loaded}).${name}`);
    }
    return { code: late, moduleType: 'ts' };
  },
});
