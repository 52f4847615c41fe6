import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { stringify } from 'lossless-json';
import type { FakeShop } from './fake-shop.ts';
import { pictureAnswer } from './pictures.ts';
import type { AskedRequest } from './temper.ts';

/** A question as a dialect sees it, credentials and all. */
export type FakeRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

export type FakeResponse = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless it is text or bytes. */
  readonly body: unknown;
};

/**
 * How one platform speaks about a shop. It computes from the shelf and never looks at who is asking. Bad days
 * of transport (down, HTML, truncation, redirects) are the server's; those of content (`emptyCatalog`,
 * `failItems`, `brokenRows`, `shortPages`, `noTotals`, `forgetPage`) and of permission are the dialect's,
 * which reads `shop.faults`.
 */
export type Dialect = {
  readonly answer: (request: FakeRequest, shop: FakeShop) => FakeResponse;
  /** "Slow down", in the platform's own way. */
  readonly slowDown: (shop: FakeShop) => FakeResponse;
};

export type ServedShop = { readonly url: string; readonly close: () => Promise<void> };

/** PEM texts, for the tests that need a real https server. */
export type ServerTls = { readonly key: string; readonly cert: string };

/** Serves a fake shop on a free loopback port, over real HTTP. */
export async function serve(shop: FakeShop, dialect: Dialect, tls?: ServerTls): Promise<ServedShop> {
  let underWay = 0;
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    underWay += 1;
    shop.memory.maxAtOnce = Math.max(shop.memory.maxAtOnce, underWay);
    outgoing.on('close', () => {
      underWay -= 1;
    });
    const request = await readRequest(incoming, shop.temper.dropsAuthorization);
    const asked = remembered(request);
    shop.memory.requests.push(asked);
    shop.temper.beforeAnswer?.(asked);
    if (shop.temper.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, shop.temper.latencyMs));
    if (shop.temper.hold !== undefined) await shop.temper.hold;
    if (shop.temper.only?.(asked) ?? true) reply({ shop, dialect, request, outgoing });
    else send(outgoing, shop, pictureAnswer(request, shop) ?? dialect.answer(request, shop));
  };
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    handle(incoming, outgoing).catch((error: unknown) => {
      outgoing.statusCode = 500;
      outgoing.end(`the dialect failed: ${String(error)}`);
    });
  };
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  shop.memory.address = url;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Exchange = {
  readonly shop: FakeShop;
  readonly dialect: Dialect;
  readonly request: FakeRequest;
  readonly outgoing: ServerResponse;
};

function reply({ shop, dialect, request, outgoing }: Exchange): void {
  const { temper, memory } = shop;
  if (temper.down) {
    outgoing.destroy();
    return;
  }
  if (temper.silent) return;
  if (temper.slowDrip) {
    drip(outgoing);
    return;
  }
  if (temper.slowHead) {
    dripHead(outgoing);
    return;
  }
  if (temper.dropWrites > 0 && request.method !== 'GET') {
    temper.dropWrites -= 1;
    outgoing.destroy();
    return;
  }
  const refusal = refusalOf(shop) ?? firewallOf(shop, request);
  if (refusal !== undefined) {
    send(outgoing, shop, refusal);
    return;
  }
  if (temper.throttleEvery > 0 && memory.requests.length % temper.throttleEvery === 0) {
    memory.throttled += 1;
    send(outgoing, shop, dialect.slowDown(shop));
    return;
  }
  const picture = pictureAnswer(request, shop);
  if (picture !== undefined) {
    send(outgoing, shop, picture);
    return;
  }
  const answer = dialect.answer(request, shop);
  if (temper.loseAnswers > 0 && request.method !== 'GET') {
    temper.loseAnswers -= 1;
    outgoing.destroy();
    return;
  }
  if (temper.gatewayTimeouts > 0 && request.method !== 'GET') {
    temper.gatewayTimeouts -= 1;
    send(outgoing, shop, { status: 504, headers: html, body: '<html><h1>504 Gateway Time-out</h1></html>' });
    return;
  }
  send(outgoing, shop, { ...answer, body: spoilt(textOf(answer.body), shop) });
}

const html = { 'content-type': 'text/html; charset=utf-8' };

