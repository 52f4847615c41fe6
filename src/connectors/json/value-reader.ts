import { z } from 'zod';
import { bothOf } from './two-values.ts';

/** A value on its way through a schema. */
export type ReadPayload = z.core.ParsePayload<unknown>;

/** Says why a value cannot be read. */
export function refuse(payload: ReadPayload, message: string): never {
  payload.issues.push({ code: 'custom', message, input: payload.value });
  return z.NEVER;
}

type Read = (value: unknown, payload: ReadPayload) => unknown;
type ReaderDef = z.core.$ZodTypeDef & { readonly read: Read };

/** A kind of schema that does nothing but read: zod's own ways to change a value cost two and four times as much. */
const Reader = z.core.$constructor<z.ZodType, ReaderDef>('Reader', (schema, def) => {
  z.ZodType.init(schema, def);
  schema._zod.parse = (payload) => {
    payload.value = def.read(payload.value, payload);
    return payload;
  };
});

/** A schema of one value, which may come in any form, from a function that reads it. */
export const reader = <Value>(read: (value: unknown, payload: ReadPayload) => Value): z.ZodType<Value, unknown> =>
  new Reader({ type: 'unknown', read }) as z.ZodType<Value, unknown>;

/** Where an answer is not as it should be, and why: the answer itself where no part of it is named. */
export const whereIn = ({ path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>): string =>
  `${path.length === 0 ? 'answer' : path.join('.')}: ${message}`;

/** What kind of value it is, for a message: a list, an object, two values where one was due. */
export function kindOf(value: unknown): string {
  const both = bothOf(value);
  if (both !== undefined) return `two values (${both})`;
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
