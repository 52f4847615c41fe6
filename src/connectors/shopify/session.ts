import type { z } from 'zod';
import type { Instant, ShopId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Http, HttpReply } from '../http.ts';
import { under } from '../urls.ts';
import { complaintIn, isTooDear } from './complaint.ts';
import { apiVersion, type Document } from './documents.ts';
import { type Bucket, rowsWithin, waitFor } from './throttle.ts';
import type { TokenSource } from './token.ts';
import { type WireEnvelope, wireEnvelope } from './wire.ts';

export type Question<Data> = {
  readonly document: Document;
  readonly schema: z.ZodType<Data>;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** How many rows to begin with, where the document takes `$first`; sized from its cost afterwards. */
  readonly rows?: number;
  /** In the gerund. */
  readonly doing: string;
};

export type Answer<Data> = {
  readonly data: Data;
  /** The shop's clock, else ours. */
  readonly asOf: Instant;
  /** Whether the shop said so by its own clock. */
  readonly date?: Instant;
  /** The version that answered, which is another one when ours is retired. */
  readonly version?: string;
};

/** A conversation with one shop: pays from its bucket, watches who answers, and says what a complaint means. */
export type Session = {
  ask<Data>(question: Question<Data>, signal: AbortSignal): Promise<Answer<Data>>;
  readonly trouble: Http['trouble'];
};

export type SessionOptions = {
  readonly shopId: ShopId;
  readonly url: string;
  /** What the shop called itself before; another answer means another shop. */
  readonly identity?: string;
  readonly http: Http;
  readonly token: TokenSource;
  readonly clock: Clock;
};

type Paid = { readonly rows: number; readonly cost: number };

export function makeSession({ url, identity, http, token, clock }: SessionOptions): Session {
  const address = under(url, `admin/api/${apiVersion}/graphql.json`);
  let bucket: Bucket | undefined;
  /** What each document last cost, and with how many rows. */
  const paid = new Map<string, Paid>();

  const post = async (question: Question<unknown>, rows: number, signal: AbortSignal): Promise<HttpReply> => {
    const { document, variables, doing } = question;
    const send = async (key: string): Promise<HttpReply> =>
      http.send(
        {
          method: 'POST',
          url: address,
          headers: { 'x-shopify-access-token': key },
          json: {
            query: document.text,
            operationName: document.name,
            variables: { ...variables, ...(question.rows === undefined ? {} : { first: rows }) },
          },
          doing,
        },
        signal,
      );
    const key = await token.current(signal);
    const reply = await send(key);
    if (reply.status !== 401 || !token.refused(key)) return reply;
    return send(await token.current(signal));
  };

  const open = (reply: HttpReply): WireEnvelope => {
    if (reply.status !== 200) throw troubleOf(http, reply);
    const read = wireEnvelope.safeParse(http.json(reply));
    if (read.success) return read.data;
    throw http.trouble('unintelligible', { doing: reply.doing, status: 200, said: reply.text.slice(0, 200) });
  };

  const keep = (name: string, rows: number, envelope: WireEnvelope): void => {
    const cost = envelope.extensions?.cost;
    if (cost === null || cost === undefined) return;
    const { maximumAvailable, currentlyAvailable, restoreRate } = cost.throttleStatus;
    bucket = { maximum: maximumAvailable, available: currentlyAvailable, restoreRate, at: clock.now() };
    paid.set(name, { rows, cost: cost.requestedQueryCost });
  };

  /** Waits until the bucket can pay what this document last cost, at so many rows. */
  const afford = async (name: string, rows: number, signal: AbortSignal): Promise<void> => {
    const before = paid.get(name);
    if (bucket === undefined || before === undefined) return;
    const wait = waitFor((before.cost * rows) / before.rows, bucket, clock.now());
    if (wait > 0) await clock.wait(wait, signal);
  };

  const rowsFor = (question: Question<unknown>): number => {
    const before = paid.get(question.document.name);
    if (question.rows === undefined) return 1;
    return before === undefined || bucket === undefined ? question.rows : rowsWithin(before, bucket);
  };

  const checkWho = (data: WireEnvelope['data'], doing: string): void => {
    const id = identityIn(data);
    if (identity !== undefined && id !== undefined && id !== identity)
      throw http.trouble('another-shop', { doing, said: id });
  };

  const ask = async <Data>(question: Question<Data>, signal: AbortSignal, most?: number): Promise<Answer<Data>> => {
    const { document, doing, schema } = question;
    const rows = Math.min(rowsFor(question), most ?? Number.POSITIVE_INFINITY);
    try {
      await afford(document.name, rows, signal);
    } catch (error) {
      throw http.trouble('cancelled', { doing }, error);
    }
    const reply = await post(question, rows, signal);
    const envelope = open(reply);
    keep(document.name, rows, envelope);
    if (isTooDear(envelope) && rows > 1) return ask(question, signal, Math.floor(rows / 2));
    const complaint = complaintIn(envelope, document.spare, bucket);
    if (complaint !== undefined) throw http.trouble(complaint[0], { doing, ...complaint[1] });
    checkWho(envelope.data, doing);
    const read = schema.safeParse(envelope.data);
    if (!read.success) throw http.trouble('unintelligible', { doing, status: 200, said: whereOf(read.error) });
    const version = reply.headers['x-shopify-api-version'];
    return {
      data: read.data,
      asOf: reply.date ?? clock.now(),
      ...(reply.date === undefined ? {} : { date: reply.date }),
      ...(version === undefined ? {} : { version }),
    };
  };

  return { ask: (question, signal) => ask(question, signal), trouble: http.trouble };
}

/** What the shop in an answer calls itself. */
function identityIn(data: WireEnvelope['data']): string | undefined {
  const shop = data?.shop;
  return typeof shop === 'object' && shop !== null && 'id' in shop && typeof shop.id === 'string' ? shop.id : undefined;
}

function whereOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'the answer' : `${issue.path.join('.')}: ${issue.message}`;
}

/** Bad statuses carry their words as a text, not as the list that good ones have. */
function troubleOf(http: Http, reply: HttpReply): ShopError {
  return http.troubleOf(reply, wordsOf(reply));
}

function wordsOf(reply: HttpReply): string | undefined {
  try {
    const body: unknown = JSON.parse(reply.text);
    if (typeof body !== 'object' || body === null || !('errors' in body)) return undefined;
    return typeof body.errors === 'string' ? body.errors : JSON.stringify(body.errors);
  } catch {
    return undefined;
  }
}
