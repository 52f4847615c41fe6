import { z } from 'zod';
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
import { channelDocument } from './documents.ts';
import type { VendureOptions } from './options.ts';
import { apiKeyLogin, passwordLogin } from './session.ts';
import { channelSchema, envelopeSchema, type VendureError, withSettings } from './wire.ts';

export type Question<Data> = {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<Data>;
  /** In the gerund: "reading products". */
  readonly doing: string;
  /** The permission it needs, in Vendure's word. */
  readonly needs: string;
};

export type Answer<Data> = {
  readonly data: Data;
  /** The shop's clock, else ours. */
  readonly asOf: Instant;
  readonly date?: Instant;
};

/** The line to one Vendure channel: credentials, who answers, and what its errors mean. */
export type VendureApi = {
  readonly shop: Shop;
  readonly options: VendureOptions;
  readonly clock: Clock;
  readonly trouble: Http['trouble'];
  /** The answer, or a `ShopError`. */
  ask<Data>(question: Question<Data>, signal: AbortSignal): Promise<Answer<Data>>;
};

export function makeVendureApi({ shop, secrets, options, clock }: ConnectorInput<VendureOptions>): VendureApi {
  const { api_key: key, username = '', password = '' } = secrets;
  const kept = [key, key?.split(':').at(1), password].filter((one) => one !== undefined && one !== '');
  const http = makeShopHttp({ shop, clock }, kept.map(String));
  const login =
    key === undefined || key === '' ? passwordLogin(http, shop.url, { username, password }) : apiKeyLogin(key);

  const post = async (question: Question<unknown>, signal: AbortSignal): Promise<HttpResponse> => {
    const headers = {
      ...(await login.headers(signal)),
      ...(options.channel === undefined ? {} : { 'vendure-token': options.channel }),
    };
    const json = { query: question.document, variables: question.variables ?? {} };
    return http.send(
      { method: 'POST', url: under(shop.url, 'admin-api'), headers, json, doing: question.doing },
      signal,
    );
  };

  const heard = async (question: Question<unknown>, signal: AbortSignal): Promise<Reply> => {
    const first = openEnvelope(http, await post(question, signal));
    if (!isForbidden(first) || !login.refused()) return first;
    return openEnvelope(http, await post(question, signal));
  };

  /** A bad key and a missing right are one word here; only what every key may ask tells them apart. */
  const forbidden = async (
    question: Question<unknown>,
    first: VendureError,
    signal: AbortSignal,
  ): Promise<ShopError> => {
    const open = { document: channelDocument, schema: z.unknown(), doing: question.doing, needs: 'Authenticated' };
    const known = question.document === channelDocument || isForbidden(await heard(open, signal));
    const detail = { doing: question.doing, status: 200, said: saidOf(first) };
    return known
      ? http.trouble('unauthorized', detail)
      : http.trouble('forbidden', { ...detail, permission: question.needs });
  };

  const ask: VendureApi['ask'] = async (question, signal) => {
    const answer = await heard(question, signal);
    const [first] = answer.errors;
    const { doing } = question;
    if (isForbidden(answer) && first !== undefined) throw await forbidden(question, first, signal);
    if (first !== undefined) throw errorOf(http, first, answer.reply);
    const said = withSettings(answer.data);
    const channel = z.object({ activeChannel: channelSchema }).safeParse(said);
    const token = channel.success ? channel.data.activeChannel.token : undefined;
    if (shop.identity !== undefined && token !== undefined && token !== shop.identity) {
      throw http.trouble('another-shop', { doing, status: 200, found: `the channel's token is ${token}` });
    }
    const read = question.schema.safeParse(said);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw http.trouble('unintelligible', { doing, status: 200, found: issue && whereIn(issue) });
    }
    return { data: read.data, asOf: answer.reply.date ?? clock.now(), date: answer.reply.date };
  };

  return { shop, options, clock, trouble: http.trouble, ask };
}

type Reply = { readonly reply: HttpResponse; readonly data: unknown; readonly errors: readonly VendureError[] };

/** Nearly every failure is HTTP 200 with `errors`; 400 is for questions that do not fit the schema. */
function openEnvelope(http: Http, reply: HttpResponse): Reply {
  const isJson = http.jsonOf(reply) !== undefined;
  // The API has one address, and what is asked for stands in the body: a 404 is about the address.
  if (reply.status === 404) {
    throw http.trouble('refused', { doing: reply.doing, status: 404, found: 'there is no Vendure admin API here' });
  }
  if (reply.status !== 200 && !(reply.status === 400 && isJson)) throw http.troubleOf(reply, undefined, 'told-apart');
  const read = envelopeSchema.safeParse(http.json(reply));
  const { data, errors = [] } = read.success ? read.data : {};
  if (!read.success || (errors.length === 0 && (data === undefined || data === null))) {
    throw http.trouble('unintelligible', { doing: reply.doing, status: reply.status, said: reply.text.slice(0, 400) });
  }
  return { reply, data, errors };
}

const codeOf = (error: VendureError): string => error.extensions?.code ?? '';
const saidOf = (error: VendureError): string =>
  codeOf(error) === '' ? error.message : `${codeOf(error)}: ${error.message}`;
const isForbidden = ({ errors }: Reply): boolean => errors.some((error) => codeOf(error) === 'FORBIDDEN');

function errorOf(http: Http, error: VendureError, reply: HttpResponse): ShopError {
  const detail = { doing: reply.doing, status: reply.status, said: saidOf(error) };
  if (codeOf(error) !== 'INTERNAL_SERVER_ERROR') return http.trouble('refused', detail);
  return http.trouble('unreachable', { ...detail, reason: 'own-error' });
}
