import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { registerChild } from '../support/children.ts';

/** How many writers and clients are killed on each store; of the database's servers, a sixth of it. */
export const kills = Number(process.env.BINDELED_TEST_KILLS ?? 300);

/** Runs a script of this folder to its end, shows what it says, and answers it. Throws where it ends badly. */
export function runScript(name: string, ...args: readonly (string | number)[]): Promise<string> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const child = registerChild(spawn(process.execPath, [script, ...args.map(String)]));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      console.log(said);
      if (code === 0) resolve(said);
      else reject(new Error(`${name} ended with ${code ?? signal}: ${said.slice(-2_000)}`));
    });
  });
}
