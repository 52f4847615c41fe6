import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Condition } from '../../src/domain/alarms/alarm.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { ShopError } from '../../src/ports/shop-error.ts';
import { makeLog } from '../../src/runtime/log.ts';
import { makeServerLog } from '../../src/runtime/open-server.ts';
import { makeSendMessage } from '../../src/server/alarms/channels.ts';
import { digestFacts } from '../../src/server/alarms/digest-facts.ts';
import { webhookBody } from '../../src/server/alarms/webhook-bodies.ts';
import { makeMetrics } from '../../src/server/http/metrics.ts';
import { defaultServeSettings } from '../../src/server/serve-settings.ts';
import { alarmLine, digestMessage, raisedMessage, solvedMessage } from '../../src/views/alarms/alarm-lines.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { morning } from '../support/builders.ts';
import { openUntrustedShops } from '../support/hostile/untrusted-shops.ts';
import { everyTrick, steeringSigns } from '../support/hostile/untrusted-text.ts';

// It starts a command and speaks HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const conditions: readonly Condition[] = [
  { key: 'a', kind: 'connection-lost', shopId: toShopId('dk'), since: morning, said: everyTrick },
  { key: 'b', kind: 'warehouse-old', since: morning, said: everyTrick },
  { key: 'c', kind: 'conflicts', shopId: toShopId('se'), since: morning, count: 2 },
];

/** What is told of hostile shops, in all its shapes. */
async function messages() {
  const { services } = await openUntrustedShops();
  const shops = await services.shops.all();
  const told = (['en', 'da'] as const).map(async (language) => {
    const known = formatContext({ words: wordsOf(language), now: morning, timeZone: 'UTC' }, { shops });
    const lines = conditions.map((condition) => alarmLine(condition, known, language));
    const facts = await digestFacts(services, lines);
    const digest = digestMessage({ ...facts, troubled: shops.map(({ name }) => name) }, known);
    return [raisedMessage(lines, known), raisedMessage(lines.slice(0, 1), known), solvedMessage(lines, known), digest];
  });
  return (await Promise.all(told)).flat().map((text) => ({ event: 'raised' as const, alarms: conditions, ...text }));
}

test('R18: what a shop wrote steers neither mail nor chat', async () => {
  for (const message of await messages()) {
    const { subject, text } = message;
    expect(text).toContain('red');
    expect(subject).not.toContain('\n');
    expect(steeringSigns(subject + text)).toEqual([]);
    const chats = [webhookBody.slack(message), webhookBody.teams(message)];
    expect(steeringSigns(JSON.stringify(chats).replaceAll('\\n', ' '))).toEqual([]);
    expect(chats.every((body) => !/\\u0|\\r|\\t/.test(JSON.stringify(body)))).toBe(true);
  }
});

test('R18: what is posted is printable throughout, and a command of alarms is run whatever a shop wrote', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-untrusted-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let body = '';
  const hook = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void hook.close());
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/alarms`;
  const file = join(folder, 'told');
  const command = ['sh', '-c', `printf '%s\\n' "$BINDELED_SUBJECT" > '${file}' && cat >> '${file}'`] as const;
  const send = makeSendMessage(
    { ...defaultServeSettings.alarms, webhook: { url, shape: 'json' }, command },
    { searchPath: process.env.PATH },
  );
  const [, alone] = await messages();
  if (alone === undefined) throw new Error('nothing to tell');
  await send?.(alone);
  expect(steeringSigns(body)).toEqual([]);
  expect(JSON.parse(body)).toMatchObject({ event: 'raised', alarms: conditions });
  const told = await readFile(file, 'utf8');
  expect(told).toContain('red');
  expect(steeringSigns(told)).toEqual([]);
});

test("R18: what a shop wrote steers no reader of the server's lines, of the log or of the metrics", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-untrusted-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const key = 'cs_0123456789abcdef';
  const parted = [...key].join('\u3164');
  const errors = [
    new Error(`${everyTrick} ${parted}`),
    new ShopError('refused', { shop: everyTrick, doing: everyTrick, said: everyTrick }),
    { [everyTrick]: everyTrick },
  ];
  const lines: string[] = [];
  const server = makeServerLog({ write: (text) => lines.push(text) }, [key]);
  const log = makeLog(folder, () => [key]);
  log.note(everyTrick, { [everyTrick]: everyTrick });
  for (const err of errors) {
    server.error(everyTrick, { err, shop: everyTrick, [everyTrick]: everyTrick });
    await log.trouble(everyTrick, err);
  }
  const written = await readFile(log.file, 'utf8');
  const { services } = await openUntrustedShops();
  const metrics = makeMetrics(services, { waiting: () => 0, storeTrouble: () => undefined });
  const { body } = await metrics.text();
  for (const text of [lines.join(''), written]) {
    expect(text).toContain('red');
    for (const one of text.split('\n').filter(Boolean)) expect(JSON.parse(one)).toHaveProperty('msg');
    expect(steeringSigns(text)).toEqual([]);
    expect(text).not.toContain('0123456789abcdef');
    expect(text.replace(/\\u3164/g, '')).not.toContain(key);
  }
  expect(body).toContain('bindeled_integrations{shop="dk"}');
  expect(steeringSigns(body)).toEqual([]);
});
