import { z } from 'zod';
import type { Shop } from '../../../domain/shop.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ConnectorInput } from '../../../ports/platform.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { line } from '../../decode.ts';
import type { Http } from '../../http.ts';
import { type HttpResponse, saidOr } from '../../http-response.ts';
import { jsonValue } from '../../json/read-json.ts';
import { makeShopHttp } from '../../network/shop-http.ts';
import { under } from '../../urls.ts';
import { makeAuth, noApi } from './auth.ts';
import { queryText } from './oauth.ts';

/** The settings of a Magento shop, as they were checked. */
export type MagentoOptions = {
  /** Code of the store view that is read: its texts, its website. */
  readonly store?: string;
  /** Code of the source that gets our figure. */
  readonly source?: string;
  /** Number of the stock that the source must belong to. */
  readonly stock?: string;
  /** Code of the attribute that holds the barcode. */
  readonly barcode?: string;
  /** The admin's own path, for links. */
  readonly admin?: string;
};

export type Question = {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Under `/rest/<scope>/V1/`. Where requests are signed it never holds what a shop's owner typed: that breaks signatures. */
  readonly path: string;
  /** A store view's code; `all` when left out. */
  readonly scope?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly doing: string;
};

/** The line to one Magento shop. */
export type MagentoApi = {
  readonly shop: Shop;
  readonly options: MagentoOptions;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  /** The reply, good or bad. */
  ask(question: Question, signal: AbortSignal): Promise<HttpResponse>;
  /** The JSON of a good reply, or a `ShopError`. */
  must(question: Question, signal: AbortSignal): Promise<{ readonly body: unknown; readonly reply: HttpResponse }>;
  json(reply: HttpResponse): unknown;
  /** A page for everybody, asked for without any key; nothing where there is none. */
  plain(url: URL, signal: AbortSignal): Promise<string | undefined>;
  /** What a bad reply means. Asks once more where "wrong key" and "no right" look the same. */
  errorOf(reply: HttpResponse, signal: AbortSignal): Promise<ShopError>;
  /** Whether SKUs with these characters may stand in a path. */
  signs(): boolean;
};

export function makeMagentoApi({ shop, secrets, options, clock }: ConnectorInput<MagentoOptions>): MagentoApi {
  const hidden = Object.values(secrets);
  const http = makeShopHttp({ shop, clock }, hidden);
  const loginUrl = under(shop.url, 'rest/all/V1/integration/admin/token');
  const auth = makeAuth({ http, secrets, clock, loginUrl });
  let letIn = false;

  const ask: MagentoApi['ask'] = async ({ method, path, scope, query, json, doing }, signal) => {
    const url = under(shop.url, `rest/${scope ?? 'all'}/V1/${path}`);
    if (query !== undefined) url.search = queryText(query);
    const reply = await auth.send({ method, url, json, doing }, signal);
    if (reply.status === 200 && reply.text.trimStart().match(/^[[{"tf\d]/)) letIn = true;
    return reply;
  };

  /** Whether the key opens anything at all: a wrong one opens nothing, and is refused in the same words. */
  const isLetIn = async (signal: AbortSignal): Promise<boolean> => {
    const probes: readonly Question[] = [
      { path: 'store/storeConfigs', doing: 'testing the key' },
      { path: 'products', query: { 'searchCriteria[pageSize]': '1', fields: 'items[id]' }, doing: 'testing the key' },
      { path: 'modules', doing: 'testing the key' },
    ];
    for (const probe of probes) if (!letIn) await ask(probe, signal);
    return letIn;
  };

  const errorOf: MagentoApi['errorOf'] = async (reply, signal) => {
    const { message, resources } = errorIn(reply);
    const detail = { doing: reply.doing, status: reply.status, said: message };
    if (reply.status === 401 && resources !== undefined) {
      return (await isLetIn(signal))
        ? http.trouble('forbidden', { ...detail, permission: resources })
        : http.trouble('unauthorized', detail);
    }
    // Here every 404 is about the address: things are asked for by filter.
    if (reply.status === 404) return http.trouble('refused', { ...detail, ...saidOr(message, noApi) });
    return http.troubleOf(reply, message, 'told-apart');
  };

  return {
    shop,
    options,
    clock,
    trouble: http.trouble,
    ask,
    json: (reply) => http.json(reply),
    plain: async (url, signal) => {
      try {
        const reply = await http.send({ url, doing: 'asking for the version' }, signal);
        return reply.status === 200 ? reply.text.slice(0, 200) : undefined;
      } catch (error) {
        if (error instanceof ShopError && error.kind === 'moved') return undefined;
        throw error;
      }
    },
    must: async (question, signal) => {
      const reply = await ask(question, signal);
      if (reply.status >= 400) throw await errorOf(reply, signal);
      return { body: http.json(reply), reply };
    },
    errorOf,
    signs: () => auth.signs(),
  };
}

const parameters = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional();
const errorSchema = z.object({
  message: line,
  parameters,
  errors: z.array(z.object({ message: line, parameters })).optional(),
});

/** Magento's words, their blanks filled in, and the rights that it says are missing. */
export function errorIn(reply: HttpResponse): { readonly message?: string; readonly resources?: string } {
  const read = errorSchema.safeParse(jsonValue(reply.text));
  if (!read.success || read.data.message === undefined) return {};
  const { data } = read;
  const whole = [data, ...(data.errors ?? [])].map((one) => filledIn(one.message ?? '', one.parameters));
  const named =
    data.parameters !== undefined && !Array.isArray(data.parameters) ? data.parameters.resources : undefined;
  return { message: [...new Set(whole)].join(' '), resources: named === undefined ? undefined : String(named) };
}

function filledIn(text: string, values: z.infer<typeof parameters>): string {
  if (values === undefined) return text;
  const byName = Array.isArray(values)
    ? Object.fromEntries(values.map((value, at) => [String(at + 1), value]))
    : values;
  return text.replace(/%(\w+)/g, (blank, name: string) => (Object.hasOwn(byName, name) ? String(byName[name]) : blank));
}
