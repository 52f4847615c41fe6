import { z } from 'zod';
import type { Shop } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';
import type { HttpResponse } from '../http-response.ts';
import { makeShopHttp } from '../network/shop-http.ts';
import { under } from '../urls.ts';
import { errorOf, type Problem, problemIn } from './problem.ts';
import { makeToken } from './token.ts';

type Question = {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Under `/api/`. */
  readonly path: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** In the gerund: "reading products". */
  readonly doing: string;
};
type Answer =
  | { readonly ok: true; readonly body: unknown; readonly reply: HttpResponse }
  | { readonly ok: false; readonly problem: Problem; readonly reply: HttpResponse };

/** A search of one entity, as Shopware's criteria say it. */
export type Criteria = Readonly<Record<string, unknown>>;
export type Found = { readonly rows: readonly unknown[]; readonly total?: number; readonly reply: HttpResponse };

/** The line to one Shopware shop: an integration's token and what Shopware's errors mean. */
export type ShopwareApi = {
  readonly shop: Shop;
  readonly clock: Clock;
  /** The access key of the integration, by which it finds its own row. */
  readonly clientId: string;
  readonly trouble: Http['trouble'];
  /** An answer or a problem, for those who can do something about a problem. */
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  /** The answer, or a `ShopError`. */
  must(question: Question, signal: AbortSignal): Promise<{ readonly body: unknown; readonly reply: HttpResponse }>;
  /** Rows of one entity: reading by POST changes nothing. */
  search(
    query: { readonly entity: string; readonly criteria: Criteria; readonly doing: string },
    signal: AbortSignal,
  ): Promise<Found>;
  errorOf(problem: Problem, reply: HttpResponse): ShopError;
};

const foundSchema = z.object({ data: z.array(z.unknown()), total: z.number().optional().catch(undefined) });

/** "The limit must be lower than or equal to MAX_LIMIT(=100)": a host may allow less than is usual. */
function rowsAllowed({ code, said = '' }: Problem): number | undefined {
  const pageSize = Number(/MAX_LIMIT\(=(\d+)\)/.exec(said)?.[1] ?? '0');
  return code === 'FRAMEWORK__QUERY_LIMIT_EXCEEDED' && pageSize > 0 ? pageSize : undefined;
}

export function makeApi({ shop, secrets, clock }: ConnectorInput<unknown>): ShopwareApi {
  const { client_id: clientId = '', client_secret: clientSecret = '' } = secrets;
  const http = makeShopHttp({ shop, clock }, [clientSecret]);
  const tokens = makeToken(http, { url: shop.url, clientId, clientSecret, clock });

  /** How many rows a search may ask for: 500, unless the shop was set up with less. */
  let maxRows = Number.POSITIVE_INFINITY;

  const send = async (question: Question, token: string, signal: AbortSignal): Promise<HttpResponse> =>
    http.send(
      {
        method: question.method,
        url: under(shop.url, `api/${question.path}`),
        headers: {
          // Else the answer is JSON:API, which says everything in another shape.
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...question.headers,
        },
        json: question.json,
        doing: question.doing,
      },
      signal,
    );

  const ask: ShopwareApi['ask'] = async (question, signal) => {
    const token = await tokens.current(signal);
    let reply = await send(question, token, signal);
    if (reply.status === 401) {
      // The token may have run out, or its shop been restarted with new keys: one new token tells.
      tokens.refused(token);
      reply = await send(question, await tokens.current(signal), signal);
    }
    if (reply.status >= 400) return { ok: false, problem: problemIn(reply), reply };
    return { ok: true, body: reply.status === 204 ? undefined : http.json(reply), reply };
  };

  const must: ShopwareApi['must'] = async (question, signal) => {
    const answer = await ask(question, signal);
    if (!answer.ok) throw errorOf(http, answer.problem, answer.reply);
    return answer;
  };

  return {
    shop,
    clock,
    clientId,
    trouble: http.trouble,
    ask,
    must,
    search: async ({ entity, criteria, doing }, signal) => {
      // Variants say nothing of what they take from their product, unless asked to with this header.
      const headers = { 'sw-inheritance': '1' };
      const limited = (): Criteria =>
        typeof criteria.limit === 'number' ? { ...criteria, limit: Math.min(criteria.limit, maxRows) } : criteria;
      const question = (): Question => ({ method: 'POST', path: `search/${entity}`, json: limited(), headers, doing });
      let answer = await ask(question(), signal);
      const allowed = answer.ok ? undefined : rowsAllowed(answer.problem);
      if (allowed !== undefined && allowed < maxRows) {
        maxRows = allowed;
        answer = await ask(question(), signal);
      }
      if (!answer.ok) throw errorOf(http, answer.problem, answer.reply);
      const { body, reply } = answer;
      const read = foundSchema.safeParse(body);
      if (read.success) return { rows: read.data.data, total: read.data.total, reply };
      throw http.trouble('unintelligible', { doing, status: reply.status, said: reply.text.slice(0, 400) });
    },
    errorOf: (problem, reply) => errorOf(http, problem, reply),
  };
}
