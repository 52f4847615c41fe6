import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeHome, runCli } from '../e2e/run-cli.ts';
import { startServing } from './serving.ts';

// The program is started several times, and slow requests are waited for.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** A home whose settings of the server can be written anew. */
function openHome() {
  const home = makeHome();
  onTestFinished(home.remove);
  mkdirSync(join(home.folder, 'config'), { recursive: true });
  const settings = (serve: unknown): void =>
    writeFileSync(join(home.folder, 'config', 'config.json'), JSON.stringify({ serve }));
  settings({ port: 0 });
  return { home, settings };
}

/** What a client that never comes to an end is answered before the line is cut. */
const drip = (port: number, first: string, more: string): Promise<string> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(first));
    const dripping = setInterval(() => socket.writable && socket.write(more), 200);
    onTestFinished(() => {
      clearInterval(dripping);
      socket.destroy();
    });
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(dripping);
      resolve(said.split('\r\n')[0] ?? '');
    });
  });

test('requests that drip and never end are cut off, and the server answers others meanwhile', async () => {
  const { home } = openHome();
  const server = await startServing(home.env);
  const port = Number(new URL(server.url).port);
  const head = 'POST /hooks/dk HTTP/1.1\r\nHost: x\r\n';
  const cut = Promise.all([
    drip(port, head, 'X-More: b\r\n'),
    drip(port, `${head}Content-Length: 1000\r\n\r\n`, 'x'),
    drip(port, `${head}Transfer-Encoding: chunked\r\n\r\n`, '5\r\nhello\r\n'),
    // Too large before a byte of it came.
    drip(port, `${head}Content-Length: 10000000\r\n\r\n`, 'x'),
  ]);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const timedOut = 'HTTP/1.1 408 Request Timeout';
  expect(await cut).toEqual([timedOut, timedOut, timedOut, 'HTTP/1.1 413 Payload Too Large']);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(await server.end('SIGTERM')).toBe(0);
});

test('an address where it cannot answer is a fault of the settings, and named', async () => {
  const { home, settings } = openHome();
  const server = await startServing(home.env);
  settings({ port: Number(new URL(server.url).port) });
  const taken = await runCli(home, ['serve']);
  expect([taken.code, taken.stderr]).toEqual([
    2,
    expect.stringMatching(/another program answers there already[\s\S]*config\.json: serve\.port/),
  ]);
  expect(await server.end('SIGTERM')).toBe(0);
  settings({ host: 'no-such-host.invalid', port: 0 });
  const unknown = await runCli(home, ['serve']);
  expect([unknown.code, unknown.stderr]).toEqual([
    2,
    expect.stringMatching(/no name server knows the name[\s\S]*config\.json: serve\.host/),
  ]);
});

test('a time that is none is a fault of the settings; a shop that is not there is warned of', async () => {
  const { home, settings } = openHome();
  for (const [serve, key] of [
    [{ full: '99 99 * * *' }, 'serve.full'],
    [{ alarms: { digest: 'a b c d e' } }, 'serve.alarms.digest'],
  ] as const) {
    settings({ port: 0, ...serve });
    const { code, stderr } = await runCli(home, ['serve']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`config.json: ${key}: `)]);
  }
  settings({ port: 0, push: { nowhere: [] } });
  const server = await startServing(home.env);
  await server.sees(/"shop":"nowhere","msg":"the settings let figures out/);
  expect(await server.end('SIGTERM')).toBe(0);
});

test('answering other machines without TLS is warned of; on loopback it is not', async () => {
  const { home, settings } = openHome();
  const near = await startServing(home.env);
  expect(near.said()).not.toContain('without TLS');
  expect(await near.end('SIGTERM')).toBe(0);
  settings({ host: '0.0.0.0', port: 0 });
  const far = await startServing(home.env);
  expect(far.said()).toContain('without TLS');
  expect(await far.end('SIGTERM')).toBe(0);
});
