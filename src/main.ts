import './runtime/environment/require-node-version.ts';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeScriptLoader } from './runtime/environment/cached-scripts.ts';
import { compiledFolder, keepCompiled } from './runtime/environment/compile-cache.ts';
import { pathsFrom } from './runtime/environment/paths.ts';
import type { FirstFrame } from './runtime/terminal/first-frame.ts';

const args = process.argv.slice(2);
const program = fileURLToPath(import.meta.url);
const { cache } = pathsFrom(process.env);

/** A command by its name, which needs nothing of the dashboard: the built program has these once more by themselves. */
async function runCommand(): Promise<number | undefined> {
  const [command = ''] = args;
  const script = join(dirname(program), 'commands', 'run.cjs');
  if (!/^[a-z][a-z-]{1,20}$/.test(command) || command === 'dashboard' || !existsSync(script)) return undefined;
  const isKept = (process.env.NODE_DISABLE_COMPILE_CACHE ?? '') === '';
  const folder = isKept ? compiledFolder(process.env.NODE_COMPILE_CACHE || cache, program) : undefined;
  const { load, keep } = makeScriptLoader(folder, command);
  const { run } = load(script) as typeof import('./runtime/run.ts');
  const code = await run(args);
  // What was typed wrong is no command that comes again.
  if (code !== 2) process.once('exit', keep);
  return code;
}

/** The dashboard, or whatever else was asked for. A person sees its first frame before what that does not need is loaded. */
async function runWhole(): Promise<[number, FirstFrame | undefined]> {
  keepCompiled(cache, program);
  const { drawFirstFrame } = await import('./runtime/terminal/first-frame.ts');
  const firstFrame = await drawFirstFrame(args, process.env);
  const { run } = await import('./runtime/run.ts');
  return [await run(args, firstFrame), firstFrame];
}

const code = await runCommand();
const [exitCode, firstFrame] = code === undefined ? await runWhole() : [code, undefined];
process.exitCode = exitCode;
firstFrame?.end();
// What is kept alive for later (sockets, watchers) is of no use now. Answers are written by then: see ignore-epipe.ts.
process.stdout.write('', () => process.exit());
