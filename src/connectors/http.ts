import { ShopError, type ShopErrorKind } from '../ports/shop-error.ts';
import { cleanLine, cutText } from './clean.ts';
import type { HttpOptions, HttpRequest, MakeShopError, NewShopErrorDetail } from './http-request.ts';
import { boundedWait, type Found, type HttpResponse, meaningOf } from './http-response.ts';
import { type ReadJson, readJson } from './json/read-json.ts';
import { firewallOf, isForPeople, isHtml, pageWords } from './network/html-page.ts';
import { hidden, type Redact, redactor } from './secrets/redact.ts';
import { answersNoShop, isLoopback } from './urls.ts';

/** One shop's line to the outside. Everything it throws is a `ShopError` that holds no secret. */
export type Http = {
  /** Rejects with `unreachable`, `moved`, `refused`, `unintelligible` (too large) or `cancelled`. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** An error about this shop, its words cleaned, redacted and cut to 200 characters. */
  trouble: MakeShopError;
  /**
   * What a reply with a bad status means when the platform itself says nothing better. Where it tells of a missing right
   * in words of its own (`told-apart`), any other 403 comes from who stands before the shop, and is no missing right.
   */
  troubleOf(reply: HttpResponse, said?: string | Found, rights?: 'told-apart'): ShopError;
  /** The JSON in a reply, large numbers as text; `unintelligible` with the part that is wrong when there is none. */
  json(reply: HttpResponse): unknown;
  /** The same, and nothing when there is none. */
  jsonOf(reply: HttpResponse): unknown;
};

let exchanging: Promise<typeof import('./http-exchange.ts')> | undefined;

/**
 * got is loaded with the first request: a program that asks no shop starts without it. Once: an `import()` of what is
 * loaded still looks its module up.
 */
function loadExchange(): Promise<typeof import('./http-exchange.ts')> {
  exchanging ??= import('./http-exchange.ts');
  return exchanging;
}

const nothing = 'an empty answer';

/** More of what a shop said is not even looked at. */
const maxSaid = 10_000;

/** The keys of so many sessions are remembered: answers come after a new one was begun. */
const maxSessionKeys = 6;

/** Keys that the shop gave out for a session: tokens and cookies, which no setting holds. */
const sessionKeys = ({ headers = {} }: HttpRequest): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) => {
    if (/^authorization$/i.test(name)) return /^bearer (.+)$/i.exec(value)?.[1] ?? [];
    if (/token$/i.test(name)) return value;
    return /^cookie$/i.test(name) ? [...value.matchAll(/=([^;]{8,})/g)].map(([, key = '']) => key) : [];
  });

/** Shorter than this a key of a session may stand in a text by chance. */
const minSessionKey = 16;

/**
 * An answer in which the key of the session that asked for it does not stand: a shop that prints it into a name would
 * put it into the store. A number may be an id; the part of a file has the length that was asked for.
 */
function withoutKeys(reply: HttpResponse, request: HttpRequest): HttpResponse {
  if (request.asBytes === true) return reply;
  const { headers = {} } = request;
  // A token that tells which part of a shop is meant opens nothing, and is read back.
  const opening = Object.entries(headers).filter(([name]) =>
    /^(authorization|cookie)$|(auth|access)-token$/i.test(name),
  );
  const keys = sessionKeys({ ...request, headers: Object.fromEntries(opening) })
    .filter((key) => key.length >= minSessionKey && !/^\d+$/.test(key))
    .flatMap((key) => [key, JSON.stringify(key).slice(1, -1), key.replaceAll('/', '\\/'), encodeURIComponent(key)])
    .filter((form) => reply.text.includes(form));
  if (keys.length === 0) return reply;
  return { ...reply, text: keys.reduce((text, key) => text.replaceAll(key, hidden), reply.text) };
}

