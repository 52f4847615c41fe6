import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isQuiet, updateAlarms } from '../../src/domain/alarms/alarm.ts';
import { instantOf, toShopId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import { StoreError } from '../../src/ports/store-error.ts';
import { makeSendMessage } from '../../src/server/alarms/channels.ts';
import { sharedAlarms } from '../../src/server/alarms/memory.ts';
import type { Message } from '../../src/server/alarms/message.ts';
import { webhookBody } from '../../src/server/alarms/webhook-bodies.ts';
import { defaultServeSettings } from '../../src/server/serve-settings.ts';
import { memorySharedState } from '../../src/stores/shared-state/memory-shared-state.ts';
import {
  idIn,
  openTestEnvironment,
  stockUp,
  syncAll,
  type TestEnvironment,
  theProduct,
} from '../services/test-environment.ts';
import { openWatched } from './open-watched.ts';
import { smallSmtp } from './small-smtp.ts';
import { withPeakWms } from './with-peakwms.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const skus = Array.from({ length: 6 }, (_, place) => `SOK-${place + 1}`);

async function sixProducts(): Promise<TestEnvironment> {
  const environment = await openTestEnvironment(['dk']);
  for (const sku of skus) stockUp(environment, ['dk'], sku);
  await syncAll(environment);
  return environment;
}

const hide = (environment: TestEnvironment, status: 'draft' | 'active'): void => {
  for (const sku of skus) environment.shop('dk').setStatus(idIn(environment, 'dk', sku), status);
};

test('six links lost in one go are one alarm, told once, and its end is told', async () => {
  const environment = await sixProducts();
  const { told, later } = await openWatched(environment);
  hide(environment, 'draft');
  await later(10);
  expect(told.map(({ event, alarms }) => [event, alarms.map(({ kind }) => kind)])).toEqual([
    ['raised', ['links-lost']],
  ]);
  expect(told[0]?.subject).toMatch(/^Bindeled: Nordlys DK: 6 /);
  expect(told[0]?.text).toContain('Do: bindeled list dk --filter missing');
  await later(10);
  expect(told).toHaveLength(1);
  hide(environment, 'active');
  await later(10);
  expect(told.map(({ event }) => event)).toEqual(['raised', 'solved']);
  await later(10);
  expect(told).toHaveLength(2);
});

test.each([
  [
    'en',
    /^Bindeled: The server on lager-1 has had trouble with the store since .*You may not read or write the store\..*bindeled\.sqlite/,
  ],
  ['da', /^Bindeled: Serveren på lager-1 har haft problemer med datafilen siden .*bindeled\.sqlite/],
] as const)('a store in trouble is told by the program alone, once it stands, and its end is told (%s)', async (language, subject) => {
  const environment = await openTestEnvironment(['dk']);
  let tell = (_: StoreError | undefined): void => {};
  const watchTrouble: Store['watchTrouble'] = (listener) => {
    tell = listener;
    return () => undefined;
  };
  const { server, told, later } = await openWatched(environment, { language, store: { watchTrouble } });
  const shut = new StoreError('no-access', '/srv/bindeled.sqlite', 'looking at the store: EACCES');
  // One that is started anew is nobody's trouble.
  tell(shut);
  await server.tick();
  tell(undefined);
  await later(5);
  expect(told).toEqual([]);
  tell(shut);
  await later(5);
  await later(5);
  expect(told.map(({ event, alarms }) => [event, alarms.map(({ kind }) => kind)])).toEqual([
    ['raised', ['store-trouble']],
  ]);
  expect(told[0]?.subject).toMatch(subject);
  expect(told[0]?.text).toContain('bindeled store check');
  tell(undefined);
  await later(5);
  expect(told.map(({ event }) => event)).toEqual(['raised', 'solved']);
});

test('a store that refuses what is asked is told too, though nobody looks for alarms at every turn', async () => {
  const environment = await openTestEnvironment(['dk']);
  const state = { isFull: false };
  const shops: Store['shops'] = async () => {
    if (state.isFull) throw new StoreError('disk-full', 'postgres://db/warehouse', 'writing a change: 53100');
    return environment.store.shops();
  };
  const { server, told } = await openWatched(environment, { store: { shops } });
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn += 1) {
      environment.clock.advance(5_000);
      await server.tick();
    }
  };
  await turns(1);
  state.isFull = true;
  await turns(14);
  expect(told.map(({ event, alarms }) => [event, alarms.map(({ kind }) => kind)])).toEqual([
    ['raised', ['store-trouble']],
  ]);
  state.isFull = false;
  await turns(1);
  await server.idle();
  expect(told.map(({ event }) => event)).toEqual(['raised', 'solved']);
});

