// `import … from 'node:fs'` has Node read every property of the module to export it by name, and some of those load
// other modules when they are read (streams, for one): 10 ms a command. Asked for this way nothing is loaded but the
// module itself.

const imported = /^import (?:([\w$]+)(?:, )?)?(?:\{([^{}]*)\}|\* as ([\w$]+))? from "(node:[\w/]+)";$/gm;

const asked = (_whole, whole, names = '', namespace, module) => {
  const get = `globalThis.process.getBuiltinModule("${module}")`;
  const parts = names.split(',').flatMap((name) => name.trim() || []);
  const wholes = [whole, namespace, ...parts.flatMap((part) => part.match(/^default as (.+)$/)?.[1] ?? [])];
  const named = parts.filter((part) => !part.startsWith('default as ')).map((part) => part.replace(' as ', ': '));
  return [
    ...wholes.flatMap((name) => (name === undefined ? [] : `const ${name} = ${get};`)),
    ...(named.length === 0 ? [] : [`const { ${named.join(', ')} } = ${get};`]),
  ].join(' ');
};

/** For the bundler: Node's own modules are asked for by name, and not imported. */
export const builtinModules = {
  name: 'builtin-modules',
  renderChunk: (code) => ({ code: code.replace(imported, asked) }),
};
