import { z } from 'zod';
import type { HttpResponse } from '../../connectors/http-response.ts';
import { retryAfter } from '../../connectors/http-response.ts';
import type { ClockedHttp } from '../../connectors/reading/server-clock.ts';
import { under } from '../../connectors/urls.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import type { Pace } from './pace.ts';
import { waitSeconds } from './unknowns.ts';

export type PeakConnection = {
  readonly address: string;
  readonly key: string;
  readonly http: ClockedHttp;
  readonly clock: Clock;
  readonly pace: Pace;
};

/** Asks one thing; the answer whatever its status. */
export async function ask(
  connection: PeakConnection,
  request: { readonly path: string; readonly query?: Readonly<Record<string, string>>; readonly doing: string },
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { http, address, key } = connection;
  await connection.pace(signal).catch((error: unknown) => {
    throw http.trouble('cancelled', { doing: request.doing }, error);
  });
  const url = under(address, request.path, request.query);
  return http.send({ url, headers: { authorization: `Bearer ${key}` }, doing: request.doing }, signal);
}

const errorSchema = z.object({ message: z.string().optional(), errorCode: z.string().nullish() });

/** What a bad answer means. A 400 carries a sentence and a number of PeakWMS's own. */
export function troubleOf({ http, clock }: PeakConnection, reply: HttpResponse): ShopError {
  const words = errorIn(reply.text);
  if (reply.status !== 429) return http.troubleOf(reply, words);
  const asked = retryAfter(reply.headers['retry-after'], clock.now());
  return http.trouble('rate-limited', {
    doing: reply.doing,
    status: 429,
    said: words,
    retryAfter: waitSeconds(asked),
  });
}

function errorIn(text: string): string | undefined {
  try {
    const read = errorSchema.safeParse(JSON.parse(text));
    if (!read.success || read.data.message === undefined) return undefined;
    const { message, errorCode } = read.data;
    return errorCode === undefined || errorCode === null ? message : `${message} (${errorCode})`;
  } catch {
    return undefined;
  }
}

const envelope = z.object({ data: z.array(z.unknown()) });

/** The rows of a list; single reads come as a bare list. */
export function rowsIn(connection: PeakConnection, reply: HttpResponse): readonly unknown[] {
  if (reply.status < 200 || reply.status > 299) throw troubleOf(connection, reply);
  const found = connection.http.json(reply);
  if (Array.isArray(found)) return found;
  const read = envelope.safeParse(found);
  if (read.success) return read.data.data;
  throw connection.http.trouble('unintelligible', {
    doing: reply.doing,
    status: reply.status,
    found: 'the answer holds no list called data',
  });
}
