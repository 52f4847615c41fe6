import type { z } from 'zod';
import type { Instant } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Http } from '../../http.ts';
import type { Found, HttpResponse } from '../../http-response.ts';
import { whereIn } from '../../json/value-reader.ts';
import { isLoopback, under } from '../../urls.ts';
import { apiVersion, type Document } from '../documents.ts';
import type { TokenSource } from './access-token.ts';
import { makeCostBudget } from './cost-budget.ts';
import { exceedsMaxCost, mapErrors } from './error-mapping.ts';
import { maxRows } from './query-cost.ts';
import { type WireEnvelope, wireEnvelope } from './wire-envelope.ts';

export type GraphqlRequest<Data> = {
  readonly document: Document;
  readonly schema: z.ZodType<Data>;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** How many rows to begin with, where the document takes `$first`; sized from its cost afterwards. */
  readonly rows?: number;
  /** In the gerund. */
  readonly doing: string;
};

export type GraphqlResponse<Data> = {
  readonly data: Data;
  /** The shop's clock, else ours. */
  readonly asOf: Instant;
  /** The shop's clock, if it said so. */
  readonly date?: Instant;
  /** The version that answered, which is another one when ours is retired. */
  readonly version?: string;
  /** Fields that can be done without and that the key may not read: they came as `null`. */
  readonly withheld: readonly string[];
};

/** A conversation with one shop: pays from its bucket, watches who answers, and says what an error means. */
export type GraphqlClient = {
  ask<Data>(question: GraphqlRequest<Data>, signal: AbortSignal): Promise<GraphqlResponse<Data>>;
  /** Bytes of a file that the shop made, from a place on, a letter a byte. No key goes along: its address is the key. */
  part(
    file: { readonly url: URL; readonly from: number; readonly bytes: number },
    signal: AbortSignal,
  ): Promise<string>;
  readonly trouble: Http['trouble'];
};

export type GraphqlClientOptions = {
  readonly url: string;
  /** What the shop called itself before; another answer means another shop. */
  readonly identity?: string;
  readonly http: Http;
  readonly token: TokenSource;
  readonly clock: Clock;
};

export function makeGraphqlClient({ url, identity, http, token, clock }: GraphqlClientOptions): GraphqlClient {
  const address = under(url, `admin/api/${apiVersion}/graphql.json`);
  const costBudget = makeCostBudget(clock);

  const post = async (question: GraphqlRequest<unknown>, rows: number, signal: AbortSignal): Promise<HttpResponse> => {
    const send = (key: string): Promise<HttpResponse> => {
      const headers = { 'x-shopify-access-token': key };
      return http.send(
        { method: 'POST', url: address, headers, json: jsonOf(question, rows), doing: question.doing },
        signal,
      );
    };
    const key = await token.current(signal);
    const reply = await send(key);
    return reply.status === 401 && token.refused(key) ? send(await token.current(signal)) : reply;
  };

  /** One answer, free of errors; `most` rows at most. A question that is too dear is put again with half its rows. */
  const execute = async (
    question: GraphqlRequest<unknown>,
    signal: AbortSignal,
    maxRowsForQuery: number,
  ): Promise<GraphqlResult> => {
    const { document, doing } = question;
    const rows = Math.min(
      maxRowsForQuery,
      question.rows === undefined ? 1 : costBudget.rowsFor(document.name, question.rows),
    );
    await costBudget.waitForBudget(document.name, rows, signal).catch((reason: unknown) => {
      throw http.trouble('cancelled', { doing }, reason);
    });
    const reply = await post(question, rows, signal);
    const envelope = open(http, reply);
    costBudget.keep(document.name, rows, envelope);
    if (exceedsMaxCost(envelope) && rows > 1) return execute(question, signal, Math.floor(rows / 2));
    const mappedError = mapErrors(envelope, document.optionalFields, costBudget.bucket());
    if (mappedError !== undefined) throw http.trouble(mappedError[0], { doing, ...mappedError[1] });
    const id = identityIn(envelope.data);
    if (identity !== undefined && id !== undefined && id !== identity) {
      throw http.trouble('another-shop', { doing, found: `it calls itself ${id}` });
    }
    return { reply, data: envelope.data, withheld: withheldIn(envelope) };
  };

  const ask = async <Data>(question: GraphqlRequest<Data>, signal: AbortSignal): Promise<GraphqlResponse<Data>> => {
    const { reply, data, withheld } = await execute(question, signal, maxRows);
    const read = question.schema.safeParse(data);
    if (read.success) return { data: read.data, withheld, ...responseInfo(reply, clock) };
    throw http.trouble('unintelligible', { doing: question.doing, status: 200, found: whereOf(read.error) });
  };

  const part: GraphqlClient['part'] = async ({ url: file, from, bytes }, signal) => {
    const doing = 'fetching the ordered file';
    // A shop of the outside has its files outside, too: no address of this machine is asked for it.
    const isOdd = isLoopback(file.hostname) !== isLoopback(address.hostname);
    if (isOdd) throw http.trouble('refused', { doing, found: `a file at ${file.hostname}` });
    const headers = { accept: '*/*', range: `bytes=${from}-${from + bytes - 1}` };
    const reply = await http.send({ url: file, headers, asBytes: true, doing }, signal);
    if (reply.status === 206) return reply.text;
    if (reply.status === 416) return '';
    if (reply.status !== 200) throw http.troubleOf(reply);
    // It does not deal in parts: the whole came.
    return reply.text.slice(from, from + bytes);
  };

  return { ask, part, trouble: http.trouble };
}

