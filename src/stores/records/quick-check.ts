import { z } from 'zod';

/** Whether a value surely has a shape: never true where zod would refuse it, and false also where only zod can tell. */
export type QuickCheck = (value: unknown) => boolean;

/**
 * A check made of a zod schema that builds nothing: a store is opened by holding every record against its shape, and
 * zod copies whatever it accepts, which costs as much as parsing the JSON did. What is refused here zod judges, and
 * so it does every part that is more than a type.
 */
export function quickCheck(schema: z.core.$ZodType): QuickCheck {
  const asked: QuickCheck = (value) => z.core.safeParse(schema, value).success;
  if ((schema._zod.def.checks?.length ?? 0) > 0) return asked;
  if (schema instanceof z.ZodLazy) return quickCheck(schema._zod.innerType);
  if (schema instanceof z.ZodNumberFormat) return schema.format === 'safeint' ? Number.isSafeInteger : asked;
  if (schema instanceof z.ZodStringFormat) return asked;
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string';
  if (schema instanceof z.ZodNumber) return Number.isFinite;
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodLiteral) return oneOf(schema.values);
  if (schema instanceof z.ZodEnum) return oneOf(new Set<unknown>(schema.options));
  if (schema instanceof z.ZodOptional) return optional(schema);
  if (schema instanceof z.ZodArray) return listOf(quickCheck(schema.element));
  if (schema instanceof z.ZodDiscriminatedUnion) return byKind(schema.def.discriminator, schema.options) ?? asked;
  return schema instanceof z.ZodObject && takesMore(schema) ? fields(schema.shape) : asked;
}

const oneOf =
  (values: ReadonlySet<unknown>): QuickCheck =>
  (value) =>
    values.has(value);
/** What may be left out is mostly left out: its check is made when one has it. */
const optional = (schema: z.ZodOptional): QuickCheck => {
  let inner: QuickCheck | undefined;
  return (value) => {
    if (value === undefined) return true;
    inner ??= quickCheck(schema.unwrap());
    return inner(value);
  };
};
const listOf =
  (inner: QuickCheck): QuickCheck =>
  (value) =>
    Array.isArray(value) && value.every(inner);

type Fields = { readonly [field: string]: unknown };
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only of an object that lets unknown fields pass. */
const takesMore = ({ def }: z.ZodObject): boolean => def.catchall instanceof z.ZodUnknown;

function fields(shape: z.core.$ZodShape): QuickCheck {
  const checks = Object.entries(shape).map(([name, field]) => ({ name, check: quickCheck(field) }));
  return (value) => {
    if (!isObject(value)) return false;
    for (const { name, check } of checks) if (!check(value[name])) return false;
    return true;
  };
}

function byKind(discriminator: string, options: readonly z.core.$ZodType[]): QuickCheck | undefined {
  const checks = new Map<unknown, QuickCheck>();
  for (const option of options) {
    const kind = option instanceof z.ZodObject ? option.shape[discriminator] : undefined;
    if (!(kind instanceof z.ZodLiteral)) return undefined;
    for (const value of kind.values) checks.set(value, quickCheck(option));
  }
  return (value) => isObject(value) && checks.get(value[discriminator])?.(value) === true;
}
