import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// What is left to do to the files of the program once they are written: Node takes half a millisecond for each file that
// it loads, and reads a file that is plain ASCII many times as fast as another.

/** A file that does nothing but pass on what another exports: `export{a as b}from"./x.js";`. */
const passing = /^export\s*\{([^{}]*)\}\s*from\s*["']\.\/([\w.-]+)["'];?\s*$/;

/** The file behind such a one, and what is made of its exports; nothing for any other. */
function passedOn(code) {
  const [, list, from] = passing.exec(code) ?? [];
  if (from === undefined) return undefined;
  const names = list.split(',').map((one) => one.trim().split(/\s+as\s+/));
  return { from, object: `({${names.map(([there, name = there]) => `${name}:e.${there}`).join()}})` };
}

const ascii = (code) =>
  code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A script as the function that `makeScriptLoader` calls: to put that around it when it is read copies it once more. */
const asFunction = (code) => `(function(exports,require,module,__filename,__dirname){${code}\n})`;

/** Has files imported past those that only pass on, which go; and writes every letter that is not ASCII as its number. */
export async function finishChunks(folder, ending) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(ending));
  const codes = new Map(await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')])));
  for (const [file, code] of codes) {
    const past = passedOn(code);
    const name = file.split('/').at(-1);
    const imports = new RegExp(`import\\(([\`"'])([./]*(?:parts/)?)${name.replaceAll('.', '\\.')}\\1\\)`, 'g');
    const users = [...codes].filter(([other, text]) => other !== file && text.includes(name));
    const isOnlyImported = users.every(([, text]) => !text.replace(imports, '').includes(name));
    if (past === undefined || users.length === 0 || !isOnlyImported) continue;
    for (const [user, text] of users) {
      const direct = (_whole, quote, way) => `import(${quote}${way}${past.from}${quote}).then(e=>${past.object})`;
      codes.set(user, text.replace(imports, direct));
    }
    codes.delete(file);
    await rm(join(folder, file));
  }
  for (const [file, code] of codes) await writeFile(join(folder, file), ascii(ending === '.cjs' ? asFunction(code) : code));
}
