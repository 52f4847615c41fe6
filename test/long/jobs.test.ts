import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { skuOf } from '../../src/demo/shops/scenarios.ts';
import { type FakeShop, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// Ten jobs on the demo in a real terminal of 80 by 24, one after the other; the demo plays three weeks first.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const escapeKey = '\u001b';
const pageDown = '\u001b[6~';
const homes: string[] = [];
const emptyHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'bindeled-jobs-'));
  homes.push(home);
  return home;
};
let demo: Terminal;
let other: Terminal | undefined;
beforeAll(async () => {
  const env = { BINDELED_LANG: 'en', TMPDIR: emptyHome() };
  demo = openInTerminal({ columns: 80, rows: 24, env, words: ['demo'] });
  await demo.sees('Needs attention');
  await demo.sees(/links lost/);
});
afterEach(() => other?.kill('SIGKILL'));
afterAll(() => {
  demo.kill('SIGKILL');
  for (const home of homes) rmSync(home, { recursive: true, force: true });
  const rows = done.map(({ job, keys, most, how }) => `| ${job} | ${keys} (at most ${most}) | ${how.join(' ')} |`);
  process.stdout.write(`\n| job | keys | how |\n|---|---|---|\n${rows.join('\n')}\n`);
});

type Done = { readonly job: string; readonly keys: number; readonly most: number; readonly how: readonly string[] };
const done: Done[] = [];

/** Counts what a hand presses. A scan, and a field with the Enter that ends it, are no keys: they are what is told. */
function worker(me: Terminal) {
  const how: string[] = [];
  let keys = 0;
  return {
    press: async (...pressed: readonly (readonly [name: string, bytes: string, seen: string | RegExp])[]) => {
      for (const [name, bytes, seen] of pressed) {
        keys += 1;
        how.push(`\`${name}\``);
        me.type(bytes);
        await me.sees(seen);
      }
    },
    tell: async (what: string, text: string, seen: string | RegExp) => {
      how.push(what);
      me.type(text);
      // A hand pauses before Enter; what comes in one piece with it is a scan.
      if (!what.startsWith('scan')) await me.quiet();
      me.type('\r');
      await me.sees(seen);
    },
    ended: (job: string, most: number) => {
      done.push({ job, keys, most, how });
      expect(keys).toBeLessThanOrEqual(most);
    },
  };
}
/** Back on the first page, with nothing open and nothing under way. */
async function home(): Promise<void> {
  await demo.seesNoMore('Esc stops');
  await demo.quiet();
  for (const key of [escapeKey, escapeKey, '1', escapeKey, escapeKey]) {
    demo.type(key);
    await demo.quiet();
  }
  await demo.sees(/Needs attention/);
  await demo.sees(/q quit/);
}

test('first start to first answer', async () => {
  const env = { BINDELED_HOME: emptyHome(), BINDELED_LANG: 'en', TMPDIR: emptyHome() };
  const me = openInTerminal({ columns: 80, rows: 24, env });
  other = me;
  await me.sees('Choose 1, 2, 3 or 0');
  const hand = worker(me);
  await hand.press(['1', '1', 'Needs attention']);
  await me.sees(/links lost/);
  hand.ended('first start to first answer', 1);
});

test('a new shop from an empty home', async () => {
  const shop: FakeShop = fakeShop();
  for (const number of [1, 2, 3]) shop.add({ sku: `SKU-${number}`, quantity: number });
  const served = await serve(shop, wooCommerceDialect);
  try {
    const env = { BINDELED_HOME: emptyHome(), BINDELED_LANG: 'en' };
    const me = openInTerminal({ columns: 80, rows: 24, env });
    other = me;
    await me.sees('Choose 1, 2, 3 or 0');
    const hand = worker(me);
    await hand.press(['2', '2', 'any address of the shop']);
    await hand.tell('address', served.url, 'WooCommerce answers there');
    await hand.tell('platform', '', /▌ Consumer key/);
    await hand.tell('key', rightKey.key, /▌ Consumer secret/);
    await hand.tell('secret', rightKey.secret, /▌\[ Test connection \]/);
    await hand.press(['Enter', '\r', /✓ write stock/], ['Tab', '\t', /▌\[ Save \]/], ['Enter', '\r', /Links +3/]);
    hand.ended('a new shop from an empty home', 4);
  } finally {
    await served.close();
  }
});

test('wrong stock, by scan, to the figure that was sent', async () => {
  const hand = worker(demo);
  await hand.tell('scan', skuOf('sold-out'), /p sends|no link|with another figure/);
  await hand.press(['p', 'p', /Send \d+ stock figures?\?/]);
  await demo.quiet();
  // Every guard that asks is a field.
  while (/▌ .*Type (\d+) /.test(demo.shown())) {
    const [, count = ''] = /▌ .*Type (\d+) /.exec(demo.shown()) ?? [];
    const before = demo.bytes().length;
    await hand.tell('number', count, /./);
    await demo.wrote(before);
    await demo.quiet();
  }
  if (/O {2}Send/.test(demo.shown())) await hand.press(['O', 'O', /sent/]);
  await demo.sees(/✓ \d+ sent|\d+ sent/);
  hand.ended('wrong stock, by scan, to the figure that was sent', 2);
});

