import { readFile, writeFile } from 'node:fs/promises';
import { makers, withPart } from './readme-sections.ts';

/** `npm run readme`, `npm run keys`: writes what the program says of itself into the README. */
const page = new URL('../../README.md', import.meta.url);
const [wanted = 'all'] = process.argv.slice(2);
let text = await readFile(page, 'utf8');
for (const [name, make] of Object.entries(makers)) {
  if (wanted === 'all' || wanted === name) text = withPart(text, name, await make());
}
await writeFile(page, text);
