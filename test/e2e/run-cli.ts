import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { registerChild } from '../support/children.ts';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** How a run of the program ended, and all it said. */
export type CliResult = { readonly code: number | undefined; readonly stdout: string; readonly stderr: string };

/** A place of its own for one test, with the right keys for the shops dk and no, in English. */
export type Home = {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => void;
};

export function makeHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-cli-'));
  const { key, secret } = rightKey;
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    HOME: folder,
    USER: 'maria',
    LANG: 'C.UTF-8',
    TZ: 'Europe/Copenhagen',
    BINDELED_HOME: folder,
    BINDELED_DK_KEY: key,
    BINDELED_DK_SECRET: secret,
    BINDELED_NO_KEY: key,
    BINDELED_NO_SECRET: secret,
  };
  return { folder, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Called with everything said so far, on either stream, and the way to signal the program. */
  readonly onOutput?: (said: string, signal: (name: NodeJS.Signals) => void) => void;
};

/** Runs the built program as a person's shell would, and waits for its end. */
export function runCli(home: Home, args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = registerChild(spawn(process.execPath, [program, ...args], { env: { ...home.env, ...options.env } }));
    let [stdout, stderr] = ['', ''];
    const tell = (): void => options.onOutput?.(stdout + stderr, (name) => child.kill(name));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      tell();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      tell();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.stdin ?? '');
  });
}

/** Runs commands, one after another, in one process that is started for all of them. */
export type CommandsProcess = {
  readonly run: (home: Home, args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<CliResult>;
  readonly end: () => void;
};

/**
 * Starts the built program once for many commands, each as whole as if it were started for it: with its own environment,
 * settings and store, opened and closed. For what leads to a test and for what tells a story; how a process starts, is
 * signalled and ends is told by `runCli`.
 */
export function startCommands(): CommandsProcess {
  const script = fileURLToPath(new URL('children/run-commands.ts', import.meta.url));
  const child = registerChild(spawn(process.execPath, [script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  let last: Promise<unknown> = Promise.resolve();
  const ask = (home: Home, args: readonly string[], env: Readonly<Record<string, string>>): Promise<CliResult> =>
    new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error(`the process of commands ended at "${args.join(' ')}"`));
      child.once('exit', ended);
      child.once('message', (result: CliResult) => {
        child.off('exit', ended);
        resolve(result);
      });
      child.send({ args, env: { ...home.env, ...env } });
    });
  return {
    run: (home, args, env = {}) => {
      const next = last.then(() => ask(home, args, env));
      last = next.catch(() => undefined);
      return next;
    },
    end: () => child.disconnect(),
  };
}

/** The one document that a run with `--json` answers with. */
export const documentOf = (result: CliResult): Readonly<Record<string, unknown>> => JSON.parse(result.stdout);
