import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeHttp } from '../../src/connectors/http.ts';
import type { HttpOptions, HttpRequest } from '../../src/connectors/http-request.ts';
import { retryAfter, shopDate } from '../../src/connectors/http-response.ts';
import { rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { errorOf, forever } from '../contract/connector-harness.ts';
import { morning } from '../support/builders.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const secrets = [rightKey.key, rightKey.secret];
const line = (over: Partial<HttpOptions> = {}) =>
  makeHttp({ shopId: toShopId('dk'), secrets, now: () => morning, ...over });
const authorization = `Basic ${Buffer.from(`${rightKey.key}:${rightKey.secret}`).toString('base64')}`;
const asking = (url: string, over: Partial<HttpRequest> = {}): HttpRequest => ({
  url: new URL(`${url}/x?consumer_secret=${rightKey.secret}`),
  headers: { authorization, 'x-shopify-access-token': rightKey.secret },
  doing: 'asking',
  ...over,
});

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('The line to a shop', () => {
  it('names the shop, leaves the connection open, and says how long what it sends is', async () => {
    const heads: (readonly [string | undefined, IncomingHttpHeaders])[] = [];
    const url = await listening((request, response) => {
      heads.push([request.url, request.headers]);
      request.resume().once('end', () => response.end('[]'));
    });
    await line().send(asking(url), forever);
    await line().send(asking(url, { method: 'PUT', json: { name: 'Ærø' } }), forever);
    const path = `/x?consumer_secret=${rightKey.secret}`;
    const head = { host: new URL(url).host, connection: 'keep-alive', authorization, accept: 'application/json' };
    expect(heads).toMatchObject([
      [path, head],
      [path, { ...head, 'content-length': '16', 'content-type': 'application/json' }],
    ]);
    expect(heads[0]?.[1]).not.toHaveProperty('content-length');
  });

  it.each([
    ['a token of a session', { authorization: 'Bearer 7f3c9d1e5a8b2406' }],
    ['a token in a header of its own', { 'vendure-auth-token': '7f3c9d1e5a8b2406' }],
    ['a cookie', { cookie: 'lang=da; PHPSESSID=7f3c9d1e5a8b2406' }],
  ])('hides %s that the shop gave out, in what it says of it and of the next', async (_name, headers) => {
    const url = await listening((_, response) => response.writeHead(403).end('no right for 7f3c-9d1e-5a8b-2406'));
    const http = line();
    for (const sent of [headers, {}]) {
      const reply = await http.send(asking(url, { headers: sent }), forever);
      expect(http.troubleOf(reply, reply.text).detail.said).toBe('no right for [hidden]');
    }
  });

  it('brings no key of the session along that the shop prints into its goods, however JSON writes it', async () => {
    const token = 'eyJ/9c1d+e5a8b2406af==';
    const goods = { name: `Kop ${token}`, link: encodeURIComponent(token), part: 'tak-for-besøget-1234' };
    const url = await listening((_, response) => response.end(JSON.stringify(goods).replaceAll('/', '\\/')));
    const headers = { authorization: `Bearer ${token}`, 'x-channel-token': goods.part };
    const http = line();
    const reply = await http.send(asking(url, { headers }), forever);
    // What tells a part of a shop is no key, and is read back.
    expect(http.json(reply)).toEqual({ name: 'Kop [hidden]', link: '[hidden]', part: goods.part });
  });

  it("brings back whatever came, with the server's clock and without a byte order mark", async () => {
    const url = await listening((_, response) => {
      response.writeHead(418, { date: 'Tue, 24 Nov 2026 08:00:30 GMT', 'x-wp-total': '7' });
      response.end('\ufeff{"a":1}');
    });
    const reply = await line().send(asking(url), forever);
    expect(reply).toMatchObject({ status: 418, text: '{"a":1}', date: '2026-11-24T08:00:30.000Z', doing: 'asking' });
    expect(reply.headers['x-wp-total']).toBe('7');
  });

  it('sends what it is given, once, and unpacks what comes', async () => {
    let asked = 0;
    const url = await listening(async (request, response) => {
      asked += 1;
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(503, { 'content-encoding': 'gzip' });
      response.end(gzipSync(`${request.method} ${Buffer.concat(chunks)}`));
    });
    const reply = await line().send(asking(url, { method: 'POST', json: { a: 1 } }), forever);
    expect([reply.text, reply.status, asked]).toEqual(['POST {"a":1}', 503, 1]);
  });

  it('has nothing more to say of an answer, when everything is stopped long after it', async () => {
    // Answered before the whole question had come, and the rest is never asked for.
    const url = await listening((_, response) => {
      response.end('{}');
    });
    const stop = new AbortController();
    const reply = await line().send(
      asking(url, { method: 'POST', text: { body: 'x'.repeat(20_000_000), type: 'text/xml' } }),
      stop.signal,
    );
    expect(reply.status).toBe(200);
    const errors: unknown[] = [];
    const hear = (error: unknown): void => void errors.push(error);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', hear);
    stop.abort();
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
    process.removeListener('uncaughtException', hear);
    for (const other of others) process.on('uncaughtException', other);
    expect(errors).toEqual([]);
  });

  it.each([
    301, 302, 303, 307, 308,
  ])('82: never follows a %i, whose address it names without its query', async (status) => {
    let asked = 0;
    const url = await listening((_, response) => {
      asked += 1;
      response.writeHead(status, { location: `/login?secret=${rightKey.secret}` });
      response.end();
    });
    const error = await errorOf(line().send(asking(url), forever));
    expect([error.kind, error.detail.target, error.detail.status, asked]).toEqual(['moved', `${url}/login`, status, 1]);
  });

  it('81: sends no key over plain http to another machine', async () => {
    const error = await errorOf(line().send({ url: new URL('http://192.0.2.1/x'), doing: 'asking' }, forever));
    expect([error.kind, error.temporary]).toEqual(['refused', false]);
  });

  it.each([
    '169.254.169.254',
    '[::ffff:a9fe:a9fe]',
    '[fd00:ec2::254]',
  ])('R18b: asks no machine service, also where a shop or an older store names %s by its number', async (host) => {
    const url = new URL(`https://${host}/latest`);
    const error = await errorOf(line().send({ url, doing: 'fetching the ordered file' }, forever));
    expect([error.kind, error.temporary]).toEqual(['refused', false]);
    expect(error.detail.said).toMatch(/where no shop answers$/);
  });

  it('97: gives up on a slow drip, and calls it temporary', async () => {
    const url = await listening((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    });
    const error = await errorOf(line({ timeoutMs: 150 }).send(asking(url), forever));
    expect([error.kind, error.temporary]).toEqual(['unreachable', true]);
  });

  it.each([false, true])('97: refuses to fill the memory (packed: %s)', async (packed) => {
    const url = await listening((_, response) => {
      response.writeHead(200, packed ? { 'content-encoding': 'gzip' } : {});
      const much = Buffer.alloc(3 * 1024 * 1024);
      response.end(packed ? gzipSync(much) : much);
    });
    const error = await errorOf(line({ maxBytes: 1024 * 1024 }).send(asking(url), forever));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', 'the answer is larger than 1 MB']);
  });

  it.each(['100 Continue', '103 Early Hints'])('97: is not put off for ever (%s)', async (early) => {
    const url = await listening((_, { socket }) => {
      const more = (): void => {
        while (socket?.writable && socket.write(`HTTP/1.1 ${early}\r\n\r\n`));
      };
      socket?.on('drain', more);
      more();
    });
    const error = await errorOf(line().send(asking(url), forever));
    expect([error.kind, error.temporary]).toEqual(['unintelligible', false]);
    expect(error.detail.said).toBe('more than 100 times it said that an answer will come');
  });

  it('97: takes the answer after one that says that it will come', async () => {
    const url = await listening((_, response) => {
      response.writeContinue();
      response.writeProcessing();
      response.end('{"a":1}');
    });
    expect((await line().send(asking(url), forever)).text).toBe('{"a":1}');
  });

  it('90: calls a body that is packed wrongly unreachable, not empty', async () => {
    const url = await listening((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('{"a":1}').subarray(0, 15));
    });
    const { kind, detail } = await errorOf(line().send(asking(url), forever));
    expect([kind, detail.said]).toEqual(['unreachable', expect.stringMatching(/^the answer cannot be unpacked: /)]);
  });

  it.each([
    ['gzip', '{"a":1}'],
    ['br', ' \r\n{"a":1}'],
    ['deflate', '{"a":1}'],
    ['x-gzip', gzipSync('{"a":1}')],
    ['gzip', gzipSync(gzipSync('{"a":1}'))],
    ['br', brotliCompressSync(gzipSync('{"a":1}'))],
    [undefined, gzipSync('{"a":1}')],
    [undefined, gzipSync(gzipSync('{"a":1}'))],
    ['deflate', deflateSync('{"a":1}')],
    ['deflate', deflateRawSync('{"a":1}')],
    ['br', brotliCompressSync('{"a":1}')],
    ['identity', '{"a":1}'],
  ])('C24: reads an answer whose head says %s, packed so or not at all', async (encoding, body) => {
    const url = await listening((_, response) => {
      response.writeHead(200, encoding === undefined ? {} : { 'content-encoding': encoding });
      response.end(body);
    });
    const http = line();
    expect(http.json(await http.send(asking(url), forever))).toEqual({ a: 1 });
  });

  it.each([
    ['/wp-login.php?redirect_to=%2F', 'it sends us to a page for people'],
    ['https://login.example/saml/start', 'it sends us to a page for people'],
    ['/under-construction/', 'it sends us to a page for people'],
    ['', 'it sends us back to the very same address, as checks for robots do'],
    ['http://[', 'it sends us on, and names no address'],
    ['/butik/', undefined],
    ['https://www.shop.example/account-numbers', undefined],
  ])('C20: is told what kind of place %j is, where a reply sends it', async (location, said) => {
    const url = await listening((_, response) => {
      response.writeHead(302, { location });
      response.end();
    });
    const { kind, detail } = await errorOf(line().send(asking(url), forever));
    expect([kind, detail.said]).toEqual(['moved', said]);
  });

  it.each([
    ['nobody listens', 'http://127.0.0.1:9', 'unreachable'],
    ['the name is unknown', 'https://shop.invalid', 'unreachable'],
  ])('92: says so when %s', async (_, url, kind) => {
    expect((await errorOf(line().send(asking(url), forever))).kind).toBe(kind);
  });

  it('92: a CA file that is not there is for a person to mend', async () => {
    const error = await errorOf(line({ caFile: '/nowhere/ca.pem' }).send(asking('https://127.0.0.1:9'), forever));
    expect(error.kind).toBe('refused');
  });

  it('is cancelled before it starts, and never asks', async () => {
    const error = await errorOf(line().send(asking('http://127.0.0.1:9'), AbortSignal.abort()));
    expect([error.kind, error.temporary]).toEqual(['cancelled', false]);
  });

  it('96: an answer that repeats the secrets does not put them into the error', async () => {
    const url = await listening((request, response) => {
      response.writeHead(500);
      response.end(`${request.headers.authorization} ${request.url} ${rightKey.key} ${'x'.repeat(500)}\u001b[31m`);
    });
    const reply = await line().send(asking(url), forever);
    const error = line().troubleOf(reply);
    expect(await errorOf(Promise.reject(error))).toBe(error);
    expect(error.detail.said).toContain('[hidden]');
    expect(error.detail.said?.length).toBeLessThanOrEqual(200);
  });
});