test('what comes up in quiet hours is told when they are over', async () => {
  const environment = await sixProducts();
  // It is 9 in Copenhagen.
  const { told, later } = await openWatched(environment, { alarms: { quiet: { from: '08:00', to: '12:00' } } });
  hide(environment, 'draft');
  await later(10);
  expect(told).toEqual([]);
  await later(180);
  expect(told.map(({ event }) => event)).toEqual(['raised']);
});

test('a start anew, also on another machine, tells nothing twice', async () => {
  const environment = await sixProducts();
  const shared = memorySharedState(environment.clock);
  const first = await openWatched(environment, { memory: sharedAlarms(shared, 'here') });
  hide(environment, 'draft');
  await first.later(10);
  expect(first.told).toHaveLength(1);
  await first.server.close();
  const second = await openWatched(environment, { memory: sharedAlarms(shared, 'elsewhere') });
  await second.later(10);
  expect(second.told).toEqual([]);
});

test('a shop that lets nobody in is an alarm after a quarter of an hour, and not before', async () => {
  const environment = await sixProducts();
  const { told, later } = await openWatched(environment);
  environment.loseKey('dk');
  await later(6);
  expect(told).toEqual([]);
  await later(20);
  expect(told.map(({ alarms }) => alarms.map(({ kind }) => kind))).toEqual([['connection-lost']]);
  expect(told[0]?.text).toContain('bindeled shops test dk');
});

test("a silent webhook is told with the platform's reason", async () => {
  const environment = await sixProducts();
  const { told, later } = await openWatched(environment, { alarms: { silentHours: 1 } });
  await later(1);
  await later(70);
  // Nothing has happened in the shop: it had nothing to tell.
  expect(told).toEqual([]);
  environment.shop('dk').edit(idIn(environment, 'dk', 'SOK-1'), { title: 'Ny titel' });
  await later(10);
  expect(told[0]?.text).toContain('five failures');
});

test('the digest comes once a day, in Danish, by e-mail', async () => {
  const environment = await sixProducts();
  const { address, letters } = await smallSmtp();
  const email = { smtp: address, from: 'bindeled@lager.example', to: 'mette@lager.example' };
  const { later } = await openWatched(environment, { language: 'da', alarms: { email, digest: '0 10 * * *' } });
  await later(10);
  expect(letters).toEqual([]);
  await later(60);
  await later(10);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toContain('To: mette@lager.example');
  expect(letters[0]).toContain('Integrationer oprettet: 6');
});

