import { flagOf } from '../decode.ts';
import { reader, refuse } from '../json/value-reader.ts';

/**
 * Yes or no, where a link hangs on it: nothing where the shop says nothing. Another word is not taken for no, which would
 * take the product out of sale here: its row is unreadable.
 */
export const statedFlag = reader((value, payload): boolean | undefined => {
  if (value === null || value === undefined) return undefined;
  return flagOf(value) ?? refuse(payload, `is ${JSON.stringify(value).slice(0, 40)}, not yes or no`);
});