describe('What a status means', () => {
  const http = line();
  const reply = (status: number, headers: Record<string, string> = {}, text = '{}') => ({
    status,
    headers,
    text,
    doing: 'asking',
  });

  it.each([
    [400, 'refused'],
    [401, 'unauthorized'],
    [402, 'refused'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [408, 'unreachable'],
    [413, 'refused'],
    [423, 'refused'],
    [429, 'rate-limited'],
    [430, 'rate-limited'],
    [500, 'unreachable'],
    [502, 'unreachable'],
    [503, 'unreachable'],
    [507, 'refused'],
    [522, 'unreachable'],
  ])('89: %i is %s', (status, kind) => {
    expect(http.troubleOf(reply(status)).kind).toBe(kind);
  });

  it('86: a 403 in HTML is a firewall, not a missing permission', () => {
    expect(http.troubleOf(reply(403, { 'content-type': 'text/html' }, '<h1>Blocked</h1>')).kind).toBe('refused');
  });

  it.each([
    ['Tue, 24 Nov 2026 08:02:00 GMT', '2026-11-24T08:02:00.000Z'],
    ['Tuesday, 24-Nov-26 08:02:00 GMT', '2026-11-24T08:02:00.000Z'],
    ['Tue Nov 24 08:02:00 2026', '2026-11-24T08:02:00.000Z'],
    ['Tue, 24 Nov 2026 00:02:00 PST', '2026-11-24T08:02:00.000Z'],
    ['Tue, 24 Nov 2026 09:02:00 CET', undefined],
    ['Tue, 24 Nov 2026 10:02:00 +0200', '2026-11-24T08:02:00.000Z'],
    ['Thu, 01 Jan 1970 00:00:00 GMT', '1970-01-01T00:00:00.000Z'],
    ['Fri, 31 Dec 9999 23:59:59 GMT', '9999-12-31T23:59:59.000Z'],
    ['Wed, 13 Sep 275760 00:00:00 GMT', undefined],
    ['+275760-09-13T00:00:00Z', undefined],
    ['2026-11-24', undefined],
    ['-1', undefined],
    ['garbage', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('R11: "Date: %s" is the moment %j', (header, moment) => {
    expect(shopDate(header)).toBe(moment);
  });

  it.each([
    ['120', 120],
    ['0', 0],
    [' 1.5 ', 1.5],
    ['Tue, 24 Nov 2026 08:02:00 GMT', 120],
    ['Tue, 24 Nov 2026 07:00:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400],
    ['9'.repeat(400), 86_400],
    ['-5', undefined],
    ['1e3', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('88: "Retry-After: %s" asks for %j seconds', (header, seconds) => {
    expect(retryAfter(header, morning)).toBe(seconds);
  });

  it('90: a body that is no JSON says how it begins', () => {
    const page = `<!doctype html><html><title>Log ind &lsaquo; Butik</title><script>{"id":1}</script>`;
    expect(() => http.json(reply(200, {}, page))).toThrow(
      expect.objectContaining({
        kind: 'unintelligible',
        detail: expect.objectContaining({ said: `a page came instead of the shop's answer: "Log ind ‹ Butik"` }),
      }),
    );
    expect(() => http.json(reply(200, {}, '[{"id":1},{"id":x2}]'))).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ said: expect.stringContaining('{"id":x2}') }) }),
    );
    expect(() => http.json(reply(200, {}, ' '))).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ said: 'an empty answer' }) }),
    );
    // Also where an adapter tells what it could not understand.
    expect(http.trouble('unintelligible', { doing: 'asking', status: 204, said: '' }).detail.said).toBe(
      'an empty answer',
    );
    expect(http.trouble('refused', { doing: 'asking', said: '' }).detail.said).toBe('');
  });
});
