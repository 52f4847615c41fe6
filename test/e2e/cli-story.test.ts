import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FakeShop, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { type ServedShop, serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { type CommandsProcess, documentOf, type Home, makeHome, runCli, startCommands } from './run-cli.ts';

// Each test starts the program several times, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home: Home;
let [dk, no]: [FakeShop, FakeShop] = [fakeShop(), fakeShop()];
const served: ServedShop[] = [];
let commands: CommandsProcess;
const bindeled = (...args: readonly string[]) => commands.run(home, args);

beforeAll(async () => {
  home = makeHome();
  commands = startCommands();
  const startsAt = Date.now() - 30 * 86_400_000;
  dk = fakeShop({ name: 'Uld DK', identity: 'https://dk.example', startsAt });
  no = fakeShop({ name: 'Uld NO', identity: 'https://no.example', startsAt });
  for (const shop of [dk, no]) {
    shop.add({ id: '10', title: 'Uldsok blå', sku: 'SOK-1', quantity: 4, barcode: '5701234567899' });
    shop.add({ id: '20', title: '=cmd|calc', sku: 'HUE-2', quantity: 1, status: shop === no ? 'draft' : 'active' });
  }
  for (const [id, shop] of [
    ['dk', dk],
    ['no', no],
  ] as const) {
    const one = await serve(shop, wooCommerceDialect);
    served.push(one);
    const added = await bindeled(
      'shops',
      'add',
      id,
      '--platform',
      'woocommerce',
      '--url',
      one.url,
      '--name',
      shop.name,
    );
    expect(added.code, added.stderr).toBe(0);
  }
});
afterAll(async () => {
  commands.end();
  for (const one of served) await one.close();
  home.remove();
});

// One story, told in order: each step stands on the one before it.
describe('from a fresh shop to stock in it', () => {
  test('the connection is tested, with every permission named', async () => {
    const result = await runCli(home, ['shops', 'test', 'dk']);
    expect(result.stdout).toContain('Connected to Uld DK');
    expect(result.stdout).toContain('write stock');
    expect(result.code).toBe(0);
  });

  test('a sync reads both shops: data on stdout, progress on stderr', async () => {
    const result = await runCli(home, ['sync']);
    expect(result.code, result.stderr).toBe(0);
    // Both are read at once: whichever answers first makes a product known.
    expect(result.stdout).toMatch(/Uld DK\s+finished, changed\s+2 read, (\d new, )?(\d updated, )?2 linked/);
    expect(result.stdout).toMatch(/Uld NO\s+finished, changed\s+2 read, (\d new, )?(\d updated, )?1 linked/);
    expect(result.stdout).not.toContain('reading');
    expect(result.stderr).toContain('Uld DK: ');
  });

  test('a shop product id is found with its holder, in both shops', async () => {
    const result = await bindeled('find', '--shop-id', '10');
    expect(result.stdout.match(/Holds it\s+SOK-1 Uldsok blå/g)).toHaveLength(2);
    const document = documentOf(await bindeled('find', '--shop-id', '10', '--json'));
    expect(document).toMatchObject({ bindeled: 1, kind: 'shop-id', asked: '10' });
    const { stdout } = await bindeled('find', '--shop-id', '10', '--csv');
    expect(stdout).toMatch(/^Shop,Product id,Item number,Holds it,.*\r?\nUld (?:DK|NO),10,SOK-1,/);
    expect(stdout.trim().split('\n')).toHaveLength(3);
  });

  test('nobody is an answer, and a finding', async () => {
    const result = await bindeled('find', '--shop-id', '999');
    expect(result.stdout).toContain('Nobody holds 999');
    expect(result.code).toBe(1);
    const twoForms = await bindeled('find', '--shop-id', '999', '--json', '--csv');
    expect(documentOf(twoForms)).toMatchObject({ kind: 'trouble', sort: 'usage' });
  });

  test('a family without its command, and a dashboard without a terminal, are trouble as JSON too', async () => {
    for (const args of [['stock'], []]) {
      // Without a command it is the program's main file that answers.
      const result = await runCli(home, ['--json', ...args]);
      expect([result.code, documentOf(result)]).toMatchObject([2, { kind: 'trouble', sort: 'usage' }]);
    }
  });

  test('an EAN finds the product, and a card draws a line for every shop', async () => {
    expect((await bindeled('find', '5701234567899')).stdout).toMatch(/SOK-1 .*2 of 2 shops .*EAN/);
    const card = await bindeled('show', 'HUE-2');
    expect(card.stdout).toContain('1 of 2 shops');
    expect(card.stdout).toMatch(/◐ {2}Uld DK\s+differs\s+20/);
    expect(card.stdout).toMatch(/– {2}Uld NO\s+inactive\s+20\s+draft/);
  });

  test('stock is imported from a Danish file', async () => {
    const file = join(home.folder, 'lager.csv');
    writeFileSync(file, '\ufeffVarenummer;Beholdning;Kostpris\r\nSOK-1;7;12,50\r\nHUE-2;3;1.000,00\r\n');
    const result = await bindeled('stock', 'import', file);
    expect(result.stdout).toContain('2 changed');
    expect(result.code).toBe(0);
  });

  test('why: the cause with its evidence, what cannot be sold, and the next step', async () => {
    const result = await bindeled('why', 'HUE-2', '--shop', 'no');
    expect(result.stdout).toContain('3 on hand that this shop cannot sell');
    expect(result.stdout).toContain('confirmed: not active in the shop');
    expect(result.stdout).toContain('the shop says "draft" about 20');
    expect(result.stdout).toContain('Activate it in the shop, by hand');
    expect(result.code).toBe(1);
  });

  test('the same in Danish', async () => {
    const result = await bindeled('why', 'HUE-2', '--shop', 'no', '--lang', 'da');
    expect(result.stdout).toContain('bekræftet: ikke aktiv i shoppen');
    expect(result.stdout).toContain('Aktivér produktet i shoppen');
  });

  test('the report finds it, values it at cost, and its CSV holds no formula', async () => {
    const result = await runCli(home, ['report', 'inactive-with-stock', '--csv', '--bom', '--lang', 'da']);
    expect(result.code).toBe(1);
    expect(result.stdout.startsWith('\ufeffHvor sikkert;')).toBe(true);
    expect(result.stdout).toContain(";'=cmd|calc;");
    const document = documentOf(await bindeled('report', 'inactive-with-stock', '--json'));
    expect(document).toMatchObject({ kind: 'inactive-with-stock', total: 1, value: [{ minor: 300_000 }] });
  });

  test('a tick takes it off the list until it expires', async () => {
    expect((await bindeled('tick', 'HUE-2', '--shop', 'no', '--note', 'set efter')).code).toBe(0);
    expect((await bindeled('report', 'inactive-with-stock')).code).toBe(0);
    expect((await bindeled('untick', 'HUE-2', '--shop', 'no')).code).toBe(0);
    expect((await bindeled('report', 'inactive-with-stock')).code).toBe(1);
  });

  test('a preview changes nothing in a shop; guards hold first pushes until they are counted', async () => {
    const result = await bindeled('push', '--dry-run', '--product', 'SOK-1');
    expect(result.stdout).toMatch(/SOK-1\s+Uld DK\s+7 - 0 = 7\s+4 .*7\s+first push/);
    expect(result.stderr).toContain('--yes-firsts 2');
    expect(dk.product('10').variants[0]?.quantity).toBe(4);
    const held = await bindeled('push', '--apply', '--product', 'SOK-1');
    expect(held.code).toBe(1);
    expect(held.stdout).toContain('held back: first push');
    expect(dk.product('10').variants[0]?.quantity).toBe(4);
  });

  test('the very plan that was seen is applied', async () => {
    const { plan } = documentOf(await bindeled('push', '--dry-run', '--product', 'SOK-1', '--json')) as {
      plan: { id: string };
    };
    const result = await runCli(home, ['push', '--apply', plan.id, '--yes-firsts', '2']);
    expect(result.code, result.stderr).toBe(0);
    expect(result.stdout.match(/sent \(was 4\)/g)).toHaveLength(2);
    expect([dk, no].map((shop) => shop.product('10').variants[0]?.quantity)).toEqual([7, 7]);
    const again = await bindeled('push', '--apply', plan.id);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('applied already');
  });

  test('a link is removed with a reason, explained with who and why, and undone', async () => {
    expect((await bindeled('remove', 'SOK-1', '--shop', 'no')).code).toBe(2);
    expect((await bindeled('remove', 'SOK-1', '--shop', 'no', '--reason', 'forkert vare')).code).toBe(0);
    const why = await bindeled('why', 'SOK-1', '--shop', 'no');
    expect(why.stdout).toContain('maria removed the link to 10: a person deleted it; note: forkert vare');
    const undone = await bindeled('undo');
    expect(undone.code, undone.stderr).toBe(0);
    expect((await bindeled('why', 'SOK-1', '--shop', 'no')).stdout).toContain('Linked to 10.');
  });

  test('fetching again says what it found and what it ruled out', async () => {
    no.setStatus('20', 'active');
    const result = await bindeled('fetch', 'HUE-2', '--shop', 'no');
    expect(result.stdout).toMatch(/HUE-2\s+Uld NO\s+linked/);
    expect(result.stderr).toContain('bindeled undo --list');
    expect(result.code).toBe(0);
  });

  test('the timeline tells it all, newest first, each event with a number of its own', async () => {
    const document = documentOf(await bindeled('timeline', 'SOK-1', '--json')) as {
      events: { seq: number; type: string }[];
    };
    const seqs = document.events.map((event) => event.seq);
    expect(new Set(seqs).size).toBe(seqs.length);
    expect(document.events.map((event) => event.type)).toEqual(
      expect.arrayContaining([
        'product-created',
        'integration-created',
        'stock-pushed',
        'integration-removed',
        'undone',
      ]),
    );
  });

  test('a ticket holds ids and times, and no secret', async () => {
    const result = await bindeled('ticket', 'HUE-2', '--lang', 'da');
    expect(result.stdout).toContain('# Produktintegration: HUE-2');
    expect(result.stdout).toContain('UTC');
    expect(result.stdout).not.toContain(home.env.BINDELED_DK_KEY);
    expect(result.stdout).not.toContain(home.env.BINDELED_DK_SECRET);
  });

  test('all that lacks a link is fetched as a list, and a list begun again passes over what it had', async () => {
    no.setStatus('20', 'draft');
    await bindeled('sync', 'no', '--full');
    const result = await bindeled('fetch', '--missing', '--again', '--shop', 'no');
    expect(result.stdout).toMatch(/HUE-2\s+Uld NO\s+not active in the shop/);
    expect(result.code, result.stderr).toBe(1);
    const again = await bindeled('fetch', '--missing', '--shop', 'no');
    expect(again.stderr).toContain('within the last hour');
    expect([again.stdout, again.code]).toEqual(['', 0]);
  });

  test('links in a file are tried first: what would come of each line, and what speaks for it', async () => {
    const file = join(home.folder, 'koblinger.csv');
    writeFileSync(file, 'varenummer;shop;produkt id\nSOK-1;dk;10\nHUE-2;no;20\nSOK-1;no;99\nHUE-2;dk;10\n');
    const tried = await bindeled('link', 'import', file, '--dry-run');
    expect(tried.stdout).toContain('line 2: SOK-1, dk 10: SOK-1 already has a product integration in');
    expect(tried.stdout).toContain('line 3: HUE-2, no 20: 20 is not for sale in');
    expect(tried.stdout).toContain('(same item number HUE-2)');
    expect(tried.stdout).toContain('line 4: SOK-1, no 99:');
    expect(tried.stdout).toContain('line 5: HUE-2, dk 10: SOK-1 already has');
    expect(tried.code).toBe(1);
    // Every line is refused: done in earnest, it says the same of each, and of the same product.
    expect((await bindeled('link', 'import', file)).stdout).toBe(tried.stdout);
    const list = JSON.stringify([{ sku: 'SOK-1', shop: 'dk', shopProductId: '10' }]);
    const asJson = join(home.folder, 'links.json');
    writeFileSync(asJson, list);
    expect((await bindeled('link', 'import', asJson, '--dry-run')).stdout).toContain('line 1: SOK-1, dk 10:');
    for (const language of ['en', 'da']) {
      writeFileSync(
        file,
        (await bindeled('list', '--shop', 'dk', '--filter', 'linked', '--csv', '--lang', language)).stdout,
      );
      const back = await bindeled('unlink', 'import', file, '--dry-run');
      expect(back.stdout).toContain(': SOK-1, dk 10: would be removed');
      expect(back.code, back.stderr).toBe(0);
    }
    writeFileSync(file, 'varenummer;shop;produkt id\nintet;dk;10\n');
    const bad = await bindeled('link', 'import', file);
    expect(bad.stderr).toContain('line 2, item number: no such item number: "intet"');
    expect(bad.code).toBe(1);
  });

  test('a note has an end, when it is given one', async () => {
    expect((await bindeled('note', 'SOK-1', 'ring til Maria', '--until', '2d')).stdout).toContain('until');
    expect((await bindeled('show', 'SOK-1')).stdout).toContain('ring til Maria');
    expect((await bindeled('note', 'SOK-1', 'x', '--until', '2020-01-01')).code).toBe(2);
  });

  test('read-only refuses every act, whoever asks', async () => {
    for (const args of [
      ['remove', 'SOK-1', '--shop', 'dk', '--reason', 'x'],
      ['stock', 'set', 'SOK-1', '1'],
      ['sync'],
    ]) {
      const result = await bindeled('--read-only', ...args);
      expect(result.stderr, args.join(' ')).toContain('read-only');
      expect(result.code, args.join(' ')).toBe(1);
    }
    expect((await commands.run(home, ['undo'], { BINDELED_READ_ONLY: '1' })).code).toBe(1);
  });
});
