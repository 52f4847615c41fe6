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
const opens = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const closes = (byte: number): boolean => byte === 0x5d || byte === 0x7d;
const blank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/**
 * Looks at an answer while it comes in, so that one that is too deep, too long or too wide is given up before it is
 * held in memory as a whole. `push` throws a `JsonLimitError`. A page of HTML is not looked at: only its bytes count.
 */
export function makeJsonScanner(limits: JsonLimits = jsonLimits): { push(chunk: Uint8Array): void } {
  const entries: number[] = [];
  let isPage: boolean | undefined;
  let inText = false;
  let escaped = false;
  let textBytes = 0;

  const readText = (byte: number): void => {
    textBytes += 1;
    if (textBytes > limits.textBytes)
      throw new JsonLimitError(`a text in the answer is longer than ${limits.textBytes} bytes`);
    if (escaped) escaped = false;
    else if (byte === backslash) escaped = true;
    else if (byte === quote) inText = false;
  };
  const readOther = (byte: number): void => {
    if (byte === quote && entries.length > 0) {
      inText = true;
      textBytes = 0;
    } else if (opens(byte)) {
      entries.push(1);
      if (entries.length > limits.depth) throw new JsonLimitError(`the answer is nested deeper than ${limits.depth}`);
    } else if (closes(byte)) entries.pop();
    else if (byte === comma && entries.length > 0) {
      const inside = (entries.at(-1) ?? 0) + 1;
      entries[entries.length - 1] = inside;
      if (inside > limits.entries)
        throw new JsonLimitError(`a list in the answer has more than ${limits.entries} rows`);
    }
  };

  return {
    push: (chunk) => {
      for (const byte of chunk) {
        if (isPage === undefined && !blank(byte) && byte < 0x80) isPage = byte === 0x3c;
        if (isPage === true) return;
        if (inText) readText(byte);
        else readOther(byte);
      }
    },
  };
}
