import './runtime/environment/require-node-version.ts';
import { drawFirstFrame } from './runtime/terminal/first-frame.ts';

// A person sees the first frame before anything that it does not need is loaded.
const args = process.argv.slice(2);
const firstFrame = await drawFirstFrame(args, process.env);
const { run } = await import('./runtime/run.ts');
process.exitCode = await run(args, firstFrame);
firstFrame?.end();
// What is kept alive for later (sockets, watchers) is of no use now. Answers are written by then: see ignore-epipe.ts.
process.stdout.write('', () => process.exit());
