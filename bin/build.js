// Builds the program into dist/: two doors (the command line and the demo) and the parts they share. What only
// the dashboard needs (Ink, React) lands in a part of its own that is loaded when a screen opens.
import './require-node-version.js';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { builtinModules } from './builtin-modules.js';
import { makeChunks } from './chunks.js';
import { lateModules } from './late-modules.js';
import { memoizeInk } from './memoize-ink.js';

const { rolldown } = await import('rolldown');

const root = fileURLToPath(new URL('..', import.meta.url));
const nothing = '\0nothing';

/** Ink asks for the React developer tools only in development, but the import must end somewhere. */
const withoutDeveloperTools = {
  name: 'without-developer-tools',
  resolveId: (id) => (id === 'react-devtools-core' ? nothing : undefined),
  load: (id) => (id === nothing ? 'export default {}' : undefined),
};

const chunks = makeChunks(root);
const started = performance.now();
const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/main.ts', demo: 'src/demo/main.ts' },
  platform: 'node',
  tsconfig: true,
  plugins: [withoutDeveloperTools, memoizeInk, lateModules, builtinModules, chunks.plugin],
  transform: {
    define: {
      'process.env.NODE_ENV': '"production"',
      // Yoga would load its layout engine through fetch, which costs 40 ms; got does not use it.
      fetch: 'undefined',
    },
  },
  onwarn: (warning) => {
    // What is imported late is loaded early with what stands in the same file: see chunks.js.
    if (!/^(?:CIRCULAR_DEPENDENCY|INEFFECTIVE_DYNAMIC_IMPORT)$/.test(warning.code)) console.warn(warning.message);
  },
});
// Aside first, then in place: a build that fails leaves the one before it standing.
const aside = `${root}dist.${process.pid}.tmp`;
await rm(aside, { recursive: true, force: true });
await mkdir(aside);
try {
  await bundle.write({
    dir: aside,
    format: 'esm',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
    codeSplitting: { groups: chunks.groups },
  });
  await rm(`${root}dist`, { recursive: true, force: true });
  await rename(aside, `${root}dist`);
} finally {
  await bundle.close();
  await rm(aside, { recursive: true, force: true });
}
await chmod(`${root}bin/bindeled`, 0o755);
console.error(`built dist/ in ${Math.round(performance.now() - started)} ms`);
