/**
 * Texts laid end to end in one block of bytes, each after a newline, so that a search is one walk over memory
 * and a million texts cost no million objects.
 */
export type Corpus = {
  readonly size: number;
  /** Calls back with the number of each text that holds the needle, until told to stop. */
  readonly find: (needle: string, onHit: (entry: number, isBeginning: boolean) => 'go-on' | 'stop') => void;
};

const newline = 0x0a;
const tab = 0x09;

/** A corpus of the texts given, whose parts are divided by tabs. `length` is how many there are at most. */
export function makeCorpus(texts: Iterable<string>, length: number): Corpus {
  const starts = new Uint32Array(length + 1);
  let bytes = Buffer.allocUnsafe(Math.max(1024, length * 32));
  let size = 0;
  let end = 0;
  for (const text of texts) {
    const most = text.length * 3 + 2;
    if (end + most > bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2 + most);
    bytes[end] = newline;
    starts[size] = end;
    end += 1 + bytes.write(text, end + 1);
    size += 1;
  }
  bytes[end] = newline;
  starts[size] = end;
  const used = Uint8Array.prototype.slice.call(bytes, 0, end + 1);

  return {
    size,
    find(needle, onHit) {
      const wanted = Buffer.from(needle);
      if (wanted.length === 0) return;
      const next = makeFinder(used, wanted);
      let entry = 0;
      for (let at = next(1); at >= 0; ) {
        entry = entryAt(starts, size, { at, from: entry });
        const before = used[at - 1];
        const isBeginning = before === newline || before === tab;
        if (onHit(entry, isBeginning) === 'stop') return;
        at = next(isBeginning ? (starts[entry + 1] ?? end) : at + 1);
      }
    },
  };
}

/** The next place of a pattern from an offset on, or -1 (Horspool: skips as far as the last byte looked at allows). */
function makeFinder(bytes: Uint8Array, wanted: Uint8Array): (from: number) => number {
  const last = wanted.length - 1;
  const lastByte = wanted[last];
  const skips = new Int32Array(256).fill(wanted.length);
  for (let place = 0; place < last; place += 1) skips[wanted[place] ?? 0] = last - place;
  return (from) => {
    for (let at = from + last; at < bytes.length; ) {
      const byte = bytes[at] ?? 0;
      if (byte === lastByte) {
        let place = last - 1;
        while (place >= 0 && bytes[at - last + place] === wanted[place]) place -= 1;
        if (place < 0) return at - last;
      }
      at += skips[byte] ?? 1;
    }
    return -1;
  };
}

/** The last entry that starts at or before a place, found by halving. */
function entryAt(
  starts: Uint32Array,
  size: number,
  { at, from }: { readonly at: number; readonly from: number },
): number {
  let low = from;
  let high = size - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
