import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { credentialVariable } from '../connectors/connector-factory.ts';
import { credentialsOf, demoShops } from './shops/demo-shops.ts';

/** The entry point of the real program: beside the built demo, or in `dist` when run from the sources. */
const connectors = fileURLToPath(
  new URL(import.meta.url.includes('/src/demo/') ? '../../dist/main.js' : './main.js', import.meta.url),
);

/** `BINDELED_DK_KEY` and the like, for every shop of the demo. */
export const credentialVariables: Readonly<Record<string, string>> = Object.fromEntries(
  demoShops.flatMap((shop) =>
    Object.entries(credentialsOf(shop)).map(([name, value]) => [credentialVariable(shop.id, name), value]),
  ),
);

export type RunEnvironment = {
  readonly home: string;
  readonly language: string;
  readonly user?: string;
  readonly folder?: string;
  /** More of the environment: the key of a warehouse. */
  readonly variables?: Readonly<Record<string, string>>;
};

const environment = ({ home, language, user, variables }: RunEnvironment, terminal: boolean): NodeJS.ProcessEnv => ({
  ...process.env,
  ...credentialVariables,
  ...variables,
  BINDELED_HOME: home,
  BINDELED_LANG: language,
  BINDELED_USER: user ?? 'mette',
  ...(terminal ? {} : { TZ: process.env.TZ ?? 'Europe/Copenhagen' }),
});

/** Gives the terminal to the real program with these options, until it is left; answers its exit code. */
export function openDashboard(runEnvironment: RunEnvironment, options: readonly string[] = []): Promise<number> {
  const child = spawn(process.execPath, [connectors, ...options], {
    stdio: 'inherit',
    env: environment(runEnvironment, true),
  });
  // The keys go to the program; what the terminal sends to both is the program's to answer. What only we are sent
  // is handed on: nobody else can end it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

export type Answer = { readonly code: number; readonly out: string; readonly err: string };

/** Runs one command of the real program and gathers what it says. */
export function run(runEnvironment: RunEnvironment, words: readonly string[]): Promise<Answer> {
  const child = spawn(process.execPath, [connectors, ...words], {
    cwd: runEnvironment.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(runEnvironment, false),
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, ...said }));
  });
}
