import type { Shop } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';
import { type HttpResponse, saidOr } from '../http-response.ts';
import { makeShopHttp } from '../network/shop-http.ts';
import { under } from '../urls.ts';
import type { ClassicOptions } from './options.ts';

export type Service = 'ProductDataService' | 'OrderService' | 'SettingService';
type Question = {
  readonly method?: 'GET' | 'PUT';
  readonly service: Service;
  /** Behind the key, its parts encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** In the gerund: "reading products". */
  readonly doing: string;
};
export type Answer =
  | { readonly ok: true; readonly body: unknown; readonly reply: HttpResponse }
  | { readonly ok: false; readonly status: number; readonly service: Service; readonly reply: HttpResponse };

/** The line to one DanDomain Classic shop. The key is a part of every path and is masked in everything that is told. */
export type ClassicApi = {
  readonly shop: Shop;
  readonly options: ClassicOptions;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  /** An answer, or a bad status for those who can do something about it. */
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  /** The answer, or a `ShopError`. */
  must(question: Question, signal: AbortSignal): Promise<{ readonly body: unknown; readonly reply: HttpResponse }>;
  /** The answer when it is a list, or a `ShopError`. */
  list(
    question: Question,
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly unknown[]; readonly reply: HttpResponse }>;
  errorOf(answer: Answer & { readonly ok: false }): ShopError;
};

export function makeClassicApi({ shop, secrets, options, clock }: ConnectorInput<ClassicOptions>): ClassicApi {
  const key = secrets.key ?? '';
  // IIS is careless about case, so an address that it sends us to may hold the key in another one.
  const spellings = [key, key.toLowerCase(), key.toUpperCase()];
  const http = makeShopHttp({ shop, clock }, spellings);

  const send = ({ method, service, path, query, doing }: Question, signal: AbortSignal): Promise<HttpResponse> =>
    http.send(
      {
        method,
        url: under(shop.url, `admin/WEBAPI/Endpoints/v1_0/${service}/${encodeURIComponent(key)}/${path}`, query),
        doing,
      },
      signal,
    );

  const errorOf: ClassicApi['errorOf'] = ({ status, service, reply }) => {
    const detail = { doing: reply.doing, status, said: wordsOf(reply) };
    // WCF's own words or nothing are the API's; a page without them, a plain word or an object is of who stands before it.
    const isOurs = detail.said !== undefined || reply.text.trim() === '';
    if (status === 403 && isOurs) return http.trouble('forbidden', { ...detail, permission: service });
    // A page that is missing says that the API is not there: never that a product is gone.
    if (status === 404)
      return http.trouble('refused', { ...detail, ...saidOr(detail.said, 'there is no WEBAPI here') });
    return http.troubleOf(reply, detail.said, 'told-apart');
  };

  const ask: ClassicApi['ask'] = async (question, signal) => {
    const reply = await send(question, signal);
    const { service } = question;
    if (reply.status >= 400) return { ok: false, status: reply.status, service, reply };
    return { ok: true, body: http.json(reply), reply };
  };

  const must: ClassicApi['must'] = async (question, signal) => {
    const answer = await ask(question, signal);
    if (!answer.ok) throw errorOf(answer);
    return answer;
  };

  return {
    shop,
    options,
    clock,
    trouble: http.trouble,
    ask,
    must,
    list: async (question, signal) => {
      const { body, reply } = await must(question, signal);
      if (Array.isArray(body)) return { rows: body, reply };
      const said = reply.text.slice(0, 400);
      throw http.trouble('unintelligible', { doing: question.doing, status: reply.status, said });
    },
    errorOf,
  };
}

/** The words in an error: WCF hides them in its page, or says them as one text. */
function wordsOf({ text }: HttpResponse): string | undefined {
  const inPage = /exception message is '([^']{1,400})/i.exec(text)?.[1];
  if (inPage !== undefined) return inPage;
  const wrapped = /^\s*<string[^>]*>([^<]{1,400})/i.exec(text)?.[1];
  if (wrapped !== undefined) return wrapped;
  return /^\s*"((?:[^"\\]|\\.){1,400})"\s*$/.exec(text)?.[1];
}

/** Whether a number may stand in a path at all: one of dots would name another address, and an end is lost on the way. */
export const fitsPath = (number: string): boolean =>
  !/[\u0000-\u001f]/.test(number) && !/[. ]$/.test(number) && number.trim() !== '';

/** Whether IIS takes it there as a matter of course. The others it refuses in most shops, however they are written. */
export const isPlainInPath = (number: string): boolean => fitsPath(number) && !/[/\\%&:*?<>#+"|]/.test(number);
