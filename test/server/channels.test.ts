import http, { Agent, createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readServeSettings } from '../../src/runtime/environment/serve-settings.ts';
import { makeSendMessage } from '../../src/server/alarms/channels.ts';
import type { Message } from '../../src/server/alarms/message.ts';
import { type AlarmSettings, defaultServeSettings } from '../../src/server/serve-settings.ts';

// It speaks SMTP and HTTP, and starts commands; the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const message: Message = { event: 'raised', subject: 'DK: 6 links lost', text: 'Do: bindeled list dk', alarms: [] };
const password = 'a-password-of-the-mail';

/** Tells by these ways, impatiently; answers how it ended, and what was said of ways that failed. */
async function send(ways: Partial<AlarmSettings>, isNear = false) {
  const failed: unknown[] = [];
  const onFailed = (error: unknown): void => void failed.push(error);
  const options = { searchPath: process.env.PATH ?? '', waitMs: 300, isNear: () => isNear, onFailed };
  const error = await makeSendMessage(
    { ...defaultServeSettings.alarms, ...ways },
    options,
  )?.(message).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const said = [error, ...(error instanceof AggregateError ? error.errors : []), ...failed].map(String).join('\n');
  return { told: error === undefined, failed, said, shown: inspect([error, failed], { depth: 9 }) };
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A mail server that answers each line by what it begins with; without an answer it is silent. */
async function mailServer(answers: Readonly<Record<string, string>>, greeting?: string) {
  const heard: string[] = [];
  const port = await listen(
    createServer((socket) => {
      if (greeting !== undefined) socket.write(`${greeting}\r\n`);
      socket.setEncoding('utf8').on('data', (text: string) => {
        heard.push(text);
        const answer = Object.entries(answers).find(([word]) => text.startsWith(word))?.[1];
        if (answer !== undefined) socket.write(`${answer}\r\n`);
      });
    }),
  );
  const email = { from: 'a@lager.example', to: 'b@lager.example' };
  return { heard, email: { ...email, smtp: `smtp://bindeled:${password}@127.0.0.1:${port}` } };
}

test('a mail server that refuses the password, or says nothing at all, is a failure that shows no password', async () => {
  const refusing = await mailServer({ EHLO: '250-mail\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 no' }, '220 mail');
  const silent = await mailServer({});
  for (const { email } of [refusing, silent]) {
    const { told, said } = await send({ email }, true);
    expect(told).toBe(false);
    expect(said).not.toContain(password);
  }
  // To this machine itself a password may go in the clear.
  expect(refusing.heard.join('')).toContain('AUTH');
});

test.each([
  ['with signs of an address', '50%off & "x" @:/?#%41 æø\u{1f511}'],
  ['as a file has it, written for an address', 'a%2Fb'],
])('a mail server is told the password as it was meant: one %s', async (_name, meant) => {
  const mail = await mailServer({ EHLO: '250-mail\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 no' }, '220 mail');
  const inFile = { ...mail.email, smtp: mail.email.smtp.replace(password, meant === 'a%2Fb' ? 'a%252Fb' : '') };
  const env = meant === 'a%2Fb' ? {} : { BINDELED_SMTP_PASSWORD: meant };
  const { alarms } = readServeSettings({ alarms: { email: inFile } }, env);
  expect((await send(alarms, true)).told).toBe(false);
  const [, packed = ''] = /AUTH PLAIN (\S+)/.exec(mail.heard.join('')) ?? [];
  expect(Buffer.from(packed, 'base64').toString()).toBe(`\0bindeled\0${meant}`);
});

test('a password is given to no other machine in the clear', async () => {
  const plain = await mailServer({ EHLO: '250-mail\r\n250 AUTH PLAIN LOGIN', STARTTLS: '502 no' }, '220 mail');
  const { told, said } = await send({ email: plain.email });
  expect(told).toBe(false);
  expect(said).toMatch(/TLS/i);
  expect(plain.heard.join('')).not.toMatch(/AUTH/);
});

test('a webhook that answers 500, sends on, or does not answer has told nobody', async () => {
  const answering = (status: number | undefined) =>
    createHttpServer((_request, response) => {
      if (status !== undefined) response.writeHead(status, { location: 'https://evil.example/' }).end();
    });
  for (const [status, words] of [
    [500, 'answered 500'],
    [302, 'answered 302'],
    [undefined, 'did not answer'],
  ] as const) {
    const url = `http://127.0.0.1:${await listen(answering(status))}/T000/secret-part`;
    const { told, said } = await send({ webhook: { url, shape: 'slack' } });
    expect(told).toBe(false);
    expect(said).toContain(words);
    expect(said).not.toContain('secret-part');
  }
});

test('R13: a mail server that says a line now and then, for ever, is given up', async () => {
  const port = await listen(
    createServer((socket) => {
      socket.write('220 mail\r\n');
      socket.once('data', () => {
        const timer = setInterval(() => socket.write('250-and more\r\n'), 50);
        socket.on('close', () => clearInterval(timer));
      });
    }),
  );
  const email = { from: 'a@lager.example', to: 'b@lager.example', smtp: `smtp://127.0.0.1:${port}` };
  const { told, said } = await send({ email });
  expect(told).toBe(false);
  expect(said).toContain('did not come to an end within');
});

test('R17: no proxy of the machine is given an alarm, nor is its answer taken for one', async () => {
  const seen: string[] = [];
  const proxy = await listen(
    createHttpServer(({ url = '' }, response) => {
      seen.push(url);
      response.end('ok');
    }),
  );
  const before = http.globalAgent;
  // As NODE_USE_ENV_PROXY leaves it.
  http.globalAgent = new Agent({ proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${proxy}` } });
  try {
    const hook = await listen(createHttpServer((_request, response) => response.writeHead(404).end()));
    const { told, said } = await send({ webhook: { url: `http://127.0.0.1:${hook}/`, shape: 'json' } });
    expect([told, seen]).toEqual([false, []]);
    expect(said).toContain('answered 404');
  } finally {
    http.globalAgent = before;
  }
});

test('a command that ends with 1, hangs, or is not there has told nobody', async () => {
  for (const [command, words] of [
    [['sh', '-c', 'exit 1'], 'ended with 1'],
    // One that does not even mind being asked to end.
    [['sh', '-c', 'trap "" TERM; while :; do sleep 0.05; done'], 'ended with null'],
    [['no-such-command-of-ours', '--key', 'a-key-of-the-pager'], 'ENOENT'],
  ] as const) {
    const { told, said, shown } = await send({ command: [command[0], ...command.slice(1)] });
    expect(told, command.join(' ')).toBe(false);
    expect(shown).not.toContain('a-key-of-the-pager');
    expect(said).toContain(words);
  }
});

test('told by one way is told, and the way that failed is heard of', async () => {
  const url = `http://127.0.0.1:${await listen(createHttpServer((_request, response) => response.writeHead(204).end()))}/`;
  const { told, failed, said } = await send({ webhook: { url, shape: 'json' }, command: ['false'] });
  expect(told).toBe(true);
  expect(failed).toHaveLength(1);
  expect(said).toContain('ended with 1');
});
