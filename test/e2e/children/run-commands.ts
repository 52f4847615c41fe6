import { fileURLToPath } from 'node:url';
import { makeScriptLoader } from '../../../src/runtime/environment/cached-scripts.ts';
import type { CliResult } from '../run-cli.ts';

// The built program as a command starts it, called for one command after another: what its main file does around it
// (the exit code, the end of the process) is left to those that start it by itself.
type Asked = { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };

const script = fileURLToPath(new URL('../../../dist/commands/run.cjs', import.meta.url));
const { run } = makeScriptLoader(undefined, 'commands').load(script) as {
  run: (args: readonly string[]) => Promise<number>;
};
// Each command listens for signals and broken pipes, as if it were the only one.
for (const one of [process, process.stdout, process.stderr]) one.setMaxListeners(0);

async function answer({ args, env }: Asked): Promise<CliResult> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = (text: string | Uint8Array) => {
      said[name] += String(text);
      return true;
    };
  return { code: await run(args), ...said };
}

let last: Promise<unknown> = Promise.resolve();
process.on('message', (asked: Asked) => {
  last = last.then(() => answer(asked)).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
