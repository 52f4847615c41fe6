// Statements are written as text here (`sql`), and Kysely puts them together and takes them to the database. Its builders
// of statements, and what puts a schema before the tables that they name, are more than half of its code, and of them only
// a migration needs any: they are loaded when one is first used, and 80 kB less of compiled code are read by every command.

const kysely = /\/node_modules\/kysely\/dist\/esm\//;
const named = /^import \{([^{}]*)\} from '(\.[\w./-]+)';\n/gm;
const late =
  /\/(?:query-builder\/[\w-]+-builder|query-builder\/function-module|expression\/expression-builder|schema\/schema|dynamic\/dynamic|plugin\/with-schema\/with-schema-plugin|dialect\/\w+\/\w+-introspector)\.js$/;

/** For the bundler: what stands in a module of builders is asked for where it is used, and not where it is imported. */
export const lateQueryBuilders = {
  name: 'late-query-builders',
  transform(code, id) {
    if (!kysely.test(id)) return undefined;
    const places = new Map();
    let rest = code.replace(named, (line, names, from) => {
      if (!late.test(from)) return line;
      for (const one of names.split(',').filter((part) => part.trim() !== '')) {
        const [there, here = there] = one.trim().split(/\s+as\s+/);
        places.set(here, `(require('${from}').${there})`);
      }
      return '';
    });
    if (places.size === 0) return undefined;
    for (const [name, asked] of places) rest = rest.replace(new RegExp(`(?<![\\w.])${name}\\b`, 'g'), asked);
    return { code: rest };
  },
};
