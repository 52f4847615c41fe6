import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { registerChild } from '../support/children.ts';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A server of the built program. */
export type Serving = {
  readonly child: ChildProcess;
  readonly url: string;
  /** All that it has said so far. */
  said(): string;
  sees(text: string | RegExp): Promise<void>;
  /** Ends it, and answers its code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string | null>;
};

/** Starts a server and waits until it answers. */
export async function startServing(env: Readonly<Record<string, string>>): Promise<Serving> {
  const child = registerChild(
    spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const sees = (text: string | RegExp): Promise<void> =>
    expect.poll(() => said, { timeout: 120_000, interval: 20 }).toMatch(text);
  await sees(/Serving at \S+?\. /);
  return {
    child,
    url: /Serving at (\S+?)\. /.exec(said)?.[1] ?? '',
    said: () => said,
    sees,
    end: async (signal) => {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode ?? child.signalCode;
    },
  };
}
