import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoServers, startDemoServers } from './demo-servers.ts';
import { nightly, openDemoServices } from './demo-services.ts';
import {
  connectWarehouse,
  type DemoWarehouse,
  type DemoWarehouseKind,
  demoWarehouseKinds,
  goodsOf,
  startDemoWarehouse,
} from './demo-warehouse.ts';
import { demoWords } from './demo-words.ts';
import { idInShop, printDemoGuide } from './print-demo-guide.ts';
import { replayHistory } from './replay-history.ts';
import { credentialVariables, openDashboard, run } from './run-bindeled.ts';
import { demoShops } from './shops/demo-shops.ts';
import { skuOf } from './shops/scenarios.ts';
import { makeSimulatedClock } from './simulated-clock.ts';

type Asked = {
  readonly serve: boolean;
  readonly language: 'da' | 'en';
  /** What is handed on to the dashboard: how it looks, and whether it may act. */
  readonly handedOn: readonly string[];
  /** Stock comes from a simulated warehouse system; else it is Bindeled's own. */
  readonly warehouse?: DemoWarehouseKind;
  readonly wrong?: string;
};

const looks = new Set(['--ascii', '--plain', '--read-only']);
const themes = new Set(['auto', 'light', 'dark', 'mono']);

/** `--serve`, `--lang da|en` (else the language of the terminal), and how the dashboard is to look. */
function asked(words: readonly string[]): Asked {
  const at = words.indexOf('--lang');
  const named = at < 0 ? process.env.BINDELED_LANG : words[at + 1];
  const spoken = /^da/i.test(process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '') ? 'da' : 'en';
  const theme = words[words.indexOf('--theme') + 1];
  const isTheme = words.includes('--theme') && theme !== undefined && themes.has(theme);
  const handedOn = [...words.filter((word) => looks.has(word)), ...(isTheme ? ['--theme', theme] : [])];
  const kind = words[words.indexOf('--warehouse') + 1];
  const warehouse = words.includes('--warehouse') ? demoWarehouseKinds.find((one) => one === kind) : undefined;
  const known = new Set([
    ...(warehouse === undefined ? [] : ['--warehouse', warehouse]),
    ...['--serve', '--lang', ...(at < 0 ? [] : ['da', 'en'])],
    ...handedOn,
  ]);
  return {
    serve: words.includes('--serve'),
    language: named === 'da' || named === 'en' ? named : spoken,
    handedOn,
    warehouse,
    wrong: words.find((word) => !known.has(word)),
  };
}

const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const ctrlC = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

/** Keeps the shops open and says how to get in. */
async function keepOpen(servers: DemoServers, language: Asked['language']): Promise<number> {
  const words = demoWords[language];
  say(`# ${words.serving}`);
  for (const [name, value] of Object.entries(credentialVariables)) say(`export ${name}=${value}`);
  for (const { id, platform, country, name } of demoShops) {
    say(
      `bindeled shops add ${id} --platform ${platform} --url ${servers.urls[id]} --country ${country} --name "${name}"`,
    );
  }
  say(`# ${words.tryNext}`);
  for (const line of [
    'shops test dk',
    'sync',
    `find --shop-id ${idInShop(servers, 'dk', skuOf('shop-id-taken'))}`,
    `why ${skuOf('draft')} --shop de`,
    'push --dry-run',
  ]) {
    say(`bindeled ${line}`);
  }
  await ctrlC();
  return 0;
}

/** Makes the past, then shows the present: on a screen where there is one, else in lines. */
async function show(
  servers: DemoServers,
  now: number,
  { language, handedOn, warehouse: kind }: Asked,
): Promise<number> {
  const words = demoWords[language];
  const home = await mkdtemp(join(tmpdir(), 'bindeled-demo-'));
  const stop = new AbortController();
  let warehouse: DemoWarehouse | undefined;
  void ctrlC().then(() => stop.abort(new Error('stopped')));
  try {
    note(words.scheduled);
    const clock = makeSimulatedClock();
    const demoServices = await openDemoServices(home, clock);
    try {
      await replayHistory({ demoServices, shops: servers, clock, now, signal: stop.signal });
      if (kind !== undefined) warehouse = await startDemoWarehouse(kind, await goodsOf(demoServices.as(nightly)));
    } finally {
      await demoServices.close();
    }
    note(words.ready(Date.now() - now));
    const runEnvironment = { home, language, variables: warehouse?.variables };
    if (warehouse !== undefined) await connectWarehouse(warehouse, runEnvironment, run);
    if (process.stdin.isTTY && process.stdout.isTTY) return await openDashboard(runEnvironment, handedOn);
    const well = await printDemoGuide(servers, runEnvironment, { words, say });
    say('');
    say(words.over);
    return well ? 0 : 1;
  } finally {
    await warehouse?.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const request = asked(process.argv.slice(2));
  const { serve, language, wrong } = request;
  if (wrong !== undefined) {
    note(demoWords[language].unknown(wrong));
    return 2;
  }
  const now = Date.now();
  note(demoWords[language].startup);
  const servers = await startDemoServers(now);
  try {
    if (!serve) return await show(servers, now, request);
    servers.advanceTo(now);
    servers.runLive();
    return await keepOpen(servers, language);
  } finally {
    await servers.close();
  }
}

process.exitCode = await main();
