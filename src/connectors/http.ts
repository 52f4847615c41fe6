import { readFileSync } from 'node:fs';
import got, { AbortError, RequestError, TimeoutError } from 'got';
import type { Instant, ShopId } from '../domain/ids.ts';
import { instantOf } from '../domain/ids.ts';
import { ShopError, type ShopErrorDetail, type ShopErrorKind } from '../ports/shop-error.ts';
import { cleanLine, cutText } from './clean.ts';
import { type Redact, redactor } from './redact.ts';
import { type HttpReply, meaningOf } from './reply.ts';
import { isLoopback } from './urls.ts';

export type HttpRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** What is being done, in the gerund: "reading products". */
  readonly doing: string;
};

/** One shop's line to the outside. Everything it throws is a `ShopError` that holds no secret. */
export type Http = {
  /** Rejects with `unreachable`, `moved`, `refused`, `unintelligible` (too large) or `cancelled`. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
  /** An error about this shop, its words cleaned, redacted and cut to 200 characters. */
  trouble(kind: ShopErrorKind, detail: Omit<ShopErrorDetail, 'shop'>, cause?: unknown): ShopError;
  /** What a reply with a bad status means when the platform itself says nothing better. */
  troubleOf(reply: HttpReply, said?: string): ShopError;
  /** The JSON in a reply; `unintelligible` with the head of the body when there is none. */
  json(reply: HttpReply): unknown;
};

export type HttpOptions = {
  readonly shopId: ShopId;
  /** Everything that must never be seen. */
  readonly secrets: readonly string[];
  readonly now: () => Instant;
  /** A PEM file that vouches for a shop behind a private CA. */
  readonly caFile?: string;
  /** Milliseconds for a whole answer; 60 s when left out. */
  readonly patienceMs?: number;
  /** Bytes of a whole answer, unpacked; 50 MB when left out. */
  readonly largest?: number;
};

const usualPatienceMs = 60_000;
const usualLargest = 50 * 1024 * 1024;

/**
 * The one got instance. It never follows a redirect (got hands custom headers and, on some hops, a changed
 * method to the new address) and never tries twice: waiting is `patience.ts`'s.
 */
const client = got.extend({
  followRedirect: false,
  throwHttpErrors: false,
  retry: { limit: 0 },
  headers: { 'user-agent': 'bindeled', accept: 'application/json', 'cache-control': 'no-cache' },
});

/** Makes the line to one shop. */
export function makeHttp(options: HttpOptions): Http {
  const { now, shopId } = options;
  const redact = redactor(options.secrets);
  const said = (text: string): string => cutText(cleanLine(redact(text)), 200);

  const trouble: Http['trouble'] = (kind, detail, cause) =>
    new ShopError(
      kind,
      {
        ...detail,
        shop: shopId,
        ...(detail.said === undefined ? {} : { said: said(detail.said) }),
        ...(detail.target === undefined ? {} : { target: said(detail.target) }),
      },
      plainCause(cause, said),
    );

  const send: Http['send'] = async (request, signal) => {
    if (request.url.protocol !== 'https:' && !isLoopback(request.url.hostname)) {
      throw trouble('refused', { doing: request.doing, said: 'keys are only sent over https' });
    }
    const asTrouble = (error: unknown): ShopError =>
      asShopError(error, { trouble, doing: request.doing, cancelled: signal.aborted });
    try {
      const reply = await exchange(request, options, signal);
      if (reply.status >= 300 && reply.status < 400) throw movedTo(reply, request, trouble);
      return reply;
    } catch (error) {
      throw asTrouble(error);
    }
  };

  return {
    send,
    trouble,
    troubleOf: (reply, words) => trouble(...meaningOf(reply, words, now())),
    json: (reply) => {
      try {
        return JSON.parse(reply.text);
      } catch {
        const head = reply.text.trim() === '' ? 'an empty answer' : reply.text.slice(0, 400);
        throw trouble('unintelligible', { doing: reply.doing, status: reply.status, said: head });
      }
    },
  };
}

async function exchange(request: HttpRequest, options: HttpOptions, signal: AbortSignal): Promise<HttpReply> {
  signal.throwIfAborted();
  const total = options.patienceMs ?? usualPatienceMs;
  const most = options.largest ?? usualLargest;
  const stream = client.stream(request.url, {
    method: request.method ?? 'GET',
    headers: request.headers,
    ...(request.json === undefined ? {} : { json: request.json }),
    signal,
    timeout: { lookup: 5000, connect: 5000, secureConnect: 5000, send: 15_000, response: total, request: total },
    ...(options.caFile === undefined ? {} : { https: { certificateAuthority: readFileSync(options.caFile, 'utf8') } }),
  });
  const chunks: Buffer[] = [];
  let size = 0;
  // Counted unpacked, so that a small packed answer cannot fill the memory.
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) throw new TooLarge(most);
    chunks.push(chunk);
  }
  const { response } = stream;
  if (response === undefined) throw new Error('the answer has no head');
  const date = Date.parse(response.headers.date ?? '');
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.entries(response.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]])),
    ),
    text: Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
    ...(Number.isNaN(date) ? {} : { date: instantOf(date) }),
    doing: request.doing,
  };
}

class TooLarge extends Error {
  constructor(most: number) {
    super(`the answer is larger than ${Math.round(most / 1024 / 1024)} MB`);
  }
}

type Telling = {
  readonly trouble: Http['trouble'];
  readonly doing: string;
  readonly cancelled: boolean;
};

// A certificate that does not hold is no passing trouble: a person must mend it, or name the CA.
const untrusted = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The one place where what got throws becomes what a connector may throw. */
function asShopError(error: unknown, { trouble, doing, cancelled }: Telling): ShopError {
  if (error instanceof ShopError) return error;
  if (cancelled || error instanceof AbortError) return trouble('cancelled', { doing });
  if (error instanceof TooLarge) return trouble('unintelligible', { doing, said: error.message });
  if (error instanceof TimeoutError) return trouble('unreachable', { doing, said: error.message }, error);
  const code = error instanceof RequestError || hasCode(error) ? error.code : '';
  const words = error instanceof Error ? error.message : String(error);
  const said = code === '' || words.includes(code) ? words : `${code}: ${words}`;
  if (code === 'ENOENT' || code === 'EACCES') return trouble('refused', { doing, said }, error);
  return trouble(untrusted.test(code) ? 'refused' : 'unreachable', { doing, said }, error);
}

const hasCode = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';

/** Only what was said, without the request that got hangs on its errors. */
function plainCause(cause: unknown, said: Redact): Error | undefined {
  if (!(cause instanceof Error)) return undefined;
  const plain = new Error(said(cause.message));
  plain.stack = `${cause.name}: ${plain.message}`;
  return plain;
}

function movedTo(reply: HttpReply, request: HttpRequest, trouble: Http['trouble']): ShopError {
  const { location } = reply.headers;
  const target =
    location !== undefined && URL.canParse(location, request.url.href) ? new URL(location, request.url) : undefined;
  return trouble('moved', {
    doing: request.doing,
    status: reply.status,
    ...(target === undefined ? {} : { target: `${target.protocol}//${target.host}${target.pathname}` }),
  });
}
