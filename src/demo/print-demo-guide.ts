import type { DemoServers } from './demo-servers.ts';
import type { DemoWords } from './demo-words.ts';
import { type RunEnvironment, run } from './run-bindeled.ts';
import { skuOf } from './shops/scenarios.ts';

export type PrintLine = (line: string) => void;

/** The shop's id of what a trouble is about. */
export const idInShop = (servers: DemoServers, shop: string, sku: string): string =>
  servers.shelf(shop).find((product) => product.variants.some((variant) => variant.sku === sku))?.id ?? '';

type Section = { readonly title: string; readonly words: readonly string[]; readonly lines?: number };

/** The story that is told where there is no terminal: each section one command of the real program. */
const sections = (servers: DemoServers, { sections: title }: DemoWords): readonly Section[] => [
  { title: title.shops, words: ['shops', 'list'] },
  { title: title.sync, words: ['sync'] },
  { title: title.lookUp, words: ['show', 'SK6001-SO-42'] },
  { title: title.byId, words: ['find', '--shop-id', idInShop(servers, 'dk', skuOf('shop-id-taken'))] },
  { title: title.why, words: ['why', 'SK6001-SO-42', '--shop', 'se'] },
  { title: title.whyUser, words: ['why', skuOf('removed-by-user'), '--shop', 'no'] },
  { title: title.missing, words: ['list', '--shop', 'no', '--filter', 'missing'], lines: 16 },
  { title: title.conflicts, words: ['conflicts'], lines: 40 },
  { title: title.inactive, words: ['report', 'inactive-with-stock'], lines: 24 },
  { title: title.push, words: ['push', '--dry-run'], lines: 30 },
  { title: title.log, words: ['log'], lines: 14 },
];

const shortened = (text: string, lines: number | undefined): readonly string[] => {
  const all = text.trimEnd().split('\n');
  return lines === undefined || all.length <= lines ? all : [...all.slice(0, lines), `[... ${all.length - lines}]`];
};

/** Tells the whole story in lines. False when a command failed that should not have. */
export async function printDemoGuide(
  servers: DemoServers,
  runEnvironment: RunEnvironment,
  { words, say }: { words: DemoWords; say: PrintLine },
): Promise<boolean> {
  let well = true;
  for (const { title, words: command, lines } of sections(servers, words)) {
    say('');
    say(`# ${title}`);
    say(`$ bindeled ${command.join(' ')}`);
    const { code, out, err } = await run(runEnvironment, command);
    for (const line of shortened(out === '' ? err : out, lines)) say(line);
    // 1 and 4 are findings, which is what the demo is full of; more is trouble.
    if (code > 1 && code !== 4) {
      well = false;
      say(err.trimEnd());
      say(`(exit ${code})`);
    }
  }
  return well;
}
