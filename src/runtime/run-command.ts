import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeScriptLoader } from './environment/cached-scripts.ts';
import { compiledFolder } from './environment/compile-cache.ts';
import { pathsFrom } from './environment/paths.ts';

/** What came meanwhile is answered before it goes on. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/**
 * Runs a command by its name, which needs nothing of the dashboard: the built program has these once more by themselves.
 * Answers with its exit code, or `undefined` for whatever else was asked; `folder` is that of the built program.
 */
export async function runCommand(args: readonly string[], folder: string): Promise<number | undefined> {
  const [command = ''] = args;
  const script = (name: string): string => join(folder, 'commands', `${name}.cjs`);
  if (!/^[a-z][a-z-]{1,20}$/.test(command) || command === 'dashboard' || !existsSync(script('run'))) return undefined;
  const isKept = (process.env.NODE_DISABLE_COMPILE_CACHE ?? '') === '';
  const { cache } = pathsFrom(process.env);
  const kept = isKept ? compiledFolder(process.env.NODE_COMPILE_CACHE || cache, join(folder, 'main.js')) : undefined;
  const { load, keep } = makeScriptLoader(kept, command);
  const { asksStore, callStoreServer } = load(script('call-server')) as typeof import('./call-server.ts');
  const called = asksStore(args) ? await callStoreServer(process.env) : undefined;
  if (called !== undefined) await nextTurn();
  const { run } = load(script('run')) as typeof import('./run.ts');
  // It asks for the password, and is told; then it makes ready while the command does.
  for (let answers = 0; called !== undefined && answers < 2; answers += 1) await nextTurn();
  const code = await run(args, { called });
  // What was typed wrong is no command that comes again.
  if (code !== 2) process.once('exit', keep);
  return code;
}

/** Leaves. What is kept alive for later (sockets, watchers) is of no use now; answers are written by then: see `ignore-epipe.ts`. */
export function leave(exitCode: number): void {
  process.exitCode = exitCode;
  process.stdout.write('', () => process.exit());
}
