import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer, get } from 'node:https';
import { type AddressInfo, connect, createServer as createPlainServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeHttp } from '../../src/connectors/http.ts';
import { agentsFor } from '../../src/connectors/network/http-agents.ts';
import { makeProxyAgent } from '../../src/connectors/network/proxy-agent.ts';
import { makeShopHttp } from '../../src/connectors/network/shop-http.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { errorOf, forever } from '../contract/connector-harness.ts';
import { makeShop, morning } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const pem = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
const tls = { key: readFileSync(pem('key'), 'utf8'), cert: readFileSync(pem('cert'), 'utf8') };

/** A plain proxy that writes down what it was asked for, and passes tunnels on to this very machine. */
async function proxy(toPort: () => number) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  server.on('connect', (request, socket: Socket) => {
    seen.push(`CONNECT ${request.url}`);
    const onward = connect(toPort(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const one of [onward, socket]) one.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A shop behind TLS on this very machine; its port. */
async function tlsShop(): Promise<number> {
  const shop = createTlsServer(tls, (_, response) => response.end('{"shop":true}'));
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    shop.closeAllConnections();
    shop.close();
  });
  return (shop.address() as AddressInfo).port;
}

describe('R17: proxies', () => {
  it('settings of the machine send no key anywhere', async () => {
    const shop = createServer((_, response) => response.end('{"shop":true}'));
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void shop.close());
    const { seen, url } = await proxy(() => 0);
    const http = fileURLToPath(new URL('../../src/connectors/http.ts', import.meta.url));
    const program = `
      const { makeHttp } = await import(${JSON.stringify(http)});
      const line = makeHttp({ shopId: 'dk', secrets: [], now: () => '2026-11-24T08:00:00.000Z' });
      const url = new URL('http://127.0.0.1:${(shop.address() as AddressInfo).port}/x');
      console.log((await line.send({ url, doing: 'asking' }, new AbortController().signal)).text);
      process.exit(0);`;
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: '' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env });
    expect([stdout.trim(), seen]).toEqual(['{"shop":true}', []]);
  });

  it('one that a person named is used for https by CONNECT, which hides everything from it', async () => {
    const port = await tlsShop();
    const { seen, url } = await proxy(() => port);
    const line = makeHttp({ shopId: toShopId('dk'), secrets: [], now: () => morning, proxy: url, caFile: pem('cert') });
    // The name is nobody's: only the proxy can lead there, and the certificate then is not of that name.
    const error = await errorOf(
      line.send({ url: new URL(`https://shop.invalid:${port}/key`), doing: 'asking' }, forever),
    );
    expect([seen, error.detail.said]).toEqual([[`CONNECT shop.invalid:${port}`], expect.stringContaining('ALTNAME')]);
  });

  it('leads to a shop more than once over one tunnel', async () => {
    const port = await tlsShop();
    const { seen, url } = await proxy(() => port);
    const agent = makeProxyAgent(url, { keepAlive: true });
    onTestFinished(() => agent.destroy());
    for (let at = 0; at < 2; at += 1) {
      const asked = get({ host: '127.0.0.1', port, agent, ca: tls.cert });
      const [answer]: IncomingMessage[] = await once(asked, 'response');
      expect((await answer!.toArray()).join('')).toBe('{"shop":true}');
    }
    expect(seen).toEqual([`CONNECT 127.0.0.1:${port}`]);
  });

  it.each([
    ['a password', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'refused', 'wants a password'],
    ['a page to log in at', 'HTTP/1.1 302 Found\r\nlocation: https://login.example/\r\n\r\n', 'refused', 'HTTP 302'],
    ['its own page', 'HTTP/1.1 200 OK\r\n\r\n<html>Log in</html>', 'refused', 'in place of the shop'],
    ['what is no proxy', 'SSH-2.0-OpenSSH_9.2\r\n', 'refused', 'does not answer as one'],
    ['a head without end', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}`, 'refused', 'does not answer as one'],
    ['nobody behind it', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'unreachable', 'HTTP 502'],
  ])('that answers with %s is told as the proxy, never as the shop', async (_, answer, kind, said) => {
    let heard = '';
    const server = createPlainServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('data', (chunk) => {
          heard += chunk.toString();
          socket.write(answer);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const line = makeHttp({
      shopId: toShopId('dk'),
      secrets: [],
      now: () => morning,
      proxy: `http://127.0.0.1:${port}`,
    });
    const headers = { authorization: 'Bearer not-for-a-proxy' };
    const error = await errorOf(
      line.send({ url: new URL('https://shop.invalid/'), headers, doing: 'asking' }, forever),
    );
    expect([error.kind, error.detail.said]).toEqual([kind, expect.stringContaining(said)]);
    const lines = shopErrorLines(error, 'Nordlys', wordsOf('en'));
    expect(lines.said).toBe('The proxy that is set for Nordlys does not lead there.');
    expect(heard).not.toContain('not-for-a-proxy');
  });

  it.each([
    ['holds a password', (port: number) => `http://mette:hemmelig@127.0.0.1:${port}`],
    ['is no address', () => 'proxy:3128'],
  ])('that is kept though it %s is refused, and nothing goes there or past it', async (_, kept) => {
    const { seen, url } = await proxy(() => 0);
    const shop = makeShop({ url: 'https://shop.invalid', options: { proxy: kept(Number(new URL(url).port)) } });
    const line = makeShopHttp({ shop, clock: makeClock() }, []);
    const error = await errorOf(line.send({ url: new URL('https://shop.invalid/'), doing: 'asking' }, forever));
    expect([error.kind, error.detail.said]).toEqual(['refused', expect.stringMatching(/^the proxy /)]);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hemmelig');
    expect(seen).toEqual([]);
  });

  it('is never used for this very machine, nor over plain http', () => {
    const direct = agentsFor(new URL('http://127.0.0.1:1/'), undefined);
    const near = [
      'https://127.0.0.1:1/',
      'http://127.0.0.1/',
      'https://localhost./',
      'https://a.localhost/',
      'http://[::1]/',
    ];
    for (const url of near) {
      expect(agentsFor(new URL(url), 'http://proxy.example:3128')).toBe(direct);
    }
  });
});

it('C23: a private CA is told how to be named', async () => {
  const line = makeHttp({ shopId: toShopId('dk'), secrets: [], now: () => morning });
  const url = new URL(`https://127.0.0.1:${await tlsShop()}/`);
  expect((await errorOf(line.send({ url, doing: 'asking' }, forever))).detail.said).toContain('--ca');
});
