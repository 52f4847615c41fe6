import { z } from 'zod';
import { cleanLine } from '../../connectors/clean.ts';
import type { ClockedHttp } from '../../connectors/reading/server-clock.ts';
import { under } from '../../connectors/urls.ts';

export type TrytonConnection = {
  /** With the name of the database. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly http: ClockedHttp;
};
export type Context = Readonly<Record<string, unknown>>;
export type Call = {
  readonly method: string;
  readonly params: readonly unknown[];
  /** Always the last parameter. */
  readonly context: Context;
  readonly doing: string;
};

const failure = z.tuple([z.string()], z.unknown());
const answer = z.object({ result: z.unknown(), error: z.unknown() }).partial();

/** One call. Tryton says what is wrong with status 200; broken JSON and a wrong key are answered in HTML or with nothing. */
export async function rpc(connection: TrytonConnection, call: Call, signal: AbortSignal): Promise<unknown> {
  const { http, address, user, password } = connection;
  const { doing } = call;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  const json = { id: 1, method: call.method, params: [...call.params, call.context] };
  const url = under(address, '/');
  const reply = await http.send({ method: 'POST', url, headers: { authorization }, json, doing }, signal);
  if (reply.status !== 200) throw http.troubleOf(reply);
  const read = answer.safeParse(http.json(reply));
  if (!read.success) throw http.trouble('unintelligible', { doing, said: 'the answer is no object' });
  if (read.data.error !== undefined && read.data.error !== null)
    throw http.trouble('refused', { doing, said: saidIn(read.data.error) });
  return read.data.result;
}

/** `["UserError", ["what is wrong", ""]]`, in one line. */
function saidIn(error: unknown): string {
  const read = failure.safeParse(error);
  if (!read.success) return cleanLine(JSON.stringify(error));
  const texts = read.data.flat(3).filter((part): part is string => typeof part === 'string' && part !== '');
  return cleanLine(texts.join(': '));
}

const taggedDecimal = z.object({ __class__: z.literal('Decimal'), decimal: z.string() });

/** A number, plain or tagged as Decimal. Not finite is unreadable. */
export const figure = z.unknown().transform((value, context): number | undefined => {
  if (value === null || value === undefined) return undefined;
  const tagged = taggedDecimal.safeParse(value);
  const number = tagged.success ? Number(tagged.data.decimal) : typeof value === 'number' ? value : Number.NaN;
  if (Number.isFinite(number)) return number === 0 ? 0 : number;
  context.addIssue({ code: 'custom', message: 'is not a number' });
  return z.NEVER;
});

/** A moment as Tryton writes it in a domain: UTC, without a zone. */
export function taggedMoment(instant: string): object {
  const at = new Date(instant);
  return {
    __class__: 'datetime',
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    microsecond: at.getUTCMilliseconds() * 1000,
  };
}
