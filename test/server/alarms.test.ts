import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { isQuiet, updateAlarms } from '../../src/domain/alarms/alarm.ts';
import { instantOf, toShopId } from '../../src/domain/ids.ts';
import { makeWebhookAccess } from '../../src/runtime/webhook-access.ts';
import { type Message, makeTell } from '../../src/server/alarms/channels.ts';
import { makeConditions } from '../../src/server/alarms/conditions.ts';
import { type AlarmMemory, alarmFile, alarmsInMemory } from '../../src/server/alarms/memory.ts';
import { makeWatcher } from '../../src/server/alarms/watcher.ts';
import { type AlarmSettings, defaultServeSettings } from '../../src/server/serve-settings.ts';
import type { ServerParts } from '../../src/server/server.ts';
import { idIn, openTestEnvironment, stockUp, syncAll, type TestEnvironment } from '../services/test-environment.ts';
import { hookSecret, openTestServer, quietLog } from './open-test-server.ts';
import { smallSmtp } from './small-smtp.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const minute = 60_000;
const skus = Array.from({ length: 6 }, (_, place) => `SOK-${place + 1}`);

type Watching = {
  readonly alarms?: Partial<AlarmSettings>;
  readonly language?: 'da' | 'en';
  readonly memory?: AlarmMemory;
};

/** A server with a watcher over the shops of a test; what it tells is kept. */
async function openWatched(environment: TestEnvironment, { alarms, language = 'en', memory }: Watching = {}) {
  const told: Message[] = [];
  const settings = { ...defaultServeSettings, alarms: { ...defaultServeSettings.alarms, ...alarms } };
  const webhooks = makeWebhookAccess({
    drivers: platformRegistry,
    credentialsFor: () => ({ webhook_secret: hookSecret }),
    save: async () => {},
    clock: environment.clock,
  });
  const watcher: ServerParts['watcher'] = ({ services, metrics }) =>
    makeWatcher({
      services,
      leases: environment.harness.leases,
      memory: memory ?? alarmsInMemory(),
      settings: settings.alarms,
      timeZone: 'Europe/Copenhagen',
      language,
      log: quietLog,
      tell: makeTell(settings.alarms) ?? (async (message) => void told.push(message)),
      conditions: makeConditions({ services, store: environment.store, webhooks, settings }),
      counted: metrics.alarm,
    });
  const { server, url } = await openTestServer(environment, settings, { watcher });
  const later = async (minutes: number): Promise<void> => {
    environment.clock.advance(minutes * minute);
    await server.tick();
    await server.idle();
    environment.clock.advance(2 * minute);
    await server.tick();
    await server.idle();
  };
  return { server, url, told, later };
}

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

test('a start anew tells nothing twice', async () => {
  const environment = await sixProducts();
  const file = join(await mkdtemp(join(tmpdir(), 'bindeled-alarms-')), 'state', 'serve.json');
  const first = await openWatched(environment, { memory: alarmFile(file) });
  hide(environment, 'draft');
  await first.later(10);
  expect(first.told).toHaveLength(1);
  await first.server.close();
  const second = await openWatched(environment, { memory: alarmFile(file) });
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
  expect(told).toEqual([]);
  await later(70);
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
  const { later, url } = await openWatched(environment, { alarms: { webhook } });
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
  await makeTell({ ...defaultServeSettings.alarms, command })?.({
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
