import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FakeShop, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { type ServedShop, serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { type CliResult, documentOf, type Home, makeHome, runCli } from '../e2e/run-cli.ts';

// Each test starts the program several times, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home: Home;
let shop: FakeShop;
let served: ServedShop;

beforeEach(async () => {
  home = makeHome();
  shop = fakeShop({ name: 'Uld DK', identity: 'https://dk.example' });
  for (let count = 1; count <= 400; count += 1) shop.add({ sku: `SOK-${count}` });
  served = await serve(shop, wooCommerceDialect);
  await runCli(home, ['shops', 'add', 'dk', '--platform', 'woocommerce', '--url', served.url]);
});
afterEach(async () => {
  await served.close();
  home.remove();
});

const isReading = (said: string): boolean => /reading · \d+ read/.test(said);

/** So many pages of products are answered, the others wait: a reading that has begun goes on as long as a test looks. */
function holdAfter(pages: number): PromiseWithResolvers<void> {
  const hold = Promise.withResolvers<void>();
  let listed = 0;
  shop.temper.beforeAnswer = ({ path }) => {
    listed += path.endsWith('/products') ? 1 : 0;
    if (listed > pages) shop.temper.hold = hold.promise;
  };
  return hold;
}

/** Every link once, and every product once, as the history tells it. */
async function expectWhole(): Promise<void> {
  const list = documentOf(await runCli(home, ['list', '--shop', 'dk', '--filter', 'linked', '--json']));
  expect(list.total).toBe(400);
  const again = await runCli(home, ['sync', '--full', '--json']);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('"unchanged"');
}

test('acceptance 1: killed in the middle of a reading, the next one goes on; nothing twice, nothing lost', async () => {
  const hold = holdAfter(2);
  const cut = await runCli(home, ['sync'], { onOutput: (said, signal) => isReading(said) && signal('SIGKILL') });
  expect(cut.code).toBeUndefined();
  hold.resolve();
  const asked = shop.memory.requests.length;
  const rest = await runCli(home, ['sync']);
  expect(rest.code, rest.stderr).toBe(0);
  expect(rest.stdout).toContain('400 read');
  const listed = (from: number): number =>
    shop.memory.requests.slice(from).filter(({ path }) => path.endsWith('/products')).length;
  const pages = listed(asked);
  const whole = shop.memory.requests.length;
  await expectWhole();
  expect(pages).toBeLessThan(listed(whole));
});

test('acceptance 2: while one program reads a shop a second is told who does, and the store is whole after', async () => {
  const hold = holdAfter(2);
  let second: Promise<CliResult> | undefined;
  const first = await runCli(home, ['sync'], {
    onOutput: (said) => {
      if (isReading(said)) second ??= runCli(home, ['sync']).finally(hold.resolve);
    },
  });
  expect(first.code, first.stderr).toBe(0);
  const refused = await second!;
  expect([refused.code, refused.stdout]).toEqual([1, expect.stringMatching(/is syncing it now \(process \d+\)/)]);
  await expectWhole();
});