test('not in DE: why', async () => {
  await home();
  const hand = worker(demo);
  await hand.tell('scan', skuOf('draft'), 'DE');
  await hand.press(['w', 'w', /not active in the shop/]);
  hand.ended('not in DE: why', 2);
});

test('a link that was deleted by mistake comes back', async () => {
  await home();
  demo.type(`${skuOf('not-tracked')}\r`);
  await demo.sees(/7 of 7 shops/);
  await demo.quiet();
  demo.type('d');
  await demo.sees('Delete the product integration');
  await demo.quiet();
  demo.type('O');
  await demo.sees(/6 of 7 shops/);
  const hand = worker(demo);
  await demo.quiet();
  await hand.press(['u', 'u', 'Undo your last act?']);
  await demo.quiet();
  await hand.press(['O', 'O', /7 of 7 shops/]);
  hand.ended('a link that was deleted by mistake comes back', 3);
});

test('who holds an id, and the conflict settled', async () => {
  await home();
  demo.type('5');
  await demo.sees(/Conflicts/);
  await demo.quiet();
  demo.type('\r');
  await demo.quiet();
  const [, id = ''] = /\b(\d{5,})\b/.exec(demo.shown().split('\n').slice(2).join('\n')) ?? [];
  await home();
  const hand = worker(demo);
  await hand.press(['3', '3', /Product id in shop/]);
  await demo.quiet();
  await hand.tell('id', id.split('/')[0] ?? '', /conflict/i);
  await demo.quiet();
  await hand.press(['Enter', '\r', /Wants it|contender|▌.*[Kk]eep/]);
  await demo.quiet();
  await hand.press(['a', 'a', /O {2}/]);
  await demo.quiet();
  await hand.press(['O', 'O', /settled|Settled|No conflict|kept/i]);
  hand.ended('who holds an id, and the conflict settled', 5);
});

test('many links lost at once: exactly those, fetched again', async () => {
  await home();
  const hand = worker(demo);
  await demo.sees(/▌ +▲ SE: \d+ links lost/);
  await hand.press(['Enter', '\r', /inactive .*SK60/]);
  await demo.quiet();
  await hand.press(['a', 'a', /\d+ done, \d+ failed|Asked|Fetch/]);
  await demo.sees(/1 {2}Close/);
  hand.ended('many links lost at once: exactly those, fetched again', 3);
});

test('the inactive report: all verified, ten and more ticked off, exported', async () => {
  await home();
  const hand = worker(demo);
  await hand.press(['4', '4', /▌.*confirmed/]);
  await demo.quiet();
  await hand.press(['*', '*', /\d+ marked/], ['i', 'i', /Type \d+ and Enter|Asked about/]);
  const [, count = ''] = /Type (\d+) and Enter/.exec(demo.shown()) ?? [];
  await demo.quiet();
  if (count !== '') await hand.tell('number', count, /Asked about/);
  await demo.seesNoMore(/Esc stops/);
  await demo.quiet();
  demo.type(escapeKey);
  await demo.quiet();
  await hand.press(['PgDn', pageDown, /▌/]);
  await demo.quiet();
  await hand.press(['v', 'v', /\d\d marked/]);
  await demo.quiet();
  await hand.press(['x', 'x', /Tick off/]);
  await demo.quiet();
  await hand.press(['Enter', '\r', /note/i]);
  await demo.quiet();
  await hand.tell('note', 'seen', /ticked off until|off until/i);
  await demo.quiet();
  await hand.press(['e', 'e', /CSV/]);
  await demo.quiet();
  await hand.press(['Enter', '\r', /lines written to/]);
  hand.ended('the inactive report: all verified, ten and more ticked off, exported', 9);
});

test('filter, mark, act, and what failed again', async () => {
  await home();
  const hand = worker(demo);
  await hand.press(['2', '2', /Product integrations/]);
  await demo.quiet();
  await hand.press(['/', '/', /Filter/]);
  await hand.tell('filter', 'SK6001', /SK6001/);
  await demo.quiet();
  await hand.press(['*', '*', /\d+ marked/], ['b', 'b', /products/]);
  await demo.quiet();
  await hand.press(['Enter', '\r', /done, \d+ failed|linked/]);
  await demo.quiet();
  hand.ended('filter, mark, act, and what failed again', 8);
});

test('hand-over: a note that the next shift sees first', async () => {
  await home();
  const hand = worker(demo);
  await hand.tell('scan', skuOf('draft'), 'DE');
  await demo.quiet();
  await hand.press(['n', 'n', /note/i]);
  await demo.quiet();
  await hand.tell('text', 'Supplier rings on Monday', 'For how long');
  await demo.quiet();
  await hand.press(['Enter', '\r', /Note: Supplier rings on Monday/]);
  hand.ended('hand-over: a note that the next shift sees first', 4);
});