test('a webhook of alarms gets JSON with a text that chats show, and a failure is told again', async () => {
  const bodies: string[] = [];
  let status = 500;
  const hook = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part.toString('utf8');
    });
    request.on('end', () => {
      bodies.push(text);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void hook.close());
  const environment = await sixProducts();
  const webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/alarms`;
  const { later, url } = await openWatched(environment, { alarms: { webhook: { url: webhook, shape: 'json' } } });
  hide(environment, 'draft');
  await later(10);
  status = 204;
  await later(10);
  await later(10);
  const told = bodies.map((body) => JSON.parse(body) as { text: string; event: string });
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toMatchObject({ event: 'raised', text: expect.stringContaining('Nordlys DK') });
  const figures = await (await fetch(`${url}/metrics`)).text();
  expect(figures).toContain('bindeled_alarms_total{kind="links-lost",event="raised"} 1');
});

test('a command gets the text on its input and the subject in its environment', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'bindeled-alarms-')), 'told');
  const command = ['/bin/sh', '-c', `{ echo "$BINDELED_SUBJECT"; cat; } > '${file}'`] as const;
  await makeSendMessage({ ...defaultServeSettings.alarms, command })?.({
    event: 'raised',
    subject: 'Two',
    text: 'One; $(id)',
    alarms: [],
  });
  expect(await readFile(file, 'utf8')).toBe('Two\nOne; $(id)\n');
});

test('quiet hours may go over midnight', () => {
  const night = { from: '22:00', to: '06:00' };
  expect(['21:59', '22:00', '03:00', '05:59', '06:00'].map((time) => isQuiet(time, night))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test('what was never told is not told to be solved', () => {
  const condition = { key: 'a', kind: 'conflicts', shopId: toShopId('dk'), since: instantOf(0), count: 1 } as const;
  expect(updateAlarms([{ condition }], [])).toEqual([]);
  expect(updateAlarms([{ condition, toldAt: instantOf(1) }], [])).toMatchObject([{ solved: true }]);
});

test('figures that differ are an alarm after four hours, also where the server was started anew in between', async () => {
  const environment = await sixProducts();
  const shared = memorySharedState(environment.clock);
  await environment.services.stock.set((await theProduct(environment, 'SOK-1')).id, 40);
  const first = await openWatched(environment, { memory: sharedAlarms(shared, 'here') });
  await first.later(1);
  await first.later(130);
  expect(first.told).toEqual([]);
  await first.server.close();
  const second = await openWatched(environment, { memory: sharedAlarms(shared, 'here') });
  await second.later(130);
  expect(second.told.map(({ text }) => text)).toEqual([expect.stringContaining('bindeled push --dry-run --shop dk')]);
});

test('what one server heard by webhook, the one that tells alarms knows', async () => {
  const environment = await sixProducts();
  const shared = memorySharedState(environment.clock);
  const teller = await openWatched(environment, {
    memory: sharedAlarms(shared, 'a'),
    serverId: 'a',
    alarms: { silentHours: 1 },
  });
  await teller.later(1);
  environment.shop('dk').edit(idIn(environment, 'dk', 'SOK-1'), { title: 'Ny titel' });
  environment.clock.advance(60 * 60_000);
  const shop = toShopId('dk');
  await sharedAlarms(shared, 'b').hear({ [shop]: environment.clock.now() });
  await teller.later(10);
  expect(teller.told).toEqual([]);
});

test('a warehouse that lets nobody in is an alarm, and that it is read again is told', async () => {
  const { environment, model } = await withPeakWms();
  const { told, later } = await openWatched(environment);
  await later(1);
  expect(told).toEqual([]);
  const { key } = model;
  model.key = 'another';
  await later(10);
  expect(told).toEqual([]);
  await later(20);
  expect(told.map(({ alarms }) => alarms.map(({ kind }) => kind))).toEqual([['warehouse-old']]);
  expect(told[0]?.text).toContain('bindeled warehouse test');
  model.key = key;
  await later(2);
  expect(told.map(({ event }) => event)).toEqual(['raised', 'solved']);
});

const message: Message = {
  event: 'raised',
  subject: 'Bindeled: <!channel> & [here](https://evil.example)',
  text: 'One\n\n  Do: bindeled log',
  alarms: [],
};

test("Slack gets what it takes, and a shop's words call nobody there", () => {
  expect(webhookBody.slack(message)).toEqual({
    text: 'Bindeled: &lt;!channel&gt; &amp; [here](https://evil.example)\nOne\n\n  Do: bindeled log',
    unfurl_links: false,
  });
});

test('Teams gets an adaptive card, in which no sign means anything', () => {
  expect(webhookBody.teams(message)).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          body: [message.subject, 'One', '  Do: bindeled log'].map((text) => ({
            type: 'RichTextBlock',
            inlines: [{ type: 'TextRun', text }],
          })),
        },
      },
    ],
  });
});
