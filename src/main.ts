import './runtime/environment/require-node-version.ts';
import { fileURLToPath } from 'node:url';
import { keepCompiled } from './runtime/environment/compile-cache.ts';
import { pathsFrom } from './runtime/environment/paths.ts';

// A person sees the first frame before anything that it does not need is loaded; only what is loaded after this line
// need not be compiled again.
keepCompiled(pathsFrom(process.env).cache, fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const { drawFirstFrame } = await import('./runtime/terminal/first-frame.ts');
const firstFrame = await drawFirstFrame(args, process.env);
const { run } = await import('./runtime/run.ts');
process.exitCode = await run(args, firstFrame);
firstFrame?.end();
// What is kept alive for later (sockets, watchers) is of no use now. Answers are written by then: see ignore-epipe.ts.
process.stdout.write('', () => process.exit());
