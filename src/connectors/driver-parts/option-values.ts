import { z } from 'zod';
import type { OptionForm } from '../../ports/platform.ts';
import { isTimeZone } from './local-time.ts';

/** The number of a thing in the shop. */
export const numberOption = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .optional();

/** A code of the shop's own: a word without blanks. */
export const codeOption = z
  .string()
  .regex(/^[\w-]+$/)
  .optional();

/** Numbers with commas between. */
export const numbersOption = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().regex(/^\d{1,9}$/)).min(1))
  .optional();

/** The zone of a shop's clock whose API writes moments without one. */
export const timeZoneOption = z.string().refine(isTimeZone).default('Europe/Copenhagen');

/** The field for that zone. */
export const timeZoneField = {
  name: 'timeZone',
  label: { da: 'Shoppens tidszone', en: "The shop's time zone" },
  hint: { da: 'API’et skriver tider uden zone', en: 'the API writes times without a zone' },
  usual: 'Europe/Copenhagen',
};

/** Reads stored options by a schema. An empty text is a setting that was taken away again. */
export const parseOptions =
  <Options>(schema: z.ZodType<Options>): OptionForm<Options>['parse'] =>
  (stored) =>
    schema.parse(Object.fromEntries(Object.entries(stored).filter(([, value]) => value.trim() !== '')));
