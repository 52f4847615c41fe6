import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeShop, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { type ServedShop, serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { registerChild } from '../support/children.ts';
import { type CommandsProcess, documentOf, type Home, makeHome, runCli, startCommands } from './run-cli.ts';

// Each test starts the program several times, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home: Home;
let shop: FakeShop;
let served: ServedShop;
let commands: CommandsProcess;
const bindeled = (...args: readonly string[]) => runCli(home, args);
/** The same without a process of its own: for what leads to a test, and what looks at its end. */
const lightly = (...args: readonly string[]) => commands.run(home, args);
const addShop = (url = served.url) => lightly('shops', 'add', 'dk', '--platform', 'woocommerce', '--url', url);

beforeAll(() => {
  commands = startCommands();
});
afterAll(() => commands.end());

beforeEach(async () => {
  home = makeHome();
  shop = fakeShop({ name: 'Uld DK', identity: 'https://dk.example' });
  for (let count = 1; count <= 5; count += 1) shop.add({ sku: `SOK-${count}`, quantity: count });
  served = await serve(shop, wooCommerceDialect);
});
afterEach(async () => {
  await served.close();
  home.remove();
});

describe('a shop that does not answer as it should', () => {
  test('a wrong key: exit 3, names the shop and the key, and never says the key', async () => {
    await addShop();
    const wrong = { BINDELED_DK_KEY: rightKey.key, BINDELED_DK_SECRET: 'cs_wrong000000000000000000000000000' };
    for (const command of [['shops', 'test', 'dk'], ['sync']]) {
      const result = await runCli(home, command, { env: wrong });
      expect(result.code, result.stderr).toBe(3);
      expect(result.stderr).toContain('answered, but refused the key');
      expect(result.stdout + result.stderr).not.toContain(wrong.BINDELED_DK_SECRET);
    }
    expect(readFileSync(join(home.folder, 'state', 'bindeled.log'), 'utf8')).not.toContain(wrong.BINDELED_DK_SECRET);
  });

  test('no key at all: exit 3, and says which variables are looked for', async () => {
    await addShop();
    const result = await runCli(home, ['sync'], { env: { BINDELED_DK_KEY: '', BINDELED_DK_SECRET: '' } });
    expect(result.code, result.stdout + result.stderr).toBe(3);
    expect(result.stderr).toContain('BINDELED_DK_KEY');
    expect(result.stderr).toContain('There is no key for dk.');
    expect(result.stderr).not.toContain('answered');
  });

  test('a sync that finds every shop paused says that it read none, and why', async () => {
    await addShop();
    await lightly('shops', 'pause', 'dk');
    const result = await bindeled('sync');
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toContain('No shop was read.');
    expect(result.stderr).toContain('dk is paused, so it is not asked.');
    const named = await lightly('sync', 'dk');
    expect(named.stdout).toMatch(/paused/);
    expect(named.stdout).not.toContain('refused');
  });

  test('a shop that is down: exit 3, says so, and removes no link', async () => {
    await addShop();
    await lightly('sync');
    await served.close();
    const result = await bindeled('shops', 'test', 'dk');
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('does not answer');
    expect((await lightly('show', 'SOK-1')).stdout).toContain('1 of 1 shop');
    served = await serve(shop, wooCommerceDialect);
  });

  test('a page of HTML with status 200: exit 3, and says what it often is', async () => {
    await addShop();
    shop.temper.htmlPage = true;
    const result = await bindeled('sync');
    expect(result.code, result.stderr).toBe(3);
    expect(result.stderr).toContain('login page');
  });

  test('an address without its path is mended, or the answer says what it should be', async () => {
    expect((await addShop(`${served.url}/wp-json/wc/v3`)).code).toBe(0);
    expect((await lightly('shops', 'test', 'dk')).code).toBe(0);
    await lightly('shops', 'add', 'se', '--platform', 'woocommerce', '--url', `${served.url}/no/such/place`);
    shop.temper.nowhere = true;
    const env = { BINDELED_SE_KEY: rightKey.key, BINDELED_SE_SECRET: rightKey.secret };
    const result = await runCli(home, ['shops', 'test', 'se'], { env });
    expect(result.code).toBe(3);
    expect(result.stderr).toContain("must be the API's");
  });

  test('an empty answer with 200 removes no link: it asks for the exact number', async () => {
    await addShop();
    await lightly('sync');
    shop.temper.emptyCatalog = true;
    const result = await bindeled('sync', '--full');
    expect(result.code, result.stderr).toBe(1);
    expect(result.stderr).toContain('none was removed');
    expect(result.stderr).toContain('--accept-removals 5');
    expect((await lightly('show', 'SOK-1')).stdout).toContain('1 of 1 shop');
  });
});

describe('what was typed does not hold', () => {
  test('nobody is asked before all that was typed holds, and what may have been meant is proposed', async () => {
    const refused = await Promise.all([
      lightly('shops', 'add', '', served.url),
      lightly('shops', 'add', 'x', served.url, '--country', 'Danmark'),
      lightly('shops', 'add', 'x', served.url, '--option', 'lnag=all'),
      lightly('shops', 'add', 'x', served.url, '--option', 'lang'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(shop.memory.requests).toEqual([]);
    await addShop();
    await lightly('sync');
    shop.memory.requests.length = 0;
    const blank = await lightly('fetch', 'SOK-1', ' ');
    expect([blank.code, shop.memory.requests]).toEqual([2, []]);
    const meant = await bindeled('why', 'SOK+1');
    expect([meant.code, meant.stderr]).toEqual([1, expect.stringMatching(/Did you mean one of these\? .*SOK-1/)]);
  });

  test.each([
    [
      ['shops', 'add', 'x', '--platform', 'prestachop', '--url', 'https://x.example'],
      2,
      'none of woocommerce, shopify',
    ],
    [['shops', 'add', 'x', '--platform', 'woocommerce', '--url', 'http://shop.example'], 2, 'http://shop.example'],
    [['show', 'NO-SUCH'], 1, 'No product has item number, EAN, id or name "NO-SUCH"'],
    [['list', '--shop', 'zz'], 2, 'no shop called "zz"'],
    [['frobnicate'], 2, 'no command "frobnicate"'],
    [['sync', '--fulll'], 2, 'no option --fulll'],
    [['push'], 2, '--dry-run or --apply'],
    [
      ['shops', 'add', 'x', 'https://x.example', '--platform', 'woocommerce', '--ca', '/dev/zero'],
      2,
      'no ordinary file',
    ],
    [
      ['shops', 'add', 'x', 'https://x.example', '--platform', 'woocommerce', '--ca', process.execPath],
      2,
      'larger than',
    ],
    [
      ['shops', 'add', 'x', 'https://x.example', '--platform', 'woocommerce', '--ca', fileURLToPath(import.meta.url)],
      2,
      'no certificate',
    ],
    [[], 2, 'needs a terminal'],
  ] as const)('%j ends with %i and says it on stderr', async (args, code, said) => {
    // One of each code by itself, and what only a process of its own knows: that there is no terminal.
    const byItself: readonly string[] = ['', 'show', 'frobnicate'];
    const result = await (byItself.includes(args[0] ?? '') ? bindeled : lightly)(...args);
    expect(result.stderr).toContain(said);
    expect(result.stdout).toBe('');
    expect(result.code).toBe(code);
  });

  test('with --json trouble is a document too, and stdout holds nothing else', async () => {
    const result = await bindeled('show', 'NO-SUCH', '--json');
    expect(documentOf(result)).toMatchObject({
      bindeled: 1,
      kind: 'trouble',
      sort: 'refusal',
      trouble: 'unknown-product',
    });
    expect(result.code).toBe(1);
  });

  test('a stock file with bad lines: every one is named, and nothing is imported', async () => {
    await addShop();
    await lightly('sync');
    const file = join(home.folder, 'stock.csv');
    writeFileSync(file, 'sku,stock\nSOK-1,5\nSOK-2,"3,5"\n,4\nSOK-1,6\nSOK-3,many\n');
    const result = await bindeled('stock', 'import', file);
    expect(result.code).toBe(1);
    for (const line of ['line 3', 'line 4', 'line 5', 'line 6']) expect(result.stderr).toContain(line);
    expect((await lightly('show', 'SOK-1')).stdout).toContain('0 on hand');
  });

  test('an item number that nobody knows is a bad line, unless products may be created', async () => {
    const file = join(home.folder, 'stock.json');
    writeFileSync(file, '[{ "sku": "NEW-1", "onHand": 3 }]');
    expect((await bindeled('stock', 'import', file)).code).toBe(1);
    expect((await lightly('stock', 'import', file, '--create')).code).toBe(0);
    expect((await lightly('show', 'NEW-1')).stdout).toContain('3 on hand');
  });

  test('settings: every problem is named with file and key; unknown keys are only warned of', async () => {
    const config = join(home.folder, 'config');
    mkdirSync(config);
    writeFileSync(join(config, 'config.json'), '{ "unsoldDays": "many", "jumpFactor": 0 }');
    const bad = await bindeled('shops', 'list');
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/config\.json: unsoldDays.*\n.*config\.json: jumpFactor/);
    writeFileSync(join(config, 'config.json'), '{ "readonly": true }');
    const warned = await lightly('shops', 'list');
    expect(warned.code).toBe(0);
    expect(warned.stderr).toContain('readonly: is no setting, and is passed over (readOnly?)');
  });

  test('a file of keys that others can read is refused, with the way to close it', async () => {
    await addShop();
    const config = join(home.folder, 'config');
    mkdirSync(config, { recursive: true });
    const file = join(config, 'credentials.json');
    writeFileSync(file, JSON.stringify({ dk: { key: rightKey.key, secret: rightKey.secret } }));
    chmodSync(file, 0o644);
    const env = { BINDELED_DK_KEY: '', BINDELED_DK_SECRET: '' };
    const open = await runCli(home, ['sync'], { env });
    expect(open.stderr).toContain(`chmod 600 ${file}`);
    expect(open.code).toBe(3);
    chmodSync(file, 0o600);
    expect((await runCli(home, ['sync'], { env })).code).toBe(0);
  });

  test('a key that is given by pipe lands in a file for its owner alone', async () => {
    await addShop();
    const result = await runCli(home, ['shops', 'key', 'dk'], { stdin: `${rightKey.key}\n${rightKey.secret}\n` });
    expect(result.code, result.stderr).toBe(0);
    expect(result.stdout + result.stderr).not.toContain(rightKey.secret);
    expect(statSync(join(home.folder, 'config', 'credentials.json')).mode & 0o777).toBe(0o600);
    const env = { BINDELED_DK_KEY: '', BINDELED_DK_SECRET: '' };
    expect((await runCli(home, ['shops', 'test', 'dk'], { env })).code).toBe(0);
  });
});

describe('what dies, or is cut off', () => {
  test('a damaged store: exit 5, says how to go back, and no byte of it is touched', async () => {
    await addShop();
    await lightly('sync');
    await lightly('store', 'compact');
    const backup = join(home.folder, 'backup');
    expect((await lightly('store', 'backup', backup)).code).toBe(0);
    const folder = join(home.folder, 'data', 'store');
    const name = readdirSync(folder).find((one) => one.startsWith('snapshot-') && one.endsWith('.jsonl')) ?? '';
    const bytes = readFileSync(join(folder, name));
    bytes[Math.floor(bytes.length / 2)] = 0;
    writeFileSync(join(folder, name), bytes);
    for (const command of [['show', 'SOK-1'], ['sync'], ['store', 'check']]) {
      const result = await bindeled(...command);
      expect(result.code, command.join(' ')).toBe(5);
      expect(result.stderr).toContain('left untouched');
      expect(result.stderr).toContain('bindeled store restore');
    }
    expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
    expect((await bindeled('store', 'restore', backup)).code).toBe(0);
    expect((await lightly('show', 'SOK-1')).stdout).toContain('1 of 1 shop');
  });

  test('Ctrl-C in the middle of a sync: exit 130, and run again it ends as if nothing had been', async () => {
    for (let count = 6; count <= 400; count += 1) shop.add({ sku: `SOK-${count}` });
    await addShop();
    // From the third page on the shop waits, so that the sync goes on as long as the test looks.
    const hold = Promise.withResolvers<void>();
    let listed = 0;
    shop.temper.beforeAnswer = ({ path }) => {
      listed += path.endsWith('/products') ? 1 : 0;
      if (listed > 2) shop.temper.hold = hold.promise;
    };
    let asked = false;
    const cut = await runCli(home, ['sync'], {
      onOutput: (said, signal) => {
        if (asked || !/reading · \d+ read/.test(said)) return;
        asked = true;
        signal('SIGINT');
      },
    });
    expect(cut.code, cut.stderr).toBe(130);
    expect(cut.stderr).toContain('nterrupted');
    hold.resolve();
    expect((await bindeled('sync')).code).toBe(0);
    const { total } = documentOf(await lightly('list', '--shop', 'dk', '--filter', 'linked', '--json'));
    expect(total).toBe(400);
  });

  test('a reader that goes away early is no trouble', async () => {
    for (let count = 6; count <= 400; count += 1) shop.add({ sku: `SOK-${count}` });
    await addShop();
    await lightly('sync');
    const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
    const child = registerChild(
      spawn(process.execPath, [program, 'list', '--shop', 'dk', '--json'], { env: { ...home.env } }),
    );
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).not.toMatch(/EPIPE|went wrong/);
    expect(code).toBe(0);
  });
});

test('R16: what fails where nobody waits for it is a fault of ours, told without a key and without what steers', async () => {
  const secret = 'cs_Zq7wXv4nPt6bRd9fHj3';
  const words = `'a line with ' + process.env.BINDELED_DK_SECRET + ' broke \\u001b[31m\\u202e'`;
  const late = `if (process.listenerCount('uncaughtException') > 0 || performance.now() > 5000) Promise.reject(new Error(${words}))`;
  const preload = `data:text/javascript,${encodeURIComponent(`const timer = setInterval(() => { ${late} }, 50).unref()`)}`;
  mkdirSync(join(home.folder, 'config'), { recursive: true });
  writeFileSync(join(home.folder, 'config', 'config.json'), '{"serve":{"port":0}}');
  const env = { BINDELED_DK_SECRET: secret, NODE_OPTIONS: `--import=${preload}` };
  const { code, stderr } = await runCli(home, ['serve'], { env });
  const log = readFileSync(join(home.folder, 'state', 'bindeled.log'), 'utf8');
  expect(code).toBe(70);
  for (const text of [stderr, log]) {
    expect(text).toContain('a line with [hidden] broke');
    expect(text).not.toContain(secret);
    expect(text).not.toMatch(/[\u001b\u202e]/);
  }
});
