import { JsonLimitError } from '../json/json-limits.ts';

/** Elements within each other. */
const maxDepth = 64;
/** Elements of a whole answer: 500 products with all fields and dozens of variants each. */
const maxElements = 300_000;
/** Bytes of one text. */
const maxTextBytes = 1024 * 1024;

const [open, close, slash, bang, query] = [0x3c, 0x3e, 0x2f, 0x21, 0x3f];
const bracket = 0x5b;

/**
 * Looks at an envelope while it comes in, so that one that is too deep, too long or has too much in it is given up
 * before it is held as a whole. `push` throws a `JsonLimitError`. Text in a CDATA section is text, whatever it holds.
 */
export function makeXmlScanner(): { push(chunk: Uint8Array): void } {
  let state: 'text' | 'opened' | 'element' | 'end' | 'other' | 'cdata' = 'text';
  let depth = 0;
  let elements = 0;
  let textBytes = 0;
  let before = 0;
  let beforeThat = 0;

  const opened = (byte: number): typeof state => {
    if (byte === slash) return 'end';
    if (byte === bang || byte === query) return 'other';
    elements += 1;
    if (elements > maxElements) throw new JsonLimitError(`the answer has more than ${maxElements} elements`);
    depth += 1;
    if (depth > maxDepth) throw new JsonLimitError(`the answer is nested deeper than ${maxDepth}`);
    return 'element';
  };
  const closed = (): typeof state => {
    if (state === 'end' || (state === 'element' && before === slash)) depth = Math.max(0, depth - 1);
    return 'text';
  };
  const read = (byte: number): void => {
    textBytes += 1;
    if (textBytes > maxTextBytes) throw new JsonLimitError(`a text in the answer is longer than ${maxTextBytes} bytes`);
    const was = state;
    if (state === 'cdata') state = byte === close && before === 0x5d && beforeThat === 0x5d ? 'text' : state;
    else if (state === 'text') state = byte === open ? 'opened' : state;
    else if (state === 'opened') state = opened(byte);
    else if (byte === close) state = closed();
    else if (state === 'other' && byte === bracket && before === bang) state = 'cdata';
    if (was !== state && state !== 'cdata') textBytes = 0;
    beforeThat = before;
    before = byte;
  };
  return {
    push: (chunk) => {
      for (const byte of chunk) read(byte);
    },
  };
}
