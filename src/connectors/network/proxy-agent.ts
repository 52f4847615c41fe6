import type { ClientRequestArgs } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/** So long a proxy may take until the shop answers through it, the shop's certificate included. */
const withinMs = 10_000;
/** No proxy says more before it lets through. */
const maxHeadBytes = 16 * 1024;

/** What a proxy did instead of leading to the shop. */
export class ProxyError extends Error {
  readonly code = 'ERR_PROXY';
  /** It does not go away by itself. */
  readonly isLasting: boolean;

  constructor(words: string, isLasting = false) {
    super(words);
    this.isLasting = isLasting;
  }
}

type Done = (error: Error | null, socket: Duplex) => void;

/**
 * An agent that leads https through a proxy by CONNECT. Node's own has no end where a proxy lets through and nothing
 * follows, and none to how much a proxy may say.
 */
export function makeProxyAgent(proxy: string, options: AgentOptions): Agent {
  const address = new URL(proxy);
  const createConnection = (options: ClientRequestArgs, callback?: Done): undefined => {
    const { host, port } = options;
    const path = undefined;
    const target: ConnectionOptions = { ...options, path, host: host ?? undefined, port: Number(port ?? 443) };
    const way = reach(address);
    let isOver = false;
    const end = (error: Error | null, socket: Duplex): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      callback?.(error, socket);
      if (error !== null) way.destroy();
    };
    const fail = (words: string): void => end(new ProxyError(words), way);
    const timer = setTimeout(() => fail(`the proxy did not lead to the shop within ${withinMs / 1000} s`), withinMs);
    // Once the shop answers through it, what goes wrong with it ends the secured line.
    way.on('error', ({ message }) => fail(`the proxy does not answer: ${message}`));
    way.on('close', () => fail('the proxy ended the connection'));
    ask(way, `${bracketed(target.host ?? '')}:${target.port}`, (error) => {
      if (error !== undefined) return end(error, way);
      const secured = connectTls({ ...target, socket: way });
      const refuse = (wrong: Error): void => end(wrong, secured);
      secured.once('error', refuse).once('secureConnect', () => {
        secured.removeListener('error', refuse);
        end(null, secured);
      });
    });
    return undefined;
  };
  return Object.assign(new Agent(options), { createConnection });
}

function reach({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  const servername = isIP(host) === 0 ? host : undefined;
  if (protocol === 'https:') return connectTls({ host, port: Number(port || 443), servername });
  return connectPlain({ host, port: Number(port || 80) });
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Asks a proxy to let through to a host; told once, with what is wrong where it does not. */
function ask(way: Socket, to: string, done: (error?: Error) => void): void {
  let head = '';
  const hear = (chunk: Buffer): void => {
    head += chunk.toString('latin1');
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length <= maxHeadBytes && /^H?T?T?P?(\/|$)/.test(head.slice(0, 5))) return;
    way.removeListener('data', hear);
    way.pause();
    done(wrongIn(head, end));
  };
  way.on('data', hear);
  way.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`);
}

/** What is wrong with a proxy's answer; nothing where it lets through. */
function wrongIn(head: string, end: number): ProxyError | undefined {
  const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(head)?.[1]);
  if (end < 0 || Number.isNaN(status)) return new ProxyError('the proxy does not answer as one', true);
  if (status < 200 || status > 299) return new ProxyError(refusal(status), status < 500);
  // A shop says nothing before it is spoken to: what follows is the proxy's.
  return end + 4 < head.length ? new ProxyError('the proxy answers in place of the shop', true) : undefined;
}

const refusal = (status: number): string =>
  status === 407 ? 'the proxy wants a password (HTTP 407)' : `the proxy does not let us through (HTTP ${status})`;
