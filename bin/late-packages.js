// What works something out, or loads much, when it is loaded, and of which most commands call nothing: `entities` unpacks
// the names of all signs that HTML knows (2 ms), and PostgreSQL's driver asks for Node's `dns` and `crypto` at once, also
// where the server is known by its number and wants no password (3 ms). Commander looks at each option for dots that hardly
// one has, with a class of Unicode that takes longer to make than all else that it does (0.5 ms).

import { loadPart } from './late-modules.js';

const entities = /^import \{([^{}]*)\} from 'entities';\n/gm;
const builtin = /^const (\w+) = require\('(dns|crypto)'\)$/gm;
const dots = /(?<=this\.variadic = )(?=\/.*\.test\(flags\);)/;
const option = /\/node_modules\/commander\/lib\/option\.js$/;
const driver = /\/node_modules\/pg\/lib\//;

// Found once: names of products are decoded by the hundred thousand.
const functionsOf = (names, file) =>
  [
    'let entitiesPart;\n',
    ...names
      .split(',')
      .map((name) => name.trim())
      .map((name) => `const ${name} = (...given) => (entitiesPart ??= ${loaded(file)}).${name}(...given);\n`),
  ].join('');
const loaded = (file) => `loadPart(import.meta.ROLLUP_FILE_URL_${file})`;
const whenAsked = (_line, name, from) =>
  `const ${name} = new Proxy({}, { get: (_, part) => process.getBuiltinModule('node:${from}')[part] });`;

/** For the bundler: such a one is loaded when something of it is first called, out of a file of its own. */
export const latePackages = (format) => ({
  name: 'late-packages',
  async transform(code, id) {
    if (driver.test(id)) return { code: code.replace(builtin, whenAsked) };
    if (option.test(id)) {
      if (!dots.test(code)) throw new Error(`${id} is not what late-packages.js knows`);
      return { code: code.replace(dots, "flags.includes('...') && ") };
    }
    if (id.includes('/node_modules/') || !code.includes("from 'entities'")) return undefined;
    const found = await this.resolve('entities', id);
    const file = this.emitFile({ type: 'chunk', id: found.id, name: 'entities' });
    const called = code.replace(entities, (_line, names) => functionsOf(names, file));
    return { code: loadPart[format] + called, moduleType: 'ts' };
  },
});
