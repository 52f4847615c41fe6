import { afterEach, expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

test('the path of an export is cut on the message line, and stands whole in the messages', async () => {
  const start = { screen: 'integrations', shopId: toShopId('dk') } as const;
  person = await open((await nordlys()).services, { start, columns: 60, rows: 24 });
  const me = person;
  await me.sees('SK6001-43');
  await me.press('e', keys.enter);
  await me.sees(/lines written to .*… {2}! in full/);
  const [name = ''] = [...me.saved.keys()];
  expect(me.screen()).not.toContain(name);
  await me.press('!', keys.enter);
  await me.sees('the message');
  const whole = me
    .screen()
    .slice(me.screen().lastIndexOf('─── '))
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .join('');
  expect(whole).toContain(`/exports/${name}`);
});

test('bad news stay under a hint that stood its time, until the messages were read; good news go', async () => {
  const { services } = await nordlys();
  const failing = {
    ...services,
    fetch: { run: () => Promise.reject(new Error('the line was cut')) },
  } as unknown as typeof services;
  person = await open(failing);
  const me = person;
  await me.press('SK6001-43\r', 'f');
  await me.sees('✗ ');
  const news = /✗ \S+/.exec(me.screen())?.[0] ?? 'none';
  // A key that does nothing here says so in the place of the news.
  await me.press('a');
  await me.sees(/·? ?a: /);
  await me.lapse(8_000);
  await me.sees(news);
  await me.lapse(60_000);
  await me.sees(news);
  await me.press('!');
  await me.sees('What was said since');
  await me.press(keys.escape);
  await me.seesNoMore(news);
});

test('a sync of several shops ends in one sentence, which names those that were not read', async () => {
  const { services, catalogue } = await nordlys();
  catalogue('dk').trouble = 'unreachable';
  person = await open(services, { start: { screen: 'shops' }, columns: 160, rows: 40 });
  const me = person;
  await me.press(':', 'sync --full', keys.enter);
  await me.sees(/✗ 3 shops: 8 read.*\. Not to the end: DK/);
  // It is bad news, and stays.
  await me.lapse(60_000);
  await me.sees('Not to the end: DK');
  catalogue('dk').trouble = undefined;
  await me.press(':', 'sync --full', keys.enter);
  await me.sees(/✓ 3 shops: 12 read/);
  expect(me.screen()).not.toContain('Not to the end');
});

test('a sync that reads no shop says so, and why', async () => {
  const { services } = await nordlys();
  for (const { shop } of await services.shops.list()) await services.shops.change(shop.id, { paused: true });
  person = await open(services, { start: { screen: 'shops' }, columns: 200, rows: 60 });
  const me = person;
  await me.press(':', 'sync', keys.enter);
  await me.sees(/No shop was read\. dk is paused, so it is not asked/);
});

test('a store that cannot be read is said on the first line, and no more once it can be', async () => {
  const { services } = await nordlys();
  let tell: Parameters<typeof services.watchTrouble>[0] = () => undefined;
  const watched = {
    ...services,
    watchTrouble: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  };
  person = await open(watched, { start: { screen: 'shops' } });
  const me = person;
  await me.sees('Nordlys DK');
  const first = (): string => me.screen().split('\n')[0] ?? '';
  const calm = first();
  tell({ name: 'StoreError', message: 'gone', kind: 'missing', said: 'gone' } as unknown as Parameters<typeof tell>[0]);
  await expect.poll(first).not.toBe(calm);
  expect(first()).toContain(wordsOf('en').screen.storeTrouble.gone);
  tell(undefined);
  await expect.poll(first).not.toContain(wordsOf('en').screen.storeTrouble.gone);
});
