import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import type { Shop } from '../../src/domain/shop.ts';
import { errorOf, forever, readAll, skusIn } from '../contract/connector-harness.ts';
import { makeShop } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const file = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
const tls = { key: readFileSync(file('key'), 'utf8'), cert: readFileSync(file('cert'), 'utf8') };

async function open(over: (url: string) => Partial<Shop>) {
  const shop = fakeShop();
  shop.add({ sku: 'CUP' });
  const served = await serve(shop, wooCommerceDialect, tls);
  onTestFinished(() => served.close());
  return wooCommerce.connect({
    options: {},
    shop: makeShop({ url: served.url, ...over(served.url) }),
    secrets: rightKey,
    clock: makeClock(),
  });
}

it('92: reads a shop behind a private CA when its file is named', async () => {
  const connector = await open(() => ({ caFile: file('cert') }));
  expect(skusIn(await readAll(connector))).toEqual(['CUP']);
});

it('92: does not trust a certificate that nobody vouches for, and does not call that temporary', async () => {
  const error = await errorOf((await open(() => ({}))).page({}, forever));
  expect([error.kind, error.temporary]).toEqual(['refused', false]);
  expect(error.detail.said).toMatch(/self.signed/i);
});

it('92: does not trust a certificate of another name', async () => {
  const connector = await open((url) => ({ caFile: file('cert'), url: url.replace('127.0.0.1', 'localhost') }));
  const error = await errorOf(connector.page({}, forever));
  expect([error.kind, error.detail.said]).toEqual(['refused', expect.stringContaining('ALTNAME')]);
});

it('a CA file that is a device, a pipe, a folder, or longer than a certificate could be is refused at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-ca-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [pipe, zero, giant] = [join(folder, 'pipe'), join(folder, 'zero.pem'), join(folder, 'giant.pem')];
  execFileSync('mkfifo', [pipe]);
  symlinkSync('/dev/zero', zero);
  writeFileSync(giant, '');
  truncateSync(giant, 3 * 1024 * 1024);
  for (const caFile of ['/dev/zero', zero, pipe, folder, giant]) {
    const error = await errorOf((await open(() => ({ caFile }))).page({}, forever));
    expect([error.kind, error.temporary, error.detail.said], caFile).toEqual([
      'refused',
      false,
      expect.stringMatching(/no ordinary file|larger than/),
    ]);
  }
});
