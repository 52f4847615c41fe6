import { z } from 'zod';
import { type Instant, later, millisecondsOf } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import { line } from '../decode.ts';
import type { Http } from '../http.ts';
import { type HttpResponse, saidOr } from '../http-response.ts';
import { makeShopHttp } from '../network/shop-http.ts';
import { isLoopback, under } from '../urls.ts';

/** What a question needs, in the words of the admin's page of API accounts. */
export const scopes = {
  products: 'Products: read-only',
  stock: 'Store Inventory: read-only',
  writeStock: 'Store Inventory: modify',
  orders: 'Orders: read-only',
  information: 'Information & settings: read-only',
  locations: 'Store Locations: read-only',
} as const;

export type Question = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its version: `v3/catalog/products`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** In the gerund: "reading products". */
  readonly doing: string;
  /** The scope that is missing when this is refused. */
  readonly scope?: (typeof scopes)[keyof typeof scopes];
};

/** What BigCommerce says when it will not: v3 `{status, title, errors}`, v2 `[{status, message}]`. */
type Problem = { readonly status: number; readonly said?: string };
export type Answer =
  | { readonly ok: true; readonly body: unknown; readonly reply: HttpResponse }
  | { readonly ok: false; readonly problem: Problem; readonly error: ShopError };

/** The line to one BigCommerce store: its token, its window of requests, and what its errors mean. */
export type BigCommerceApi = {
  readonly shop: Shop;
  readonly clock: Clock;
  /** The store's permanent id, as its addresses name it. */
  readonly storeHash: string;
  readonly trouble: Http['trouble'];
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  must(question: Question, signal: AbortSignal): Promise<{ readonly body: unknown; readonly reply: HttpResponse }>;
  /** One page of a v3 list. */
  list(question: Question, signal: AbortSignal): Promise<ListAnswer>;
};

type ListAnswer = {
  readonly rows: readonly unknown[];
  readonly total?: number;
  /** What the shop says of how many pages there are. */
  readonly lastPage?: number;
  readonly reply: HttpResponse;
};

const pagination = z.object({ total: z.number().optional(), total_pages: z.number().optional() }).catch({});
const listSchema = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ pagination: pagination.optional() }).optional().catch(undefined),
});

const v3Problem = z.object({ title: line.optional(), errors: z.record(z.string(), z.unknown()).catch({}) });
const v2Problem = z.array(z.object({ message: line.optional() })).transform(([first]) => first?.message);

const hashIn = (url: string): string | undefined => /\/stores\/([a-z0-9]+)/i.exec(new URL(url).pathname)?.[1];

/** A shop may be kept by the address that its customers know: the API has one of its own, unless it is a stand-in here. */
function apiBase(url: string, storeHash: string): string {
  if (hashIn(url) !== undefined) return url;
  const home = isLoopback(new URL(url).hostname) ? url : 'https://api.bigcommerce.com';
  return `${home}/stores/${encodeURIComponent(storeHash)}`;
}