function refusalOf(shop: FakeShop): FakeResponse | undefined {
  const { temper } = shop;
  if (temper.serverErrors > 0) {
    temper.serverErrors -= 1;
    return { status: temper.serverErrorStatus, headers: html, body: '<html><h1>Service Unavailable</h1></html>' };
  }
  if (temper.redirectTo !== undefined) {
    return { status: 301, headers: { ...html, location: temper.redirectTo }, body: '' };
  }
  if (temper.nowhere) return { status: 404, headers: html, body: '<html><h1>Not Found</h1></html>' };
  if (temper.firewall) return { status: 403, headers: html, body: '<html><h1>Request blocked</h1></html>' };
  if (temper.htmlPage) return { status: 200, headers: html, body: '<!doctype html><html><h1>Log in</h1></html>' };
  if (temper.emptyBody) return { status: 200, body: '' };
  return undefined;
}

/** What stands before the shop and looks at who is asking, and how. */
function firewallOf({ temper }: FakeShop, { method, headers }: FakeRequest): FakeResponse | undefined {
  const agent = headers['user-agent'] ?? '';
  if (temper.cloudflare) {
    const page = '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>cf-chl</body></html>';
    return {
      status: 403,
      headers: { ...html, server: 'cloudflare', 'cf-mitigated': 'challenge', 'cf-ray': '8f-CPH' },
      body: page,
    };
  }
  const refused =
    (temper.refusesPost && !['GET', 'PUT'].includes(method)) ||
    (temper.refusesAgent !== undefined && agent.includes(temper.refusesAgent));
  return refused ? { status: 403, headers: html, body: '<html><h1>403 Forbidden</h1></html>' } : undefined;
}

function spoilt(text: string, { temper }: FakeShop): string {
  if (temper.truncatedJson) return text.slice(0, Math.floor(text.length / 2));
  if (temper.noticeBeforeJson) return `<br />\n<b>Notice</b>: Undefined index in plugin.php on line 7<br />\n${text}`;
  const around = `${temper.textBeforeJson}${text}${temper.textAfterJson}`;
  return temper.bomBeforeJson ? `\uFEFF${around}` : around;
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  try {
    return JSON.stringify(body);
  } catch {
    // Numbers beyond 2^53.
    return stringify(body) ?? '';
  }
}

function send(outgoing: ServerResponse, shop: FakeShop, response: FakeResponse): void {
  outgoing.writeHead(response.status, {
    'content-type': 'application/json; charset=utf-8',
    date: shop.temper.dateHeader ?? new Date(shop.now()).toUTCString(),
    ...response.headers,
  });
  outgoing.end(Buffer.isBuffer(response.body) ? response.body : textOf(response.body));
}

/** A byte at a time, until the other side has had enough. */
function drip(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => outgoing.write(' '), 20);
  outgoing.on('close', () => clearInterval(timer));
}

/** A byte of the head at a time, and never a whole one. */
function dripHead(outgoing: ServerResponse): void {
  const { socket } = outgoing;
  socket?.write('HTTP/1.1 200 OK\r\nX-Slow: ');
  const timer = setInterval(() => socket?.write('a'), 20);
  socket?.on('close', () => clearInterval(timer));
}

async function readRequest(incoming: IncomingMessage, dropsAuthorization: boolean): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = new URL(incoming.url ?? '/', 'http://fake');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: dropsAuthorization ? { ...headers, authorization: undefined } : headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

// DanDomain Classic has its key in the path, and SOAP its password in the body.
const keyInPath = /(\/webapi\/endpoints\/[^/]+\/[^/]+\/)[^/]+/i;
const passwordInBody = /(<(?:\w+:)?Password[^>]*>)[^<]*/g;
const secretNames = /key|secret|token|password|signature/i;

function remembered(request: FakeRequest): AskedRequest {
  const query = [...request.query].filter(([name]) => !secretNames.test(name));
  const inHeader = Object.keys(request.headers).some(
    (name) => request.headers[name] !== undefined && /^authorization$|token/.test(name),
  );
  const inQuery = [...request.query.keys()].some((name) => secretNames.test(name));
  return {
    method: request.method,
    path: request.path.replace(keyInPath, '$1[key]'),
    query: Object.fromEntries(query),
    body: request.body.replace(passwordInBody, '$1[password]').slice(0, 2000),
    credentials: inHeader ? 'header' : inQuery ? 'query' : 'none',
  };
}
