import { makeJsonScanner } from './json-limits.ts';
import { readJson } from './read-json.ts';

/**
 * What the body of a webhook says, with every digit of its ids, and within the limits of an answer; nothing where it is no
 * JSON, or far too much of it: it is a hint, and whoever cannot read it asks for everything.
 */
export function jsonInBody(body: Uint8Array): unknown {
  try {
    makeJsonScanner().push(body);
    const read = readJson(Buffer.from(body).toString('utf8'));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined;
  }
}
