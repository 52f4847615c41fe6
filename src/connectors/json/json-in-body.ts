import { makeJsonScanner } from './json-limits.ts';
import { jsonValue } from './read-json.ts';

/**
 * What the body of a webhook says, with every digit of its ids, and within the limits of an answer; nothing where it is no
 * JSON, or far too much of it: it is a hint, and whoever cannot read it asks for everything.
 */
export function jsonInBody(body: Uint8Array): unknown {
  try {
    makeJsonScanner().push(body);
    return jsonValue(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
