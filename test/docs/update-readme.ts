import { readFile, writeFile } from 'node:fs/promises';
import { makers, pages, withPart } from './readme-sections.ts';

/** `npm run readme`, `npm run keys`: writes what the program says of itself into the README and the pages beside it. */
const root = new URL('../../', import.meta.url);
const [wanted = 'all'] = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted === 'all' || wanted === name;
for (const [name, { page, make }] of Object.entries(makers)) {
  if (!isWanted(name)) continue;
  const at = new URL(page, root);
  await writeFile(at, withPart(await readFile(at, 'utf8'), name, await make()));
}
for (const [name, { page, make }] of Object.entries(pages)) {
  if (isWanted(name)) await writeFile(new URL(page, root), make());
}
