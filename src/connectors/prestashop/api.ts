import { z } from 'zod';
import type { Shop } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import { line } from '../decode.ts';
import type { Http } from '../http.ts';
import type { HttpResponse } from '../http-response.ts';
import { jsonValue } from '../json/read-json.ts';
import { hostPasswordOf } from '../network/html-page.ts';
import { makeShopHttp } from '../network/shop-http.ts';
import { under } from '../urls.ts';

/** The settings of a PrestaShop shop, as they were checked. */
export type PrestaOptions = {
  /** Which of several shops in one installation. */
  readonly id_shop?: string;
  /** The number of the language that texts are read in. */
  readonly language?: string;
  /** The back office's own folder, for links. */
  readonly admin?: string;
};

export type Query = Readonly<Record<string, string>>;
export type Question = {
  readonly method?: 'GET' | 'PATCH' | 'PUT';
  /** Under `/api/`: a resource, or a resource and an id. */
  readonly path: string;
  readonly query?: Query;
  readonly xml?: string;
  /** In the gerund: "reading products". */
  readonly doing: string;
};

/** What the webservice says when it will not: numbered errors, whatever the status. */
export type ErrorAnswer = { readonly status: number; readonly code?: number; readonly said?: string };

export type Rows = { readonly rows: readonly unknown[]; readonly reply: HttpResponse };

/** The line to one PrestaShop webservice. */
export type PrestaApi = {
  readonly shop: Shop;
  readonly options: PrestaOptions;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  /** The reply, good or bad. */
  ask(question: Question, signal: AbortSignal): Promise<HttpResponse>;
  /** The rows of a resource, or a `ShopError`. An empty list comes as `[]`, a full one under the resource's name. */
  list(
    resource: string,
    question: { readonly query: Query; readonly doing: string },
    signal: AbortSignal,
  ): Promise<Rows>;
  errorIn(reply: HttpResponse): ErrorAnswer;
  errorOf(reply: HttpResponse, what: string): ShopError;
  keyInQuery(): boolean;
};

const errorsSchema = z.object({
  errors: z.array(z.object({ code: z.coerce.number().optional().catch(undefined), message: line.optional() })).min(1),
});

export function makePrestaApi({ shop, secrets, options, clock }: ConnectorInput<PrestaOptions>): PrestaApi {
  const key = secrets.key ?? '';
  const basic = Buffer.from(`${key}:`, 'utf8').toString('base64');
  const http = makeShopHttp({ shop, clock }, [key, basic]);
  let place: 'header' | 'query' = 'header';
  let triedQuery = false;

  const send = (question: Question, where: 'header' | 'query', signal: AbortSignal): Promise<HttpResponse> => {
    const query: Record<string, string> = { output_format: 'JSON', ...question.query };
    if (options.id_shop !== undefined) query.id_shop = options.id_shop;
    if (where === 'query') query.ws_key = key;
    return http.send(
      {
        method: question.method,
        url: under(shop.url, `api/${question.path}`, query),
        headers: where === 'header' ? { authorization: `Basic ${basic}` } : {},
        text: question.xml === undefined ? undefined : { body: question.xml, type: 'text/xml' },
        doing: question.doing,
      },
      signal,
    );
  };

  /** Some hosts take the Authorization header away: then the shop says that no key came, in plain text. */
  const ask: PrestaApi['ask'] = async (question, signal) => {
    const reply = await send(question, place, signal);
    // A page is the host's, which asks everybody for a password: in its log no key belongs.
    const noKeyCame = reply.status === 401 && errorIn(reply).code === undefined && hostPasswordOf(reply) === undefined;
    if (!noKeyCame || place === 'query' || triedQuery) return reply;
    triedQuery = true;
    const second = await send(question, 'query', signal);
    if (second.status === 401) return reply;
    place = 'query';
    return second;
  };

  const errorOf: PrestaApi['errorOf'] = (reply, what) => {
    const { status, code, said } = errorIn(reply);
    const detail = { doing: reply.doing, status, said };
    if (code === 25 || code === 26 || code === 132) return http.trouble('forbidden', { ...detail, permission: what });
    // With a number of its own, a 500 is an answer to what was asked, and the same question gets it again.
    if (code !== undefined && status !== 401 && status !== 429) return http.trouble('refused', detail);
    if (status === 404) return http.trouble('refused', { ...detail, found: 'there is no PrestaShop webservice here' });
    return http.troubleOf(reply, said, 'told-apart');
  };

  const list: PrestaApi['list'] = async (resource, { query, doing }, signal) => {
    const reply = await ask({ path: resource, query, doing }, signal);
    if (reply.status !== 200) throw errorOf(reply, `${resource}: GET`);
    const body = http.json(reply);
    const rows = Array.isArray(body) ? body : rowsUnder(resource, body);
    if (rows !== undefined) return { rows, reply };
    throw http.trouble('unintelligible', { doing, status: reply.status, said: reply.text.slice(0, 400) });
  };

  return {
    shop,
    options,
    clock,
    trouble: http.trouble,
    ask,
    list,
    errorIn,
    errorOf,
    keyInQuery: () => place === 'query',
  };
}

/** `{"products":[…]}`. Beside errors nothing counts, whatever the status. */
function rowsUnder(resource: string, body: unknown): readonly unknown[] | undefined {
  if (typeof body !== 'object' || body === null || 'errors' in body) return undefined;
  const rows: unknown = Object.hasOwn(body, resource) ? Reflect.get(body, resource) : undefined;
  return Array.isArray(rows) ? rows : undefined;
}

/** The first numbered error, in JSON or, where JSON broke, in XML. */
function errorIn({ status, text }: HttpResponse): ErrorAnswer {
  const read = errorsSchema.safeParse(jsonValue(text));
  const [first] = read.success ? read.data.errors : [errorInXml(text)];
  if (first?.code === undefined) return { status };
  return { status, code: first.code, said: `${first.code}: ${first.message ?? ''}`.trim() };
}

function errorInXml(text: string): { readonly code?: number; readonly message?: string } {
  const value = (name: string): string | undefined =>
    new RegExp(`<${name}>\\s*(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(text)?.[1]?.trim();
  const code = Number(/<error>/.test(text) ? value('code') : undefined);
  return Number.isInteger(code) ? { code, message: value('message') } : {};
}
