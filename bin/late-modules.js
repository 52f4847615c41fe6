// What a command may never need is put into the program all the same, but run only when somebody asks for it: the
// shapes of ten platforms are made when a shop of that platform is met, and a package that measures texts, whose
// tables take half as long to read as Node takes to start, with the first text that is not plain.

const listed = /^import \{ (\w+) \} from '(\.\/[\w/-]+\/\w+\.ts)';\n/gm;

/** For the bundler: what a registry lists as `() => driver` is loaded by that call. */
export const lateModules = {
  name: 'late-modules',
  transform(code, id) {
    if (!id.endsWith('/registry.ts')) return undefined;
    let late = code;
    for (const [line, name, file] of code.matchAll(listed)) {
      if (!code.includes(`() => ${name}`)) throw new Error(`${id} names ${name} otherwise than as () => ${name}`);
      late = late.replace(line, '').replace(`() => ${name}`, `() => require('${file}').${name}`);
    }
    return { code: late, moduleType: 'ts' };
  },
};
