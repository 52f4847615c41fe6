import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { detectPlatforms } from '../../src/connectors/detect.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { type FakeShop, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { type Dialect, serve } from '../../src/demo/simulators/server.ts';
import { shopifyDialect } from '../../src/demo/simulators/shopify.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { platformParts } from '../support/platform-parts.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const forever = new AbortController().signal;

async function open(dialect: Dialect): Promise<{ readonly shop: FakeShop; readonly url: string }> {
  const shop = fakeShop({ name: 'Nordlys Friluft' });
  const served = await serve(shop, dialect);
  onTestFinished(() => served.close());
  return { shop, url: served.url };
}

const detect = (typed: string) => detectPlatforms(platformRegistry.all(), typed, { signal: forever });

describe('What answers at an address', () => {
  it.each([
    ['woocommerce', wooCommerceDialect, '/wp-admin/plugins.php'],
    ['shopify', shopifyDialect, '/admin/products'],
  ])('is recognised as %s without a key, whatever page of it was pasted', async (platform, dialect, page) => {
    const { shop, url } = await open(dialect);
    const found = await detect(`${url}${page}`);
    expect(found).toEqual([{ platform, confidence: 'sure', url, name: 'Nordlys Friluft' }]);
    expect(shop.memory.requests.map(({ credentials }) => credentials)).not.toContain('header');
  });

  it.each(Object.entries(platformParts))('is recognised as %s, and as nothing else', async (platform, parts) => {
    const { shop, url } = await open(parts.dialect(() => Date.now()));
    const address = `${url}${parts.path ?? ''}`;
    // A shop of DanDomain Webshop under its own name shows the vendor's pictures, and another page could link to them.
    const confidence = platform === 'dandomain-webshop' ? 'likely' : 'sure';
    const found = await detect(address);
    expect(found.map((one) => [one.platform, one.confidence, one.url])).toEqual([[platform, confidence, address]]);
    expect(shop.memory.requests.map(({ credentials }) => credentials)).not.toContain('header');
  });

  it('is nothing where nobody answers, where a page for people answers, and where plain http leads outside', async () => {
    const { shop, url } = await open(wooCommerceDialect);
    shop.temper.htmlPage = true;
    expect(await detect(url)).toEqual([]);
    shop.temper.htmlPage = false;
    shop.temper.down = true;
    expect(await detect(url)).toEqual([]);
    expect(await detect('http://shop.example')).toEqual([]);
  });

  it('follows no redirect', async () => {
    const other = await open(wooCommerceDialect);
    const { shop, url } = await open(wooCommerceDialect);
    shop.temper.redirectTo = `${other.url}/wp-json/`;
    expect(await detect(url)).toEqual([]);
    expect(other.shop.memory.requests).toEqual([]);
  });

  it('ends at once when it is called off', async () => {
    const { shop, url } = await open(wooCommerceDialect);
    shop.temper.silent = true;
    const stop = new AbortController();
    const asked = detectPlatforms(platformRegistry.all(), url, { signal: stop.signal });
    stop.abort(new Error('called off'));
    await expect(asked).rejects.toThrow('called off');
  });

  it.each([
    'silent',
    'slowDrip',
    'slowHead',
  ] as const)('ends by itself where an answer does not (%s), and says so', async (how) => {
    const { shop, url } = await open(wooCommerceDialect);
    shop.temper[how] = true;
    const asked = detectPlatforms(platformRegistry.all(), url, { signal: forever, withinMs: 50 });
    await expect(asked).rejects.toMatchObject({ kind: 'unreachable', detail: { said: 'no whole answer within 0 s' } });
  });

  it('what was recognised in time counts, though another question got no answer', async () => {
    const { shop, url } = await open(wooCommerceDialect);
    shop.temper.silent = true;
    shop.temper.only = ({ path }) => !path.startsWith('/wp-json');
    const found = await detectPlatforms(platformRegistry.all(), url, { signal: forever, withinMs: 2000 });
    expect(found.map(({ platform }) => platform)).toEqual(['woocommerce']);
  });
});
