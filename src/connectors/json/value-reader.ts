import { z } from 'zod';
import { bothOf } from './two-values.ts';

/** A value on its way through a schema. */
export type ReadPayload = z.core.ParsePayload<unknown>;

/** Says why a value cannot be read. */
export function refuse(payload: ReadPayload, message: string): never {
  payload.issues.push({ code: 'custom', message, input: payload.value });
  return z.NEVER;
}

/**
 * A schema of one value, which may come in any form, from a function that reads it. What `z.unknown().transform()` does,
 * at half of its cost: a check may put another value in the place of the one that it looks at.
 */
export function reader<Value>(read: (value: unknown, payload: ReadPayload) => Value): z.ZodType<Value, unknown> {
  const reads = (payload: ReadPayload): void => {
    payload.value = read(payload.value, payload);
  };
  return z.unknown().check(reads) as z.ZodType<Value, unknown>;
}

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
