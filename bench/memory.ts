import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Changes } from '../src/domain/changes.ts';
import { toProductId, toShopId, toSku } from '../src/domain/ids.ts';
import { memoryStore } from '../src/stores/memory-store.ts';
import { makeContent, makeIntegration, makeListing, makeProduct, makeShop, refTo } from '../test/support/builders.ts';
import type { Figure } from './figures.ts';

const integrations = 100_000;
const shops = ['dk', 'no', 'se', 'de', 'eu'];

/** Products, listings and links of one thousand things in five shops. */
function thousand(from: number): Changes {
  const numbers = Array.from({ length: 1000 }, (_, at) => from + at);
  const products = numbers.map((number) =>
    makeProduct({
      id: toProductId(`p${number}`),
      sku: toSku(`SKU-${number}`),
      content: makeContent({ name: `Regnjakke Ærø nr. ${number}` }),
      contentFrom: refTo('dk', String(number)),
    }),
  );
  const refs = numbers.flatMap((number) => shops.map((shop) => ({ number, ref: refTo(shop, String(number)) })));
  return {
    put: {
      products,
      listings: refs.map(({ number, ref }) =>
        makeListing({
          ref,
          sku: toSku(`SKU-${number}`),
          content: makeContent({ name: `Regnjakke Ærø nr. ${number}` }),
        }),
      ),
      integrations: refs.map(({ number, ref }) => makeIntegration({ productId: toProductId(`p${number}`), ref })),
    },
    drop: {},
    events: [],
  };
}

const megabytes = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
};

async function fill(): Promise<void> {
  const empty = megabytes();
  const store = memoryStore();
  await store.change(async () => ({
    put: { shops: shops.map((id) => makeShop({ id: toShopId(id), name: id })) },
    drop: {},
    events: [],
  }));
  for (let from = 0; from < integrations / shops.length; from += 1000) {
    const changes = thousand(from);
    await store.change(async () => changes);
  }
  const { integrations: held } = await store.counts();
  if (held !== integrations) throw new Error(`The store holds ${held} integrations.`);
  console.log(JSON.stringify({ empty, full: megabytes() }));
}

/** Memory with 100,000 integrations (and their listings and products), against the same process with none. */
export function benchMemory(): readonly Figure[] {
  const child = spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url)], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  const { empty, full } = JSON.parse(child.stdout) as { empty: number; full: number };
  return [
    {
      what: `memory at ${integrations.toLocaleString('en')} integrations, listings and all`,
      ours: full,
      baseline: { what: 'the same process with none', value: empty },
      unit: 'MB',
    },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await fill();