export function makeApi({ shop, secrets, clock }: ConnectorInput<unknown>): BigCommerceApi {
  const { access_token: token = '', store_hash: typed = '' } = secrets;
  const http = makeShopHttp({ shop, clock }, [token]);
  const storeHash = hashIn(shop.url) ?? typed;
  const base = apiBase(shop.url, typed);
  const pace = makePace(clock);

  const ask: BigCommerceApi['ask'] = async (question, signal) => {
    const { method, path, query, json, doing } = question;
    if (typed !== '' && typed !== storeHash) {
      throw http.trouble('another-shop', {
        doing,
        found: `the key is for store ${typed}, the address for ${storeHash}`,
      });
    }
    await pace.wait(signal);
    const headers = { 'x-auth-token': token, accept: 'application/json' };
    const reply = await http.send({ method, url: under(base, path, query), headers, json, doing }, signal);
    pace.readLimits(reply);
    // v2 answers 204 and nothing where a list is empty.
    if (reply.status < 400) return { ok: true, body: reply.status === 204 ? undefined : http.json(reply), reply };
    const problem = { status: reply.status, said: wordsIn(http.jsonOf(reply)) };
    return { ok: false, problem, error: errorOf(http, { question, reply, said: problem.said }) };
  };

  const must: BigCommerceApi['must'] = async (question, signal) => {
    const answer = await ask(question, signal);
    if (!answer.ok) throw answer.error;
    return answer;
  };

  return {
    shop,
    clock,
    storeHash,
    trouble: http.trouble,
    ask,
    must,
    list: async (question, signal) => {
      const { body, reply } = await must(question, signal);
      const read = listSchema.safeParse(body);
      if (!read.success) {
        const said = reply.text.slice(0, 400);
        throw http.trouble('unintelligible', { doing: question.doing, status: reply.status, said });
      }
      const { data: rows, meta } = read.data;
      return { rows, total: meta?.pagination?.total, lastPage: meta?.pagination?.total_pages, reply };
    },
  };
}

function wordsIn(body: unknown): string | undefined {
  const old = v2Problem.safeParse(body);
  if (old.success) return old.data;
  const read = v3Problem.safeParse(body);
  if (!read.success) return undefined;
  const fields = Object.entries(read.data.errors).map(([field, said]) => `${field}: ${String(said)}`);
  return [read.data.title, ...fields].filter((word) => word !== undefined).join('; ') || undefined;
}

/** A store's plan, its suspension and whoever stands before it answer 403 as well: no permission mends those. */
const aboutRights = /\bscopes?\b|\bpermissions?\b/i;

type Refused = { readonly question: Question; readonly reply: HttpResponse; readonly said: string | undefined };

function errorOf(http: Http, { question, reply, said }: Refused): ShopError {
  const { status, doing } = reply;
  const detail = { doing, status, said };
  if (status === 403 && said !== undefined && aboutRights.test(said)) {
    return http.trouble('forbidden', { ...detail, permission: question.scope });
  }
  // A product is asked for by those who can tell why it is missing: here a 404 is about the API or the store.
  if (status === 404)
    return http.trouble('refused', { ...detail, ...saidOr(said, 'there is no BigCommerce API here') });
  if (status === 423) return http.trouble('unreachable', { ...detail, ...saidOr(said, 'locked by another request') });
  const reset = resetIn(reply);
  if (status === 429 && reset !== undefined && reset <= longestWindow) {
    return http.trouble('rate-limited', { ...detail, retryAfter: Math.ceil(reset / 1000) });
  }
  // A 429 without those headers is the platform's own load: the wait is ours to choose.
  return http.troubleOf(reply, said, 'told-apart');
}

const headerNumber = (reply: HttpResponse, name: string): number | undefined => {
  const text = reply.headers[name];
  return text === undefined || !/^\d+$/.test(text.trim()) ? undefined : Number(text);
};
const resetIn = (reply: HttpResponse): number | undefined => headerNumber(reply, 'x-rate-limit-time-reset-ms');

/** The longest window is 30 s; another figure is nobody's. */
const longestWindow = 60_000;

/** One request is left for a person: all apps of the store share the window. */
const spare = 1;

/** Waits for the next window of requests before the shop has to say no. */
function makePace(clock: Clock) {
  let until: Instant | undefined;
  return {
    wait: async (signal: AbortSignal): Promise<void> => {
      const left = until === undefined ? 0 : millisecondsOf(until) - millisecondsOf(clock.now());
      // More is left only where the clock was set back.
      if (left > 0) await clock.wait(Math.min(longestWindow, left), signal);
      until = undefined;
    },
    readLimits: (reply: HttpResponse): void => {
      const left = headerNumber(reply, 'x-rate-limit-requests-left');
      const reset = resetIn(reply);
      if (left === undefined || reset === undefined || left > spare || reset > longestWindow) return;
      until = later(clock.now(), reset);
    },
  };
}
