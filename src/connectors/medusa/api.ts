import type { z } from 'zod';
import type { Instant } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Http } from '../http.ts';
import type { HttpResponse } from '../http-response.ts';
import { whereIn } from '../json/value-reader.ts';
import { makeShopHttp } from '../network/shop-http.ts';
import { under } from '../urls.ts';
import type { MedusaOptions } from './options.ts';
import { problemSchema } from './wire.ts';

export type Query = Readonly<Record<string, string | readonly string[]>>;
export type Question<Data> = {
  readonly method?: 'GET' | 'POST';
  /** Under `/admin/`. */
  readonly path: string;
  /** Several values of one name are a list: `sku[]`. */
  readonly query?: Query;
  readonly json?: unknown;
  readonly schema: z.ZodType<Data>;
  /** In the gerund: "reading products". */
  readonly doing: string;
};

export type Answer<Data> = {
  readonly data: Data;
  /** The shop's clock, else ours. */
  readonly asOf: Instant;
  readonly date?: Instant;
};

/** What Medusa says when it will not: `{type, message}`, and for a wrong key a message alone. */
export type Problem = { readonly type: string; readonly message: string };

/** The line to one Medusa shop: its key, and what its errors mean. */
export type MedusaApi = {
  readonly shop: Shop;
  readonly options: MedusaOptions;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  /** The answer, or a `ShopError`. */
  ask<Data>(question: Question<Data>, signal: AbortSignal): Promise<Answer<Data>>;
  /** The same, with nothing for what Medusa itself says it does not have. */
  askMaybe<Data>(question: Question<Data>, signal: AbortSignal): Promise<Answer<Data> | undefined>;
};

export function makeMedusaApi({ shop, secrets, options, clock }: ConnectorInput<MedusaOptions>): MedusaApi {
  const key = secrets.secret_key ?? '';
  const http = makeShopHttp({ shop, clock }, [key]);
  // As Basic user without a password: as Bearer it is refused with a hint.
  const authorization = `Basic ${Buffer.from(`${key}:`, 'utf8').toString('base64')}`;

  const send = (question: Question<unknown>, signal: AbortSignal): Promise<HttpResponse> => {
    const url = under(shop.url, `admin/${question.path}`);
    for (const [name, value] of Object.entries(question.query ?? {})) {
      if (typeof value === 'string') url.searchParams.append(name, value);
      else for (const one of value) url.searchParams.append(`${name}[]`, one);
    }
    const { method, json, doing } = question;
    return http.send({ method, url, headers: { authorization }, json, doing }, signal);
  };

  const opened = <Data>(question: Question<Data>, reply: HttpResponse): Answer<Data> => {
    const read = question.schema.safeParse(http.json(reply));
    if (read.success) return { data: read.data, asOf: reply.date ?? clock.now(), date: reply.date };
    const [issue] = read.error.issues;
    const found = issue === undefined ? undefined : whereIn(issue);
    throw http.trouble('unintelligible', { doing: question.doing, status: reply.status, found });
  };

  return {
    shop,
    options,
    clock,
    trouble: http.trouble,
    ask: async (question, signal) => {
      const reply = await send(question, signal);
      if (reply.status >= 400) throw errorOf(http, reply);
      return opened(question, reply);
    },
    askMaybe: async (question, signal) => {
      const reply = await send(question, signal);
      if (reply.status === 404 && problemIn(http, reply)?.type === 'not_found') return undefined;
      if (reply.status >= 400) throw errorOf(http, reply);
      return opened(question, reply);
    },
  };
}

/** Medusa's own words; JSON without any of them is somebody else's. */
function problemIn(http: Http, reply: HttpResponse): Problem | undefined {
  const read = problemSchema.safeParse(http.jsonOf(reply));
  const { type = '', message = '' } = read.success ? read.data : {};
  return type === '' && message === '' ? undefined : { type, message };
}

function errorOf(http: Http, reply: HttpResponse): ShopError {
  const problem = problemIn(http, reply);
  const said = problem === undefined ? undefined : [problem.type, problem.message].filter(Boolean).join(': ');
  const detail = { doing: reply.doing, status: reply.status, said };
  // An unknown route is a page of HTML: the API itself is not there, and never a product that is gone.
  if (reply.status === 404 && problem === undefined) {
    return http.trouble('refused', { ...detail, found: 'there is no Medusa admin API here' });
  }
  if (reply.status === 404) return http.trouble('refused', detail);
  if (reply.status === 403 && problem !== undefined) {
    return http.trouble('forbidden', { ...detail, permission: rightFor(reply.doing) });
  }
  return http.troubleOf(reply, said, 'told-apart');
}

/** Medusa names no right when one is missing; its roles (RBAC) call them by resource and operation. */
const rightFor = (doing: string): string =>
  doing === 'writing stock' ? 'inventory_level:update' : doing === 'reading orders' ? 'order:read' : 'product:read';
