import type { z } from 'zod';

/** A cursor's text as what it holds; one that cannot be read, or is another request's, starts the reading over. */
export function readCursor<Value>(schema: z.ZodType<Value>, text: string | undefined): Value | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    // Another request's, or cut off.
    return undefined;
  }
}
