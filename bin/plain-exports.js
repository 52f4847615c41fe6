// The bundler exports each name by a function that reads it, so that one which gets its value later is read as it is then.
// Hardly one does: what has its value when a script is loaded is exported as it is, and a command makes five hundred
// functions less.

const exported = /^Object\.defineProperty\(exports, "([\w$]+)", \{\n  enumerable: true,\n  get: function \(\) \{\n    return ([\w$]+);\n  \}\n\}\);$/gm;

/** What is declared once and for all, each at the beginning of a line of its own. */
const declared = /^(?:const|class|(?:async )?function\*?) ([\w$]+)/gm;
/** What is given a value by itself, whenever that is. */
const assigned = /(?<!(?:const|let|var) |[\w$.])([\w$]+) (?:[-+*/%|&^?]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])/g;

/** For the bundler, whose scripts are not made smaller yet. */
export const plainExports = {
  name: 'plain-exports',
  renderChunk: (code) => {
    const changed = new Set([...code.matchAll(assigned)].map(([, name]) => name));
    const fixed = new Set([...code.matchAll(declared)].flatMap(([, name]) => (changed.has(name) ? [] : [name])));
    return { code: code.replace(exported, (whole, name, value) => (fixed.has(value) ? `exports.${name} = ${value};` : whole)) };
  },
};
