/** How large an answer may be, and each part of it. */
export type JsonLimits = {
  /** Lists and objects within each other. */
  readonly depth: number;
  /** Entries of one list or object. */
  readonly entries: number;
  /** Bytes of one text. */
  readonly textBytes: number;
};

export const jsonLimits: JsonLimits = { depth: 64, entries: 20_000, textBytes: 1024 * 1024 };

/** An answer went over a limit, which the message names. */
export class JsonLimitError extends Error {
  override readonly name = 'JsonLimitError';
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const blank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
/** Whether a byte outside of texts says anything: most are those of numbers and words. */
const counts = new Uint8Array(256);
for (const byte of [quote, comma, openList, closeList, openObject, closeObject]) counts[byte] = 1;

/**
 * Looks at an answer while it comes in, so that one that is too deep, too long or too wide is given up before it is
 * held in memory as a whole. `push` throws a `JsonLimitError`. A page of HTML is not looked at: only its bytes count.
 */
export function makeJsonScanner(limits: JsonLimits = jsonLimits): { push(chunk: Uint8Array): void } {
  const entries: number[] = [];
  let depth = 0;
  let isPage: boolean | undefined;
  let inText = false;
  let escaped = false;
  let textBytes = 0;

  /** Where a text ends that goes on in a chunk, or the end of the chunk. */
  const endOfText = (chunk: Uint8Array, from: number): number => {
    const { length } = chunk;
    let at = escaped ? from + 1 : from;
    while (at < length && chunk[at] !== quote) at += chunk[at] === backslash ? 2 : 1;
    escaped = at > length;
    inText = at >= length;
    const end = Math.min(at, length);
    textBytes += end - from;
    if (textBytes > limits.textBytes) {
      throw new JsonLimitError(`a text in the answer is longer than ${limits.textBytes} bytes`);
    }
    return end;
  };
  const readOther = (byte: number): void => {
    if (byte === quote) {
      inText = depth > 0;
      textBytes = 0;
    } else if (byte === openList || byte === openObject) {
      depth += 1;
      if (depth > limits.depth) throw new JsonLimitError(`the answer is nested deeper than ${limits.depth}`);
      entries[depth] = 1;
    } else if (byte === closeList || byte === closeObject) depth = Math.max(0, depth - 1);
    else if (byte === comma && depth > 0) {
      const inside = (entries[depth] ?? 0) + 1;
      entries[depth] = inside;
      if (inside > limits.entries)
        throw new JsonLimitError(`a list in the answer has more than ${limits.entries} rows`);
    }
  };

  return {
    push: (chunk) => {
      const { length } = chunk;
      const first = isPage === undefined ? chunk.find((byte) => !blank(byte) && byte < 0x80) : undefined;
      if (first !== undefined) isPage = first === 0x3c;
      if (isPage === true) return;
      for (let at = 0; at < length; at += 1) {
        const byte = chunk[at] ?? 0;
        if (inText) at = endOfText(chunk, at);
        else if (counts[byte] === 1) readOther(byte);
      }
    },
  };
}
