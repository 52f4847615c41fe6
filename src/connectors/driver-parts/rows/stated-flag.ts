import { flagOf, line, quotedValue } from '../../decode.ts';
import { type ReadPayload, reader, refuse } from '../../json/value-reader.ts';

/** What a row is refused with where it leaves out what a link hangs on. */
const missing = 'is missing';

/**
 * Yes or no, where a link hangs on it: nothing where the shop says nothing. Another word is not taken for no, which would
 * take the product out of sale here: its row is unreadable.
 */
export const statedFlag = reader((value, payload): boolean | undefined =>
  value === null || value === undefined ? undefined : yesOrNo(value, payload),
);

/** The same where the platform always says it: a row that does not is unreadable, and not out of sale. */
export const requiredFlag = reader((value, payload): boolean =>
  value === null || value === undefined || value === '' ? refuse(payload, missing) : yesOrNo(value, payload),
);

/** Either, however it is written; a value that is neither is refused. */
export const yesOrNo = (value: unknown, payload: ReadPayload): boolean =>
  flagOf(value) ?? refuse(payload, `is ${quotedValue(value)}, not yes or no`);

/** A word that the platform always says and a link hangs on, such as a status. A strange one is kept as it came. */
export const requiredWord = reader((value, payload): string => {
  const read = line.safeParse(value);
  if (!read.success) return refuse(payload, read.error.issues[0]?.message ?? missing);
  return read.data ?? refuse(payload, missing);
});
