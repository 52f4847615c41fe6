import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadPart } from './late-modules.js';

// A command calls one or two of some sixty services, and one that looks something up none of most: they lie in a file of
// their own, which is read when the first of them is called.

const facade = 'src/services/facade/make-services.ts';
/** What the facade imports and every command may need. */
const needed = /^\.\.\/(?:lookup|dependencies)\//;

const imported = /^import \{([^{}]*)\} from '(\.[\w./-]+)';\n/gm;
const isType = (name) => name.startsWith('type ');

/** What the facade imports of each other service: the line, where it points and the names in it. */
const servicesIn = (code) =>
  [...code.matchAll(imported)].flatMap(([line, list, from]) => {
    const names = list.split(',').flatMap((one) => one.trim() || []);
    const called = names.filter((name) => !isType(name));
    return needed.test(from) || called.length === 0 ? [] : [{ line, from, called, types: names.filter(isType) }];
  });

/** The module that passes all of them on, for the bundler alone. */
const allServices = '\0services';
/** A set of `chunks.js`. */
export const lateServiceSet = { name: 'services', entries: [allServices] };

/** For the bundler: each such service is called out of the file that is loaded then. */
export const lateServices = (root) => ({
  name: 'late-services',
  resolveId: (id) => (id === allServices ? id : undefined),
  load: async (id) => {
    if (id !== allServices) return undefined;
    const place = join(root, dirname(facade));
    const passedOn = servicesIn(await readFile(join(root, facade), 'utf8'));
    return passedOn.map(({ from, called }) => `export { ${called.join(', ')} } from '${join(place, from)}';\n`).join('');
  },
  transform(code, id) {
    if (id !== join(root, facade)) return undefined;
    const file = this.emitFile({ type: 'chunk', id: allServices, name: 'services' });
    let late = `${loadPart.cjs}let loaded;
const services = () => (loaded ??= loadPart(import.meta.ROLLUP_FILE_URL_${file}));\n${code}`;
    const services = servicesIn(code);
    for (const { line, from, called, types } of services) {
      late = late.replace(line, types.length === 0 ? '' : `import { ${types.join(', ')} } from '${from}';\n`);
      for (const name of called) late = late.replace(new RegExp(`(?<![\\w$.])${name}\\(`, 'g'), `services().${name}(`);
    }
    // What is handed on without being called would be nobody's name when the program runs.
    const names = services.flatMap(({ called }) => called).join('|');
    const [handedOn] = late.match(new RegExp(`(?<=(?:[[({,:?]|=>|\\.\\.\\.)\\s*)(?:${names})(?=\\s*[\\],.)};<])`)) ?? [];
    if (handedOn !== undefined) throw new Error(`${facade} names ${handedOn} and does not call it`);
    return { code: late, moduleType: 'ts' };
  },
});
