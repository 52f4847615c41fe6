import { z } from 'zod';
import type { Shop } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import { line } from '../decode.ts';
import { type Http, makeHttp } from '../http.ts';
import type { HttpResponse } from '../http-response.ts';
import { under } from '../urls.ts';

export type WooRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Under `/wp-json/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** In the gerund: "reading products". */
  readonly doing: string;
};

/** What WooCommerce says when it will not: `{code, message, data: {status}}`. */
export type WooError = { readonly status: number; readonly code: string; readonly message: string };
export type WooResponse =
  | { readonly ok: true; readonly body: unknown; readonly reply: HttpResponse }
  | { readonly ok: false; readonly wooError: WooError; readonly reply: HttpResponse };

/** The line to one WooCommerce shop: credentials, WordPress's manners, and what its complaints mean. */
export type WooApi = {
  readonly shop: Shop;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  /** An answer or a problem, for those who can do something about a problem. */
  ask(question: WooRequest, signal: AbortSignal): Promise<WooResponse>;
  /** The answer, or a `ShopError`. */
  must(question: WooRequest, signal: AbortSignal): Promise<{ readonly body: unknown; readonly reply: HttpResponse }>;
  /** The answer when it is a list, or a `ShopError`. */
  list(
    question: WooRequest,
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly unknown[]; readonly reply: HttpResponse }>;
  errorOf(wooError: WooError, reply: HttpResponse): ShopError;
  /** The host took the header away, so the credentials travel in the address. */
  credentialsInQuery(): boolean;
};

const wooErrorSchema = z.object({ code: line, message: line });

export function makeWooApi({ shop, secrets, clock }: ConnectorInput<unknown>): WooApi {
  const key = secrets.key ?? '';
  const secret = secrets.secret ?? '';
  const http = makeHttp({ shopId: shop.id, secrets: [key, secret], now: () => clock.now(), caFile: shop.caFile });
  const basic = `Basic ${Buffer.from(`${key}:${secret}`, 'utf8').toString('base64')}`;
  let place: 'header' | 'query' = 'header';
  let triedQuery = false;

  const send = (question: WooRequest, where: 'header' | 'query', signal: AbortSignal): Promise<HttpResponse> =>
    http.send(
      {
        method: question.method,
        url: under(shop.url, `wp-json/${question.path}`, {
          ...question.query,
          ...(where === 'query' ? { consumer_key: key, consumer_secret: secret } : {}),
        }),
        headers: where === 'header' ? { authorization: basic } : {},
        json: question.json,
        doing: question.doing,
      },
      signal,
    );

  /** Some hosts take the Authorization header away: then a right key looks like no key, and the address works. */
  const sendInQueryOnce = async (
    question: WooRequest,
    refused: HttpResponse,
    signal: AbortSignal,
  ): Promise<HttpResponse> => {
    const looksLikeNoKey = refused.status === 401 && wooErrorIn(refused).code === 'woocommerce_rest_cannot_view';
    if (place === 'query' || triedQuery || !looksLikeNoKey) return refused;
    triedQuery = true;
    const second = await send(question, 'query', signal);
    if (second.status === 401) return refused;
    place = 'query';
    return second;
  };

  const wooErrorIn = (reply: HttpResponse): WooError => {
    const read = wooErrorSchema.safeParse(jsonIn(reply.text));
    return {
      status: reply.status,
      code: read.success ? (read.data.code ?? '') : '',
      message: read.success ? (read.data.message ?? '') : '',
    };
  };

  const errorOf: WooApi['errorOf'] = (wooError, reply) => {
    const { status, code, message } = wooError;
    const said = code === '' ? undefined : `${code}: ${message}`;
    const detail = { doing: reply.doing, status, said };
    if (status === 401 && permissionMessage.test(message))
      return http.trouble('forbidden', { ...detail, permission: 'read' });
    const page = reply.text.trimStart().startsWith('<');
    if (status === 404 && code === '' && !page) return http.trouble('unintelligible', { ...detail, said: reply.text });
    // Here every 404 means that the API itself is not there: never that a product is gone.
    if (status === 404) return http.trouble('refused', { ...detail, said: said ?? 'there is no WooCommerce API here' });
    return http.troubleOf(reply, said);
  };

  const ask: WooApi['ask'] = async (question, signal) => {
    const reply = await sendInQueryOnce(question, await send(question, place, signal), signal);
    if (reply.status >= 400) return { ok: false, wooError: wooErrorIn(reply), reply };
    return { ok: true, body: jsonIn(reply.text) ?? http.json(reply), reply };
  };

  const must: WooApi['must'] = async (question, signal) => {
    const answer = await ask(question, signal);
    if (!answer.ok) throw errorOf(answer.wooError, answer.reply);
    return answer;
  };

  return {
    shop,
    clock,
    trouble: http.trouble,
    ask,
    must,
    list: async (question, signal) => {
      const { body, reply } = await must(question, signal);
      if (Array.isArray(body)) return { rows: body, reply };
      throw http.trouble('unintelligible', {
        doing: question.doing,
        status: reply.status,
        said: reply.text.slice(0, 400),
      });
    },
    errorOf,
    credentialsInQuery: () => place === 'query',
  };
}

/**
 * WooCommerce gives a wrong secret and a missing right the same status and code; only the words differ, and
 * they come in the shop's language. Where they are not understood, the key is called wrong.
 */
const permissionMessage = /permission|rettighed|tillad|behörighet|tillatelse|berechtigung/i;

// PHP may print its complaints before the answer; the answer then begins on a line of its own.
const phpNotice = /^\s*(<br\s*\/?>|<b>|PHP |Notice|Warning|Deprecated|Strict)/i;

/** The JSON in a text, also after a PHP notice; nothing when there is none. */
function jsonIn(text: string): unknown {
  const starts = phpNotice.test(text) ? [...text.matchAll(/^[[{]/gm)].map((match) => match.index) : [0];
  for (const start of starts) {
    try {
      return JSON.parse(text.slice(start).replace(/^\ufeff/, ''));
    } catch {
      // Not here; the next line that could begin an answer is tried, and the caller says when none did.
    }
  }
  return undefined;
}
