import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoServers, startDemoServers } from '../../src/demo/demo-servers.ts';
import { idInShop } from '../../src/demo/print-demo-guide.ts';
import { run } from '../../src/demo/run-bindeled.ts';
import { items, onHandOf } from '../../src/demo/shops/catalogue.ts';
import { demoShops } from '../../src/demo/shops/demo-shops.ts';
import { skuOf } from '../../src/demo/shops/scenarios.ts';

type Step = { readonly words: readonly string[]; readonly lines?: number; readonly silent?: true };

const addOf = (servers: DemoServers, id: string): readonly string[] => {
  const shop = demoShops.find((one) => one.id === id);
  const url = servers.urls[id as keyof DemoServers['urls']];
  return ['shops', 'add', id, '--platform', shop?.platform ?? '', '--url', url, '--country', shop?.country ?? ''];
};

const steps = (servers: DemoServers): readonly Step[] => [
  { words: addOf(servers, 'dk') },
  { words: ['shops', 'test', 'dk'] },
  ...demoShops.slice(1).map(({ id }) => ({ words: addOf(servers, id), silent: true as const })),
  { words: ['sync', 'dk'] },
  // One after the other, so that it is always the same shop that first names a thing.
  ...demoShops.slice(1).map(({ id }) => ({ words: ['sync', id], silent: true as const })),
  { words: ['shops', 'list'] },
  { words: ['find', '--shop-id', idInShop(servers, 'dk', skuOf('shop-id-taken'))] },
  { words: ['why', skuOf('draft'), '--shop', 'de'] },
  { words: ['stock', 'import', 'stock.csv'] },
  { words: ['report', 'inactive-with-stock'], lines: 8 },
  { words: ['push', '--dry-run', '--shop', 'dk'], lines: 12 },
];

/** What was counted this morning: a sold-out lamp, a delivery, and more promised than there is. */
function stockFile(): string {
  const counted: Readonly<Record<string, string>> = {
    [skuOf('sold-out')]: '0;0',
    [skuOf('negative')]: '2;5',
    'LY7702-SO': '260;0',
  };
  const lines = items.map((item) => `${item.sku};${counted[item.sku] ?? `${onHandOf(item)};0`}`);
  return ['sku;onHand;reserved', ...lines, ''].join('\n');
}

/** What differs from run to run, written as if it did not: ports, times, durations, made-up ids. */
export function steady(text: string, urls: Readonly<Record<string, string>>): string {
  let shown = text;
  for (const [at, url] of Object.values(urls).entries()) {
    shown = shown.replaceAll(new URL(url).host, `127.0.0.1:${8001 + at}`);
  }
  return shown
    .replace(/\b\d+([.,]\d+)? (ms|s) ago\b/g, 'just now')
    .replace(/\b\d+([.,]\d+)? (ms|s)\b/g, '1 s')
    .replace(/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?/g, '2026-11-24 09:12')
    .replace(/\b\d{1,2}:\d{2}(:\d{2})?\b/g, '09:12')
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, '2026-11-24')
    .replace(/\b\d+ (listings\/s|\/s|per second)/g, '900 $1')
    .replace(/\b[0-9a-z]{16,}\b/g, 'plan-1')
    .replace(/[ \t]+$/gm, '');
}

const cut = (text: string, lines: number | undefined): string => {
  const all = text.trimEnd().split('\n');
  if (lines === undefined || all.length <= lines) return all.join('\n');
  return [...all.slice(0, lines), `[${all.length - lines} more lines]`].join('\n');
};

/** A first quarter of an hour with the real program, against the demo's shops, as text for the README. */
export async function transcript(): Promise<string> {
  const now = Date.now();
  const servers = await startDemoServers(now);
  const home = await mkdtemp(join(tmpdir(), 'bindeled-readme-'));
  try {
    servers.advanceTo(now);
    await writeFile(join(home, 'stock.csv'), stockFile());
    const demoWords: string[] = [];
    for (const { words, lines, silent } of steps(servers)) {
      const { code, out, err } = await run({ home, language: 'en', folder: home }, words);
      // A program that could not start ends with 1 as well, and says nothing on stdout.
      if ((code > 1 && code !== 4) || (code === 1 && out === ''))
        throw new Error(`bindeled ${words.join(' ')} ended with ${code}: ${err}`);
      if (silent === true) continue;
      demoWords.push(`$ bindeled ${words.join(' ')}`, cut(out === '' ? err : out, lines), '');
    }
    return steady(demoWords.join('\n').trimEnd(), servers.urls);
  } finally {
    await servers.close();
    await rm(home, { recursive: true, force: true });
  }
}
