import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import got from 'got';
import { makeLimiter } from '../src/connectors/limiter.ts';
import { platformRegistry } from '../src/connectors/registry.ts';
import { withRetry } from '../src/connectors/retry.ts';
import { credential, rightKey } from '../src/demo/simulators/fake-shop.ts';
import { toPlatformId } from '../src/domain/ids.ts';
import type { ShopConnector } from '../src/ports/shop-connector.ts';
import { systemClock } from '../src/runtime/system-clock.ts';
import { makeShop } from '../test/support/builders.ts';
import { platformParts } from '../test/support/platform-parts.ts';
import type { Figure } from './figures.ts';

const listings = 20_000;
const signal = new AbortController().signal;

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

function connectorTo(platform: string, url: string): ShopConnector {
  const parts = platformParts[platform];
  const driver = platformRegistry.get(toPlatformId(platform));
  if (parts === undefined || driver === undefined) throw new Error(`There is no platform ${platform}.`);
  const options = parts.options ?? {};
  const connector = driver.connect({
    shop: makeShop({ platform: driver.id, url, currency: 'DKK', options }),
    secrets: parts.secretsOf(credential(rightKey.key, rightKey.secret)),
    options: driver.options.parse(options),
    clock: systemClock,
  });
  return withRetry(connector, { shopId: 'bench', clock: systemClock, limiter: makeLimiter(systemClock) });
}

/** Reads the whole shop, page after page; answers how long that took. */
async function readOnce(platform: string, url: string): Promise<number> {
  const connector = connectorTo(platform, url);
  const started = performance.now();
  let cursor: string | undefined;
  let seen = 0;
  do {
    const page = await connector.page({ cursor }, signal);
    seen += page.listings.filter(({ sellable }) => sellable === 'unit').length;
    cursor = page.next;
  } while (cursor !== undefined);
  const took = performance.now() - started;
  if (seen !== listings) throw new Error(`The reading of ${platform} showed ${seen} listings.`);
  return took;
}

const own = /^(host|content-length|connection|accept-encoding|transfer-encoding)$/;

const xml = new XMLParser({ parseTagValue: false });

/** What any client must do with an answer: parse it, in the format that it came in. Lines of a file are a document each. */
function parse(text: string): unknown {
  if (text.trimStart().startsWith('<')) return xml.parse(text);
  try {
    return JSON.parse(text);
  } catch {
    return text.split('\n').map((line) => (line === '' ? undefined : JSON.parse(line)));
  }
}

/** Asks for the very same pages, one after the other, parses each, and does nothing with it. */
async function bareLoop(url: string, asked: readonly Asked[]): Promise<number> {
  const { origin } = new URL(url);
  const started = performance.now();
  for (const { method, path, query, headers, body } of asked) {
    const text = await got(`${origin}${path}${query === '' ? '' : `?${query}`}`, {
      method: method as 'GET',
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !own.test(name))),
      ...(body === '' ? {} : { body }),
      throwHttpErrors: false,
      retry: { limit: 0 },
    }).text();
    parse(text);
  }
  return performance.now() - started;
}

async function benchPlatform(platform: string): Promise<Figure> {
  const child = fork(fileURLToPath(new URL('platform-shop.ts', import.meta.url)), [platform, String(listings)]);
  try {
    const [url] = (await once(child, 'message')) as [string];
    // The first reading tells what is asked, and lets the shop work its answers out.
    child.send('forget');
    await readOnce(platform, url);
    child.send('what was asked?');
    const [asked] = (await once(child, 'message')) as [readonly Asked[]];
    const bare = await bareLoop(url, asked);
    const ours = await readOnce(platform, url);
    return {
      what: `${platform}: ${listings.toLocaleString('en')} listings, ${asked.length} requests of 40 ms`,
      ours,
      baseline: { what: 'a bare got loop that parses the same answers', value: bare },
      unit: 'ms',
      atMost: 1.25,
    };
  } finally {
    child.disconnect();
  }
}

/** Reading 20,000 listings of each platform against a bare loop over the same requests: `platform:magento`. */
export const benchPlatforms: Readonly<Record<string, () => Promise<readonly Figure[]>>> = Object.fromEntries(
  Object.keys(platformParts).map((platform) => [`platform:${platform}`, async () => [await benchPlatform(platform)]]),
);
