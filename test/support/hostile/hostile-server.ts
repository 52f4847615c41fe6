import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FakeShop } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { endlessAnswer, type Repeats } from './endless-content.ts';
import type { HostileKind } from './kinds.ts';

/** Item numbers of what is really there, and of what is only shown to go on for ever. */
export const realSku = (place: number): string => `A-${place}`;

/** A simulated shop over HTTP that can be driven mad while it is served. */
export type HostileServer = {
  readonly url: string;
  /** How many requests it had. */
  requests(): number;
  /** Sane again where left out. `everything`: whatever is asked, else only what shows goods, and content never more than that. */
  drive(kind: HostileKind | undefined, everything?: boolean): void;
  close(): Promise<void>;
};

type Mind = { kind: HostileKind | undefined; everything: boolean; repeats: Repeats; requests: number };

/** Serves a shop on loopback. */
export async function serveHostile(shop: FakeShop, dialect: Dialect): Promise<HostileServer> {
  const mind: Mind = { kind: undefined, everything: false, repeats: new Map(), requests: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    mind.requests += 1;
    answer({ shop, dialect, mind, incoming, outgoing }).catch((error: unknown) => {
      outgoing.statusCode = 500;
      outgoing.end(String(error));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  shop.memory.address = url;
  return {
    url,
    requests: () => mind.requests,
    drive: (kind, everything = false) => {
      Object.assign(mind, { kind, everything, repeats: new Map() });
      // What is still being sent ends with the madness.
      if (kind === undefined) for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

type Exchange = {
  readonly shop: FakeShop;
  readonly dialect: Dialect;
  readonly mind: Mind;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
};

async function answer({ shop, dialect, mind, incoming, outgoing }: Exchange): Promise<void> {
  const request = await readRequest(incoming);
  const { kind, everything } = mind;
  const sane = dialect.answer(request, shop);
  const text = typeof sane.body === 'string' ? sane.body : JSON.stringify(sane.body);
  if (kind === undefined) return send(outgoing, shop, { ...sane, body: text });
  const content = endlessAnswer(kind, { request, shop, sane: { ...sane, body: text }, repeats: mind.repeats });
  if (content !== undefined) return send(outgoing, shop, content);
  const showsGoods = /\b[AH]-\d+\b/.test(text);
  if (everything || showsGoods) misbehave(kind, { outgoing, sane, text });
  else send(outgoing, shop, { ...sane, body: text });
}

function send(outgoing: ServerResponse, shop: FakeShop, { status, headers, body }: FakeResponse): void {
  const usual = { 'content-type': 'application/json; charset=utf-8', date: new Date(shop.now()).toUTCString() };
  outgoing.writeHead(status, { ...usual, ...headers });
  outgoing.end(body);
}

type Bad = { readonly outgoing: ServerResponse; readonly sane: FakeResponse; readonly text: string };

const megabyte = 1024 * 1024;
const depth = 100_000;

/** Everything that is wrong with an answer itself. What belongs to content is sane here. */
function misbehave(kind: HostileKind, { outgoing, sane, text }: Bad): unknown {
  const isXml = text.trimStart().startsWith('<');
  const headers = { 'content-type': isXml ? 'text/xml' : 'application/json', ...sane.headers };
  const { socket } = outgoing;
  const whole = (body: string): void => void outgoing.writeHead(sane.status, headers).end(body);
  const packed = (encoding: string, body: Buffer): void =>
    void outgoing.writeHead(sane.status, { ...headers, 'content-encoding': encoding }).end(body);
  switch (kind) {
    case 'giant-page':
      outgoing.writeHead(sane.status, headers);
      outgoing.write(text.slice(0, Math.floor(text.length / 2)));
      return pour(outgoing, ' '.repeat(64 * 1024));
    case 'many-rows':
      return whole(inside(text, isXml ? '<item/>'.repeat(2_000_000) : `[${'{},'.repeat(2_000_000)}{}]`));
    case 'inner-lists':
      return whole(beside(text, innerLists(isXml)));
    case 'long-row':
      return whole(beside(text, longRow(isXml)));
    case 'long-text':
      return whole(inside(text, isXml ? 'x'.repeat(100 * megabyte) : `"${'x'.repeat(100 * megabyte)}"`));
    case 'deep':
      return whole(
        inside(
          text,
          isXml ? `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}` : `${'['.repeat(depth)}${']'.repeat(depth)}`,
        ),
      );
    case 'entities':
      return whole(`${billionLaughs}${inside(text.replace(/^\s*<\?xml[^>]*>/, ''), '&lol9;')}`);
    case 'gzip-bomb':
      return packed('gzip', gzipBomb());
    case 'brotli-bomb':
      return packed('br', brotliBomb());
    case 'too-long':
      outgoing.writeHead(sane.status, { ...headers, 'content-length': String(50 * megabyte) });
      outgoing.write(text);
      return;
    case 'too-short':
      socket?.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n${text}`);
      return;
    case 'endless-head':
      socket?.write('HTTP/1.1 200 OK\r\n');
      return socket === null ? undefined : pour(socket, `x-more: ${'a'.repeat(1000)}\r\n`);
    case 'endless-early':
      return socket === null ? undefined : pour(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n');
    case 'endless-continue':
      return socket === null ? undefined : pour(socket, 'HTTP/1.1 100 Continue\r\n\r\n');
    case 'retry-year':
      return busy(outgoing, '31536000');
    case 'retry-negative':
      return busy(outgoing, '-5');
    case 'retry-past':
      return busy(outgoing, 'Wed, 21 Oct 2015 07:28:00 GMT');
    case 'redirect-loop':
      return void outgoing.writeHead(302, { location: outgoing.req.url ?? '/' }).end();
    case 'slow-bytes':
      outgoing.writeHead(sane.status, headers);
      return drip(outgoing, ' ');
    case 'slow-head':
      socket?.write('HTTP/1.1 200 OK\r\nx-slow: ');
      return socket === null ? undefined : drip(socket, 'a');
    case 'slow-early':
      return socket === null ? undefined : drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n');
    case 'silent':
      return;
    default:
      return whole(text);
  }
}

/** Puts something into an answer in the place of the first item number, so that the rest of it is as it should be. */
function inside(text: string, instead: string): string {
  const quoted = text.replace(/"[AH]-\d+"/, () => instead);
  if (quoted !== text) return quoted;
  const bare = text.replace(/\b[AH]-\d+\b/, () => instead);
  return bare === text ? instead : bare;
}

/** Puts more fields behind the first item number. */
const beside = (text: string, more: string): string =>
  text.replace(/"[AH]-\d+"(?=[,}])|\b[AH]-\d+<\/\w+(?::\w+)?>/, (found) => found + more);

/** Pictures and categories without end inside one product. */
const innerLists = (isXml: boolean): string =>
  isXml
    ? `<Pictures>${'<item><Id>1</Id></item>'.repeat(300_000)}</Pictures>`
    : `,"images":[${'{"id":1,"src":"https://shop.example/a.jpg"},'.repeat(150_000)}{}],"categories":[${'{"id":1},'.repeat(150_000)}{}]`;

/** Fifty megabytes of fields that nobody knows. */
const longRow = (isXml: boolean): string =>
  Array.from({ length: 50_000 }, (_, at) =>
    isXml ? `<F${at}>${'x'.repeat(1000)}</F${at}>` : `,"f${at}":"${'x'.repeat(1000)}"`,
  ).join('');

const busy = (outgoing: ServerResponse, retryAfter: string): void =>
  void outgoing.writeHead(429, { 'content-type': 'application/json', 'retry-after': retryAfter }).end('{}');

const billionLaughs = [
  '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol0 "lol">',
  ...Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at};`.repeat(10)}">`),
  ']>\n',
].join('\n');

type Sink = {
  readonly destroyed: boolean;
  write(chunk: string): boolean;
  on(event: 'close', listener: () => void): unknown;
  once(event: 'drain', listener: () => void): unknown;
};

/** As fast as it is taken, for ever. */
function pour(sink: Sink, chunk: string): void {
  let open = true;
  sink.on('close', () => {
    open = false;
  });
  const more = (): void => {
    while (open && !sink.destroyed && sink.write(chunk));
    if (open && !sink.destroyed) sink.once('drain', more);
  };
  more();
}

/** A little at a time, for ever. */
function drip(sink: Sink, chunk: string): void {
  const timer = setInterval(() => sink.write(chunk), 100);
  sink.on('close', () => clearInterval(timer));
}

const once = <Value>(make: () => Value): (() => Value) => {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
};
/** A gigabyte of blanks; packed twice over it is some kilobytes. */
const block = (): Buffer => Buffer.alloc(64 * megabyte, ' ');
const gzipBomb = once(() => Buffer.concat(Array.from({ length: 16 }, () => gzipSync(block()))));
const brotliBomb = once(() =>
  brotliCompressSync(Buffer.alloc(512 * megabyte, ' '), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
);

async function readRequest(incoming: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://fake');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: incoming.method ?? 'GET', path: pathname, query: searchParams, headers, body };
}
