import { later, millisecondsOf } from '../../../domain/ids.ts';
import type { Shop } from '../../../domain/shop.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ConnectorInput } from '../../../ports/platform.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import type { Http } from '../../http.ts';
import type { HttpResponse } from '../../http-response.ts';
import { firewallOf, isHtml } from '../../network/html-page.ts';
import { makeShopHttp } from '../../network/shop-http.ts';
import { type AddressStyle, addressOf, placesAfterHeader } from './address.ts';
import { isOwnCode, looksLikeNoKey, meaningOfError, readWooError, type WooError } from './error-meaning.ts';
import { smallerPage } from './page-size.ts';

export type WooRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Under `/wp-json/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** In the gerund: "reading products". */
  readonly doing: string;
};

export type WooResponse =
  | { readonly ok: true; readonly body: unknown; readonly reply: HttpResponse }
  | { readonly ok: false; readonly wooError: WooError; readonly reply: HttpResponse };
export type WooList = { readonly rows: readonly unknown[]; readonly reply: HttpResponse };

/** The line to one WooCommerce shop: credentials, WordPress's conventions, and what its errors mean. */
export type WooApi = {
  readonly shop: Shop;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  /** An answer or a problem, for those who can do something about a problem. */
  ask(question: WooRequest, signal: AbortSignal): Promise<WooResponse>;
  /** The answer, or a `ShopError`. */
  must(question: WooRequest, signal: AbortSignal): Promise<{ readonly body: unknown; readonly reply: HttpResponse }>;
  /** The answer when it is a list, or a `ShopError`. Asks for as many rows as the host allows. */
  list(question: WooRequest, signal: AbortSignal): Promise<WooList>;
  /** How many rows a page may have here. */
  pageSize(): number;
  errorOf(wooError: WooError, reply: HttpResponse): ShopError;
  /** The host took the header away, so the credentials travel in the address. */
  credentialsInQuery(): boolean;
};

/** An answer, and how the key had travelled. */
type Refused = { readonly reply: HttpResponse; readonly place: AddressStyle['place'] };

/** WooCommerce's own limit. */
const maxRows = 100;

export function makeWooApi({ shop, secrets, clock }: ConnectorInput<unknown>): WooApi {
  const access = { url: shop.url, key: secrets.key ?? '', secret: secrets.secret ?? '' };
  const http = makeShopHttp({ shop, clock }, [access.key, access.secret]);
  let way: AddressStyle = { routing: 'pretty', place: 'header' };
  let trying: Promise<void> | undefined;
  let knowsRouting = false;
  let pageRows = maxRows;
  let aheadMs = 0;

  const send = async (question: WooRequest, by: AddressStyle, signal: AbortSignal): Promise<HttpResponse> => {
    const { method, json, doing } = question;
    const reply = await http.send(
      { method, json, doing, ...addressOf(access, question, by, () => later(clock.now(), aheadMs)) },
      signal,
    );
    if (reply.date !== undefined) aheadMs = millisecondsOf(reply.date) - millisecondsOf(clock.now());
    return reply;
  };

  /**
   * A site without permalinks answers at `/wp-json/` with a page (404, or its front page), or sends there, and at
   * `?rest_route=` with JSON.
   */
  const routed = async (question: WooRequest, signal: AbortSignal): Promise<HttpResponse> => {
    const used = way;
    const mayBePlain = !knowsRouting;
    const first = await send(question, used, signal).catch((error: unknown) => {
      if (mayBePlain && error instanceof ShopError && error.kind === 'moved') return error;
      throw error;
    });
    if (first instanceof ShopError) {
      const second = await plainly(question, used, signal).catch(() => undefined);
      if (second === undefined) throw first;
      return second;
    }
    if (!mayBePlain) return first;
    const isAnswer = http.jsonOf(first) !== undefined && (first.status !== 404 || wooErrorIn(first).code !== '');
    if (isAnswer) knowsRouting = true;
    const isPage =
      first.status === 404 || ([200, 403].includes(first.status) && isHtml(first) && firewallOf(first) === undefined);
    return isAnswer || !isPage ? first : ((await plainly(question, used, signal)) ?? first);
  };

  /** The same question at `?rest_route=`; nothing where no API answers there either. */
  const plainly = async (
    question: WooRequest,
    used: AddressStyle,
    signal: AbortSignal,
  ): Promise<HttpResponse | undefined> => {
    if (used.routing === 'plain') return undefined;
    const second = await send(question, { ...way, routing: 'plain' }, signal);
    if (http.jsonOf(second) === undefined) return undefined;
    knowsRouting = true;
    way = { ...way, routing: 'plain' };
    return second;
  };

  /**
   * Some hosts take the Authorization header away, a site that believes it is called over http looks at signatures
   * alone, and some plug-ins take the header for theirs: all make a right key look like no key. The other ways are tried
   * once, by the first question that was refused so; those put at the same time wait for what it finds.
   */
  const keyed = async (question: WooRequest, refused: Refused, signal: AbortSignal): Promise<HttpResponse> => {
    const { reply, place: used } = refused;
    if (used !== 'header' || !question.path.startsWith('wc/') || !looksLikeNoKey(wooErrorIn(reply), reply))
      return reply;
    if (trying === undefined) {
      const found = findPlace(question, signal);
      // Trouble with the line is the first question's to tell, and its to try again.
      trying = found.then(
        () => {},
        () => {
          trying = undefined;
        },
      );
      return (await found) ?? reply;
    }
    await trying;
    return way.place === 'header' ? reply : send(question, way, signal);
  };

  /** The answer by the first way that brings the key; nothing where none does. */
  const findPlace = async (question: WooRequest, signal: AbortSignal): Promise<HttpResponse | undefined> => {
    for (const place of placesAfterHeader(shop.url)) {
      const reply = await send(question, { ...way, place }, signal);
      if (reply.status === 401 || (reply.status === 403 && !isOwnCode(wooErrorIn(reply).code))) continue;
      way = { ...way, place };
      return reply;
    }
    return undefined;
  };

  const wooErrorIn = (reply: HttpResponse): WooError => readWooError(reply.status, http.jsonOf(reply));

  const errorOf: WooApi['errorOf'] = (wooError, reply) => {
    const meaning = meaningOfError(wooError, reply);
    if (meaning.kind !== undefined) return http.trouble(meaning.kind, meaning.detail);
    // WordPress tells of a missing right by a code; JSON without one is not its own.
    return http.troubleOf(reply, meaning.detail.said, wooError.code === '' ? 'told-apart' : undefined);
  };

  const ask: WooApi['ask'] = async (question, signal) => {
    const { place } = way;
    const first = await routed(question, signal);
    const reply = await keyed(question, { reply: first, place }, signal);
    if (reply.status >= 400) return { ok: false, wooError: wooErrorIn(reply), reply };
    return { ok: true, body: http.json(reply), reply };
  };

  const must: WooApi['must'] = async (question, signal) => {
    const answer = await ask(question, signal);
    if (!answer.ok) throw errorOf(answer.wooError, answer.reply);
    return answer;
  };

  /** A host that caps pages refuses larger ones: what it allows is remembered. */
  const list: WooApi['list'] = async (question, signal) => {
    const wanted = Number(question.query?.per_page ?? pageRows);
    const query = { ...question.query, per_page: String(Math.min(wanted, pageRows)) };
    const answer = await ask({ ...question, query }, signal);
    const smaller = answer.ok ? undefined : smallerPage(answer, Math.min(wanted, pageRows));
    if (smaller !== undefined) {
      const before = pageRows;
      pageRows = smaller;
      return list(question, signal).catch((error: unknown) => {
        // What is refused at any size was not refused for its size.
        pageRows = before;
        throw error;
      });
    }
    if (!answer.ok) throw errorOf(answer.wooError, answer.reply);
    if (Array.isArray(answer.body)) return { rows: answer.body, reply: answer.reply };
    const said = answer.reply.text.slice(0, 400);
    throw http.trouble('unintelligible', { doing: question.doing, status: answer.reply.status, said });
  };

  return {
    shop,
    clock,
    trouble: http.trouble,
    ask,
    must,
    list,
    pageSize: () => pageRows,
    errorOf,
    credentialsInQuery: () => way.place === 'query',
  };
}
