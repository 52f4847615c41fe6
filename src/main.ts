import './runtime/environment/require-node-version.ts';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepCompiled } from './runtime/environment/compile-cache.ts';
import { pathsFrom } from './runtime/environment/paths.ts';
import { leave, runCommand } from './runtime/run-command.ts';
import type { FirstFrame } from './runtime/terminal/first-frame.ts';

const args = process.argv.slice(2);
const program = fileURLToPath(import.meta.url);

/** The dashboard, or whatever else was asked for. A person sees its first frame before what that does not need is loaded. */
async function runWhole(): Promise<[number, FirstFrame | undefined]> {
  keepCompiled(pathsFrom(process.env).cache, program);
  const { drawFirstFrame } = await import('./runtime/terminal/first-frame.ts');
  const firstFrame = await drawFirstFrame(args, process.env);
  const { run } = await import('./runtime/run.ts');
  return [await run(args, { firstFrame }), firstFrame];
}

const code = await runCommand(args, dirname(program));
const [exitCode, firstFrame] = code === undefined ? await runWhole() : [code, undefined];
firstFrame?.end();
leave(exitCode);
