import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { lookupHost } from '../../src/connectors/network/lookup-host.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { credential, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import { forever } from '../contract/connector-harness.ts';
import { makeShop } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';
import { platformParts } from '../support/platform-parts.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.each(Object.keys(platformParts))('the line to %s', (platform) => {
  const driver = platformRegistry.get(toPlatformId(platform))!;
  const parts = platformParts[platform]!;

  test('calls itself what the shop was told to let in', async () => {
    const clock = makeClock({ auto: true, start: '2026-10-01T08:00:00.000Z' });
    const fake = fakeShop(parts.shop);
    fake.temper.refusesAgent = 'bindeled';
    const served = await serve(
      fake,
      parts.dialect(() => Date.parse(clock.now())),
    );
    onTestFinished(() => served.close());
    const options = { ...parts.options, userAgent: 'Nordlys lager 1.0' };
    const shop = makeShop({ platform: driver.id, url: `${served.url}${parts.path ?? ''}`, options });
    const secrets = parts.secretsOf(credential(rightKey.key, rightKey.secret));
    const connector = driver.connect({ shop, secrets, options: driver.options.parse(options), clock });
    await expect(connector.test(forever)).resolves.toBeDefined();
  });

  test('takes a proxy that can be used, and none that would be passed over or holds a password', () => {
    const proxy = driver.options.fields.find(({ name }) => name === 'proxy')!;
    const usable = ['http://proxy:3128', 'HTTPS://proxy.example', 'http://127.0.0.1:8080/'];
    const useless = ['proxy:3128', 'not a url', 'socks5://x:1', 'ftp://x', 'http://', 'http://mette:hemmelig@proxy:1'];
    expect([...usable, ...useless].filter((value) => proxy.accepts?.(value))).toEqual(usable);
    const elsewhere = ['http://169.254.169.254', 'http://рrоху.example:1', 'http://[::ffff:a9fe:a9fe]:3128'];
    expect(elsewhere.filter((value) => proxy.accepts?.(value))).toEqual([]);
  });
});

test.each([
  '169.254.169.254',
  'fe80::1',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '0.0.0.0',
])('a name that leads to %s alone is not asked', async (address) => {
  const lookup = promisify(lookupHost);
  await expect(lookup(address, {})).rejects.toMatchObject({ code: 'ENOTFOUND', message: /where no shop answers/ });
  await expect(lookup('127.0.0.1', {})).resolves.toBe('127.0.0.1');
});
