import type { z } from 'zod';
import type { Instant } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Http } from '../../http.ts';
import type { HttpReply } from '../../reply.ts';
import { under } from '../../urls.ts';
import { apiVersion, type Document } from '../documents.ts';
import { type WireEnvelope, wireEnvelope } from '../wire.ts';
import { complaintIn, isTooDear } from './complaint.ts';
import { makePurse } from './purse.ts';
import { mostRows } from './throttle.ts';
import type { TokenSource } from './token.ts';

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
  /** The shop's clock, if it said so. */
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
  readonly url: string;
  /** What the shop called itself before; another answer means another shop. */
  readonly identity?: string;
  readonly http: Http;
  readonly token: TokenSource;
  readonly clock: Clock;
};

export function makeSession({ url, identity, http, token, clock }: SessionOptions): Session {
  const address = under(url, `admin/api/${apiVersion}/graphql.json`);
  const purse = makePurse(clock);

  const post = async (question: Question<unknown>, rows: number, signal: AbortSignal): Promise<HttpReply> => {
    const send = (key: string): Promise<HttpReply> => {
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

  /** One answer, free of complaints; `most` rows at most. A question that is too dear is put again with half its rows. */
  const answerTo = async (question: Question<unknown>, signal: AbortSignal, most: number): Promise<Heard> => {
    const { document, doing } = question;
    const rows = Math.min(most, question.rows === undefined ? 1 : purse.rowsFor(document.name, question.rows));
    await purse.afford(document.name, rows, signal).catch((reason: unknown) => {
      throw http.trouble('cancelled', { doing }, reason);
    });
    const reply = await post(question, rows, signal);
    const envelope = open(http, reply);
    purse.keep(document.name, rows, envelope);
    if (isTooDear(envelope) && rows > 1) return answerTo(question, signal, Math.floor(rows / 2));
    const complaint = complaintIn(envelope, document.spare, purse.bucket());
    if (complaint !== undefined) throw http.trouble(complaint[0], { doing, ...complaint[1] });
    const id = identityIn(envelope.data);
    if (identity !== undefined && id !== undefined && id !== identity) {
      throw http.trouble('another-shop', { doing, said: id });
    }
    return { reply, data: envelope.data };
  };

  const ask = async <Data>(question: Question<Data>, signal: AbortSignal): Promise<Answer<Data>> => {
    const { reply, data } = await answerTo(question, signal, mostRows);
    const read = question.schema.safeParse(data);
    if (read.success) return { data: read.data, ...circumstances(reply, clock) };
    throw http.trouble('unintelligible', { doing: question.doing, status: 200, said: whereOf(read.error) });
  };

  return { ask, trouble: http.trouble };
}

type Heard = { readonly reply: HttpReply; readonly data: WireEnvelope['data'] };

const jsonOf = ({ document, variables, rows: sized }: Question<unknown>, rows: number) => ({
  query: document.text,
  operationName: document.name,
  variables: { ...variables, ...(sized === undefined ? {} : { first: rows }) },
});

/** When an answer was given, and by which version. */
function circumstances({ date, headers }: HttpReply, clock: Clock): Omit<Answer<unknown>, 'data'> {
  const version = headers['x-shopify-api-version'];
  return {
    asOf: date ?? clock.now(),
    ...(date === undefined ? {} : { date }),
    ...(version === undefined ? {} : { version }),
  };
}

/** The envelope in a reply; bad statuses carry their words as a text, not as the list that good ones have. */
function open(http: Http, reply: HttpReply): WireEnvelope {
  if (reply.status !== 200) throw http.troubleOf(reply, wordsOf(reply));
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
  return issue === undefined ? 'the answer' : `${issue.path.join('.')}: ${issue.message}`;
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
