// Builds the program into dist/: two doors (the command line and the demo) and the parts they share. What only
// the dashboard needs (Ink, React) lands in a part of its own that is loaded when a screen opens. Commands are built
// once more by themselves, as scripts: what V8 compiles of those can be kept whole (`cached-scripts.ts`).
import './require-node-version.js';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { builtinModules, lateRequires, wholeRequires } from './builtin-modules.js';
import { commandSets, makeChunks, wholeSets } from './chunks.js';
import { finishChunks } from './finish-chunks.js';
import { lateModules } from './late-modules.js';
import { latePackages } from './late-packages.js';
import { lateQueryBuilders } from './late-query-builders.js';
import { lateServices } from './late-services.js';
import { memoizeInk } from './memoize-ink.js';
import { plainCrypto } from './plain-crypto.js';
import { plainExports } from './plain-exports.js';

const { rolldown } = await import('rolldown');

const root = fileURLToPath(new URL('..', import.meta.url));
const nothing = '\0nothing';

/** Ink asks for the React developer tools only in development, but the import must end somewhere. */
const withoutDeveloperTools = {
  name: 'without-developer-tools',
  resolveId: (id) => (id === 'react-devtools-core' ? nothing : undefined),
  load: (id) => (id === nothing ? 'export default {}' : undefined),
};
/** The dashboard is an ES module that scripts cannot load; no command that has a name opens it. */
const withoutDashboard = {
  name: 'without-dashboard',
  resolveId: (id) => (id.endsWith('/open-dashboard.ts') ? nothing : undefined),
  load: (id) =>
    id === nothing ? 'export const openDashboard = () => { throw new Error("no command opens the dashboard"); };' : undefined,
};

async function build(folder, { input, format, sets, plugins }) {
  const chunks = makeChunks(root, sets ?? []);
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    tsconfig: true,
    plugins: [memoizeInk, lateModules(format), latePackages(format), lateQueryBuilders, plainCrypto, ...plugins, chunks.plugin],
    transform: {
      define: {
        'process.env.NODE_ENV': '"production"',
        // Yoga would load its layout engine through fetch, which costs 40 ms; got does not use it.
        fetch: 'undefined',
      },
    },
    // V8 compiles a function in brackets at once, with all that is in it; these are for what may never be needed.
    optimization: { pifeForModuleWrappers: false },
    onwarn: (warning) => {
      // What is imported late is loaded early with what stands in the same file: see chunks.js.
      if (!/^(?:CIRCULAR_DEPENDENCY|INEFFECTIVE_DYNAMIC_IMPORT)$/.test(warning.code)) console.warn(warning.message);
    },
  });
  const ending = format === 'es' ? 'js' : 'cjs';
  const parts = `parts/[name]-[hash].${ending}`;
  try {
    await bundle.write({
      dir: folder,
      format,
      minify: true,
      entryFileNames: ({ name }) => (Object.hasOwn(input, name) ? `[name].${ending}` : parts),
      chunkFileNames: parts,
      codeSplitting: sets === undefined ? false : { groups: chunks.groups },
    });
  } finally {
    await bundle.close();
  }
}

const started = performance.now();
// Aside first, then in place: a build that fails leaves the one before it standing.
const aside = `${root}dist.${process.pid}.tmp`;
await rm(aside, { recursive: true, force: true });
await mkdir(aside);
try {
  await build(aside, {
    input: {
      main: 'src/main.ts',
      demo: 'src/demo/main.ts',
      // Runs in a thread of its own.
      'picture-worker': 'src/runtime/terminal/picture-worker.ts',
    },
    format: 'es',
    sets: wholeSets,
    plugins: [withoutDeveloperTools, builtinModules],
  });
  await finishChunks(aside, '.js');
  await build(`${aside}/commands`, {
    input: { run: 'src/runtime/run.ts', 'call-server': 'src/runtime/call-server.ts' },
    format: 'cjs',
    sets: commandSets,
    plugins: [withoutDashboard, lateServices(root), lateRequires, plainExports],
  });
  await finishChunks(`${aside}/commands`, '.cjs');
  // What loads those is a script of Node's own kind, and one file.
  await build(aside, { input: { start: 'src/start.ts' }, format: 'cjs', plugins: [wholeRequires] });
  await rm(`${root}dist`, { recursive: true, force: true });
  await rename(aside, `${root}dist`);
} finally {
  await rm(aside, { recursive: true, force: true });
}
await chmod(`${root}bin/bindeled`, 0o755);
console.error(`built dist/ in ${Math.round(performance.now() - started)} ms`);