type GraphqlResult = {
  readonly reply: HttpResponse;
  readonly data: WireEnvelope['data'];
  readonly withheld: readonly string[];
};

const withheldIn = ({ errors }: WireEnvelope): readonly string[] =>
  Array.isArray(errors) ? [...new Set(errors.flatMap(({ path }) => String(path?.at(-1) ?? '')))] : [];

const jsonOf = ({ document, variables, rows: sized }: GraphqlRequest<unknown>, rows: number) => ({
  query: document.text,
  operationName: document.name,
  variables: { ...variables, first: sized === undefined ? undefined : rows },
});

/** When an answer was given, and by which version. */
function responseInfo(
  { date, headers }: HttpResponse,
  clock: Clock,
): Omit<GraphqlResponse<unknown>, 'data' | 'withheld'> {
  const version = headers['x-shopify-api-version'];
  return {
    asOf: date ?? clock.now(),
    date,
    version,
  };
}

/** How Shopify tells of a missing right beside a status 403; a plan, a closed shop or a rule of a host says something else. */
const tellsOfRight = /\b(?:scopes?|access|permissions?|approval)\b/i;

/** The envelope in a reply; bad statuses carry their words as a text, not as the list that good ones have. */
function open(http: Http, reply: HttpResponse): WireEnvelope {
  if (reply.status !== 200) {
    const words = wordsOf(http.jsonOf(reply));
    const rights = tellsOfRight.test(words ?? '') ? undefined : 'told-apart';
    throw http.troubleOf(reply, ofWholeShop.get(reply.status) ?? words, rights);
  }
  const read = wireEnvelope.safeParse(http.json(reply));
  if (read.success) return read.data;
  throw http.trouble('unintelligible', { doing: reply.doing, status: 200, said: reply.text.slice(0, 200) });
}

/** What the shop in an answer calls itself. */
function identityIn(data: WireEnvelope['data']): string | undefined {
  const shop = data?.shop;
  return typeof shop === 'object' && shop !== null && 'id' in shop && typeof shop.id === 'string' ? shop.id : undefined;
}

function whereOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'the answer' : whereIn(issue);
}

function wordsOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('errors' in body)) return undefined;
  return typeof body.errors === 'string' ? body.errors : JSON.stringify(body.errors);
}

/** What Shopify says of a shop that it has closed, or does not know: nothing of it is about what was asked. */
const ofWholeShop: ReadonlyMap<number, Found> = new Map<number, Found>([
  [402, { found: 'Shopify has frozen the shop: its plan is not paid', reason: 'closed-by-platform' }],
  [423, { found: 'Shopify has locked the shop', reason: 'closed-by-platform' }],
  [404, { found: 'Shopify knows no shop at this address' }],
]);
