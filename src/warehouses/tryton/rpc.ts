import { z } from 'zod';
import { cleanLine } from '../../connectors/clean.ts';
import { id, quotedValue } from '../../connectors/decode.ts';
import type { ClockedHttp } from '../../connectors/reading/server-clock.ts';
import { under } from '../../connectors/urls.ts';
import { type Instant, instantOf } from '../../domain/ids.ts';
import { ShopError } from '../../ports/shop-error.ts';

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
  if (!read.success) throw http.trouble('unintelligible', { doing, found: 'the answer is no object' });
  if (read.data.error !== undefined && read.data.error !== null)
    throw http.trouble('refused', { doing, said: saidIn(read.data.error) });
  return read.data.result;
}

/** A call whose answer is a list: what is none is no empty list. */
export async function rpcList(
  connection: TrytonConnection,
  call: Call,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const found = await rpc(connection, call, signal);
  if (Array.isArray(found)) return found;
  throw connection.http.trouble('unintelligible', { doing: call.doing, found: 'the answer is no list' });
}

/** Where our user may not look, there is nothing to tell. */
export function ifAllowed(error: unknown): readonly unknown[] {
  if (error instanceof ShopError && error.kind === 'refused') return [];
  throw error;
}

/** The largest id of a page, by which the next is asked for; nothing where there is no row. Rows without any id have no next. */
export function lastIdOf({ http }: TrytonConnection, rows: readonly unknown[], doing: string): number | undefined {
  if (rows.length === 0) return undefined;
  const ids = rows.map((row) => Number(rowSchema.safeParse(row).data?.id)).filter(Number.isSafeInteger);
  if (ids.length > 0) return ids.reduce((a, b) => Math.max(a, b));
  throw http.trouble('unintelligible', { doing, found: 'no row of the page has an id' });
}
const rowSchema = z.object({ id });

/** A list that has the same page again, or more than anybody has of it. */
export const endless = ({ http }: TrytonConnection, doing: string): ShopError =>
  http.trouble('unintelligible', { doing, found: 'the list never ends' });

/** `["UserError", ["what is wrong", ""]]`, in one line. */
function saidIn(error: unknown): string {
  const read = failure.safeParse(error);
  if (!read.success) return cleanLine(JSON.stringify(error));
  const texts = read.data.flat(3).filter((part): part is string => typeof part === 'string' && part !== '');
  return cleanLine(texts.join(': '));
}

const taggedDecimal = z.object({ __class__: z.literal('Decimal'), decimal: z.string() });

// As Python writes it: `12.50`, `1E+3`.
const decimalText = /^[+-]?\d+(\.\d+)?(E[+-]?\d{1,3})?$/i;

/** A number, plain or tagged as Decimal. What is no number, or more than can be counted, is unreadable. */
export const figure = z.unknown().transform((value, context): number | undefined => {
  if (value === null || value === undefined) return undefined;
  const tagged = taggedDecimal.safeParse(value);
  const text = tagged.success ? tagged.data.decimal : typeof value === 'number' ? String(value) : '';
  const number = decimalText.test(text) ? Number(text) : Number.NaN;
  const most = Number.MAX_SAFE_INTEGER;
  if (Math.abs(number) <= most) return number === 0 ? 0 : number;
  const tooMuch =
    number > 0 ? `Too big: expected number to be <=${most}` : `Too small: expected number to be >=-${most}`;
  const message = Number.isNaN(number) ? `is ${quotedValue(value)}, not a number` : tooMuch;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const taggedTime = z.object({
  __class__: z.literal('datetime'),
  year: z.int(),
  month: z.int(),
  day: z.int(),
  hour: z.int().default(0),
  minute: z.int().default(0),
  second: z.int().default(0),
});

/** A moment as Tryton tells it: UTC, whole seconds will do; nothing for what is none. */
export function momentOf(value: unknown): Instant | undefined {
  const read = taggedTime.safeParse(value);
  if (!read.success) return undefined;
  const { year, month, day, hour, minute, second } = read.data;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isFinite(at) ? instantOf(at) : undefined;
}

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
