// `import … from 'node:fs'` has Node read every property of the module to export it by name, and some of those load
// other modules when they are read (streams, for one): 10 ms a command. Asked for this way nothing is loaded but the
// module itself; and what is not loaded with Node anyway only when the first of its functions is called: another 10 ms.

/** Modules that every program of Node has loaded by the time it starts, or that take next to nothing. */
const atHand = ['buffer', 'events', 'fs', 'module', 'os', 'path', 'process', 'url', 'util'];
const isAtHand = (module) => atHand.includes(module.slice('node:'.length));
const imported = /^import (?:([\w$]+)(?:, )?)?(?:\{([^{}]*)\}|\* as ([\w$]+))? from "(node:[\w/]+)";$/gm;
const required = /^let ([\w$]+) = require\("(node:[\w/]+)"\);$(\n\1 = [\w$.]+\(\1(?:, 1)?\);$)?/gm;

/** Whether something is called and nothing else: no class, and nothing that `promisify` asks for more. */
const isPlainFunction = (value) =>
  typeof value === 'function' &&
  !/^class\b|^function [A-Z]/.test(String(value)) &&
  Reflect.ownKeys(value).every((key) => typeof key === 'string');

const asked = (_whole, whole, names = '', namespace, module) => {
  const get = `globalThis.process.getBuiltinModule("${module}")`;
  const exported = process.getBuiltinModule(module);
  const parts = names.split(',').flatMap((name) => name.trim() || []);
  const wholes = [whole, namespace, ...parts.flatMap((part) => part.match(/^default as (.+)$/)?.[1] ?? [])];
  const named = parts
    .filter((part) => !part.startsWith('default as '))
    .map((part) => part.split(' as '))
    .map(([name, own = name]) => ({ name, own, isLate: !isAtHand(module) && isPlainFunction(exported[name]) }));
  const now = named.filter(({ isLate }) => !isLate).map(({ name, own }) => (name === own ? name : `${name}: ${own}`));
  const late = `new Proxy({}, { get: (_, name) => ${get}[name] })`;
  return [
    ...wholes.flatMap((name) => (name === undefined ? [] : `const ${name} = ${isAtHand(module) ? get : late};`)),
    ...(now.length === 0 ? [] : [`const { ${now.join(', ')} } = ${get};`]),
    ...named.flatMap(({ name, own, isLate }) =>
      isLate ? `const ${own} = (...given) => ${get}.${name}(...given);` : [],
    ),
  ].join(' ');
};

/** For the bundler: Node's own modules are asked for by name, and not imported. */
export const builtinModules = {
  name: 'builtin-modules',
  renderChunk: (code) => ({ code: code.replace(imported, asked) }),
};

/** A module of which some ask the whole: that too without reading every property, which the bundler copies one by one. */
const withWhole = (name, module) => `let ${name} = require("${module}");\n${name} = { __proto__: ${name}, default: ${name} };`;

/** The same for the script that loads all others, which has nothing but what is at hand. */
export const wholeRequires = {
  name: 'whole-requires',
  renderChunk: (code) => ({
    code: code.replace(required, (whole, name, module, copied) => (copied === undefined ? whole : withWhole(name, module))),
  }),
};

/** The same for scripts: `require.late` is what `makeScriptLoader` gives them. */
export const lateRequires = {
  name: 'late-requires',
  renderChunk: (code) => {
    const late = code.replace(required, (whole, name, module, copied) => {
      if (!isAtHand(module)) return `let ${name} = require.late("${module}");`;
      return copied === undefined ? whole : withWhole(name, module);
    });
    // To copy what is loaded late would find it empty.
    const copied = /^let ([\w$]+) = require\.late\([^)]*\);(?=[\s\S]*^\1 = )/m.exec(late);
    if (copied !== null) throw new Error(`${copied[1]} is loaded late and copied at once`);
    return { code: late };
  },
};