/** Makes the line to one shop. */
export function makeHttp(options: HttpOptions): Http {
  const { now, shopId } = options;
  let given: readonly string[] = [];
  let redact = redactor(options.secrets);
  /** What goes along with a request is hidden from then on, also where the shop gave it out itself. */
  const remember = (request: HttpRequest): void => {
    const fresh = sessionKeys(request).filter((key) => !given.includes(key) && !options.secrets.includes(key));
    if (fresh.length === 0) return;
    given = [...given, ...fresh].slice(-maxSessionKeys);
    redact = redactor([...options.secrets, ...given]);
  };
  // Hidden before and after cleaning: a key may be split by what cleaning takes away.
  const said = (text: string): string => cutText(redact(cleanLine(redact(text.slice(0, maxSaid)))), 200);

  const wordsOf = ({ found, said: theirs }: NewShopErrorDetail, kind: ShopErrorKind) => {
    const words = found ?? theirs;
    if (words === undefined) return {};
    const shown = said(words);
    // What cannot be understood for there being nothing is to be told as that.
    if (shown === '' && kind === 'unintelligible') return { said: nothing, saidBy: 'us' } as const;
    return { said: shown, saidBy: found === undefined ? 'shop' : 'us' } as const;
  };

  const trouble: Http['trouble'] = (kind, { found, ...detail }, cause) =>
    new ShopError(
      kind,
      {
        ...detail,
        ...wordsOf({ ...detail, found }, kind),
        shop: shopId,
        retryAfter: boundedWait(detail.retryAfter),
        target: detail.target === undefined ? undefined : said(detail.target),
      },
      plainCause(cause, said),
    );

  const send: Http['send'] = async (request, signal) => {
    if (request.url.protocol !== 'https:' && !isLoopback(request.url.hostname)) {
      throw trouble('refused', { doing: request.doing, found: 'keys are only sent over https' });
    }
    // A name is looked at when it is looked up; a number, out of a shop's own answer or an older store, is not.
    const { hostname } = request.url;
    if (answersNoShop(hostname))
      throw trouble('refused', {
        doing: request.doing,
        found: `${hostname} leads to ${hostname}, where no shop answers`,
      });
    remember(request);
    const { asShopError, exchange } = await loadExchange();
    const asTrouble = (error: unknown): ShopError =>
      asShopError(error, { trouble, doing: request.doing, cancelled: signal.aborted });
    try {
      const reply = withoutKeys(await exchange(request, options, signal), request);
      if (reply.status === 304) {
        const found = 'nothing new, it says, though everything was asked for';
        throw trouble('unintelligible', { doing: request.doing, status: 304, found });
      }
      if (reply.status >= 300 && reply.status < 400) throw movedTo(reply, request, trouble);
      return reply;
    } catch (error) {
      throw asTrouble(error);
    }
  };

  const jsonIn = (reply: HttpResponse): ReadJson => {
    try {
      return readJson(reply.text);
    } catch (error) {
      return { ok: false, wrong: error instanceof Error ? error.message : 'no JSON' };
    }
  };

  return {
    send,
    trouble,
    troubleOf: (reply, words, rights) => {
      const [kind, detail] = meaningOf(reply, words, now());
      return trouble(kind === 'forbidden' && rights === 'told-apart' ? 'refused' : kind, detail);
    },
    json: (reply) => {
      const read = jsonIn(reply);
      if (read.ok) return read.value;
      const detail = { doing: reply.doing, status: reply.status };
      if (!isHtml(reply)) throw trouble('unintelligible', { ...detail, found: read.wrong });
      const page = { ...detail, found: pageWords(reply) };
      if (firewallOf(reply) === undefined) throw trouble('unintelligible', page);
      throw trouble('refused', { ...page, reason: 'firewall' });
    },
    jsonOf: (reply) => {
      const read = jsonIn(reply);
      return read.ok ? read.value : undefined;
    },
  };
}

/** Only what was said, without the request that got hangs on its errors. */
function plainCause(cause: unknown, said: Redact): Error | undefined {
  if (!(cause instanceof Error)) return undefined;
  const plain = new Error(said(cause.message));
  plain.stack = `${cause.name}: ${plain.message}`;
  return plain;
}

function movedTo(reply: HttpResponse, request: HttpRequest, trouble: Http['trouble']): ShopError {
  const { doing } = request;
  const { status } = reply;
  const { location } = reply.headers;
  const target =
    location !== undefined && URL.canParse(location, request.url.href) ? new URL(location, request.url) : undefined;
  if (target === undefined) return trouble('moved', { doing, status, found: 'it sends us on, and names no address' });
  const shown = `${target.protocol}//${target.host}${target.pathname}`;
  return trouble('moved', { doing, status, ...whereTo(target, request.url), target: shown });
}

/** What kind of place a reply sends us to, where it is not the shop at another address. */
function whereTo(target: URL, asked: URL): Found | undefined {
  const reason = 'sent-to-people';
  if (target.href === asked.href)
    return { found: 'it sends us back to the very same address, as checks for robots do', reason };
  const isWall = isForPeople(target.pathname) && !isForPeople(asked.pathname);
  return isWall ? { found: 'it sends us to a page for people', reason } : undefined;
}
