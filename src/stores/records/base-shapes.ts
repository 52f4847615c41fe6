import { z } from 'zod';

/** A shape for each field of a record: one that is forgotten, or is no field of it, does not compile. */
export type FieldsOf<Row> = { readonly [Field in keyof Row]-?: z.ZodType };

export const text = z.string();
export const whole = z.number();
export const money = z.looseObject({ minor: whole, currency: text });
export const actor = z.looseObject({ kind: z.enum(['person', 'program']), name: text });
export const ref = z.looseObject({ shopId: text, shopProductId: text, shopVariantId: text.optional() });
export const unreadable = z.looseObject({ field: text, value: text });
export const shopLocation = z.looseObject({ id: text, name: text.optional(), inAll: whole.optional() });
