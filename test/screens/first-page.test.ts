import { afterEach, expect, test, vi } from 'vitest';
import { later, toShopId } from '../../src/domain/ids.ts';
import type { ServerReport } from '../../src/domain/servers/server-report.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

test('links lost together are one line, which opens exactly those rows with who, when and the one repair', async () => {
  const harness = await nordlys();
  for (const sku of ['SK6001-43', 'BB2010-M', 'AE4410']) {
    const [product] = await harness.services.lookup.identify(sku);
    if (product !== undefined) await harness.services.integrations.remove(product.id, toShopId('dk'), 'by mistake');
  }
  person = await open(harness.services, { columns: 120, rows: 40 });
  const me = person;
  await me.sees(/▌ .*DK: 3 links lost/);
  await me.sees('→ Undo the removals.');
  await me.sees(/by .*\n/);
  await me.press(keys.enter);
  await me.sees('3 product integrations removed');
  await me.sees('U takes the removal back.');
  await me.sees('AE4410');
  await me.seesNoMore('SK6001-42');
});

test('arrows and Enter that come in one read open the row that the arrows came to', async () => {
  const harness = await nordlys();
  person = await open(harness.services, { columns: 120, rows: 40 });
  const me = person;
  await me.sees(/▌ .*/);
  const lines = me.screen().split('\n');
  const first = lines.findIndex((line) => line.startsWith('▌'));
  expect(lines[first + 1]).toMatch(/pushes held/);
  me.begin(`${keys.down}${keys.enter}`);
  await me.sees(/asks +BB2010-M/);
});

test('figures that are held are one line with their reason, which opens the plan of exactly those products', async () => {
  const harness = await nordlys();
  person = await open(harness.services, { columns: 120, rows: 40 });
  const me = person;
  await me.sees(/6 pushes held: /);
  await me.press('j');
  await me.sees(/▌ .*pushes held: /);
  await me.press(keys.enter);
  await me.sees(/asks +BB2010-M/);
  await me.sees(/asks +AE4410/);
  await me.seesNoMore('SK6001');
});

test('nothing is chosen, and no shop is called well, before the warehouse has been looked at', async () => {
  const { services } = await nordlys();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const slow = { ...services, overview: { attention: () => gate.then(() => services.overview.attention()) } };
  person = await open(slow, { start: { screen: 'help' } });
  const me = person;
  me.begin('1');
  await me.shows('loading');
  await me.shows(/· DK/);
  expect(me.screen()).not.toMatch(/▌|✓ DK/);
  letGo();
  await me.sees(/▌ /);
  await me.sees(/◐ DK/);
});

test('open notes are a line that lists their products', async () => {
  const harness = await nordlys();
  const [product] = await harness.services.lookup.identify('BB2010-M');
  if (product === undefined) throw new Error('no product');
  await harness.services.marks.add({ productId: product.id, kind: 'note', text: 'Two pallets are on their way' });
  person = await open(harness.services, { columns: 120, rows: 40 });
  const me = person;
  await me.sees('1 open note');
  for (let step = 0; step < 8 && !/▌ .*open note/.test(me.screen()); step += 1) await me.press('j');
  await me.sees('BB2010-M: Two pallets are on their way');
  await me.press(keys.enter);
  await me.sees('1 product with open notes');
});

test.each([
  [80, 24],
  [120, 40],
  [200, 60],
])('in %i by %i no part of the first page lies over another, and no more than a third is empty', async (columns, rows) => {
  person = await open((await nordlys()).services, { columns, rows });
  const me = person;
  await me.sees('Needs attention');
  await me.sees(/▌ /);
  const lines = me.screen().split('\n');
  expect(lines.filter((line) => /^ {3}(Needs attention|Recent)/.test(line) && line.length > columns)).toEqual([]);
  expect(lines.join('\n')).toMatch(/Shops {2}4 products/);
});

test('the header, the first page and the card of a shop say what the server does and what is next', async () => {
  const harness = await nordlys();
  const now = harness.services.now();
  const report: ServerReport = {
    id: 'lager-01 42',
    machine: 'lager-01',
    pid: 42,
    startedAt: now,
    doing: [{ shopId: toShopId('se'), what: 'changes', since: now }],
    next: [{ shopId: toShopId('dk'), what: 'full', at: later(now, 240_000) }],
    paused: [],
    webhookProductsWaiting: 0,
  };
  const services = {
    ...harness.services,
    servers: { list: async () => [{ ...report, seenAt: now, running: true }] },
  };
  person = await open(services, { columns: 200, rows: 60 });
  const me = person;
  await me.sees('server on lager-01: SE changes, DK in 4 min');
  await me.sees(/DK .*full sync in 4 min/);
  await me.sees(/SE .*changes, since/);
  await me.press('7', keys.enter);
  await me.sees(/Server +server on lager-01/);
});

test('a server that was ended by force is missed, and none is not talked of', async () => {
  const harness = await nordlys();
  person = await open(harness.services, { columns: 120 });
  await person.sees('Needs attention');
  expect(person.screen()).not.toMatch('server');
  person.close();
  const report: ServerReport = {
    id: 'lager-01 42',
    machine: 'lager-01',
    pid: 42,
    startedAt: harness.services.now(),
    doing: [],
    next: [],
    paused: [],
    webhookProductsWaiting: 0,
  };
  const seenAt = later(harness.services.now(), -300_000);
  person = await open(
    { ...harness.services, servers: { list: async () => [{ ...report, seenAt, running: false }] } },
    { columns: 120 },
  );
  await person.sees('server on lager-01 silent for 5 min');
});

test.each([
  'en',
  'da',
] as const)('at 80 columns it is said when a shop was read last, and whether it was whole (%s)', async (language) => {
  const harness = await nordlys();
  person = await open(harness.services, { columns: 80, rows: 24, language });
  await person.sees(language === 'en' ? 'Last sync' : 'Sidste synk');
  await person.sees(language === 'en' ? /DK .*\d\/\d.* full / : /DK .*\d\/\d.* fuld /);
});
