import { StoreError } from '../../ports/store-error.ts';

/**
 * A part of an exported document: a plain value at the top, the beginning of a list there, or one object out of it.
 * `byte` is where it begins.
 */
export type Part = {
  readonly kind: 'value' | 'list' | 'item';
  readonly name: string;
  readonly text: string;
  readonly byte: number;
};

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const opens = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d;
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Cuts a JSON document of lists into its parts while it streams by, so that it may be longer than any text V8 can
 * hold. Only finds where parts begin and end; whoever takes a part parses it.
 */
export async function* partsOf(path: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  const state = { depth: 0, inText: false, escaped: false, name: '', start: -1, inList: false, seen: 0 };
  let rest: Buffer = Buffer.alloc(0);
  let base = 0;
  const takes: Part[] = [];
  let bytes: Buffer = rest;

  const take = (kind: Part['kind'], end: number): void => {
    const text = bytes.toString('utf8', state.start, end);
    takes.push({ kind, name: state.name, text, byte: base + state.start });
    state.start = -1;
  };
  const endOfTop = (at: number): void => {
    if (state.start >= 0 && state.name !== '') take('value', at);
    state.name = '';
    state.start = -1;
  };
  const step = (byte: number, at: number): void => {
    if (state.inText) {
      if (state.escaped) state.escaped = false;
      else if (byte === backslash) state.escaped = true;
      else if (byte === quote) state.inText = false;
      return;
    }
    if (byte === quote) {
      state.inText = true;
      if (state.depth === 1 && state.start < 0) state.start = at;
    } else if (opens(byte)) {
      state.depth += 1;
      if (state.depth === 3) state.start = at;
      if (state.depth === 2) {
        state.start = -1;
        takes.push({ kind: 'list', name: state.name, text: '', byte: base + at });
      }
    } else if (closes(byte)) {
      state.depth -= 1;
      if (state.depth === 2) take('item', at + 1);
      else if (state.depth === 1) state.name = '';
      else if (state.depth === 0) endOfTop(at);
      else if (state.depth < 0) throw notJson(path, base + at);
    } else if (state.depth === 1) top(byte, at);
    else if (!isBlank(byte) && (state.depth === 0 || (state.depth === 2 && byte !== comma))) {
      throw notJson(path, base + at);
    }
  };
  const top = (byte: number, at: number): void => {
    if (byte === colon) {
      state.name = nameOf(path, bytes.toString('utf8', state.start, at), base + state.start);
      state.start = -1;
    } else if (byte === comma) endOfTop(at);
    else if (state.start < 0 && !isBlank(byte)) state.start = at;
  };

  for await (const chunk of chunks) {
    const from = rest.length;
    bytes = from === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = from; at < bytes.length; at += 1) step(bytes[at] ?? 0, at);
    const kept = state.start >= 0 ? state.start : bytes.length;
    rest = bytes.subarray(kept);
    base += kept;
    if (state.start >= 0) state.start = 0;
    state.seen += chunk.length;
    yield* takes.splice(0);
  }
  if (state.depth !== 0 || state.inText || state.seen === 0) {
    throw new StoreError('damaged', `${path}, byte ${state.seen}`, 'the document ends in the middle');
  }
}

function nameOf(path: string, text: string, byte: number): string {
  try {
    return String(JSON.parse(text));
  } catch {
    throw notJson(path, byte);
  }
}

const notJson = (path: string, byte: number): StoreError =>
  new StoreError('damaged', `${path}, byte ${byte}`, 'not a JSON document of lists');
