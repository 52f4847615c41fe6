/**
 * Texts laid end to end in one block of bytes, each part of a text after a newline, so that a million texts cost no
 * million objects. For every few thousand bytes it is kept which letters follow each other there, so that a search
 * looks only where what is wanted can be.
 */
export type Corpus = {
  readonly size: number;
  /** Calls back with the number of each text that holds the needle, once, in their order, until told to stop. */
  readonly find: (needle: string, onHit: (entry: number) => 'go-on' | 'stop') => void;
};

/** Stands before each part of a text and after the last, so that a search can ask for a beginning or an end. */
export const edge = '\n';
const edgeByte = 0x0a;

/** A corpus of texts, each of some parts. `length` is how many there are at most. */
export function makeCorpus(texts: Iterable<readonly string[]>, length: number): Corpus {
  const starts = new Uint32Array(length + 1);
  let bytes = Buffer.allocUnsafe(Math.max(1024, length * 32));
  let size = 0;
  let end = 0;
  for (const parts of texts) {
    starts[size] = end;
    size += 1;
    for (const part of parts) {
      const most = part.length * 3 + 2;
      if (end + most > bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2 + most);
      bytes[end] = edgeByte;
      end += 1 + bytes.write(part, end + 1);
    }
  }
  bytes[end] = edgeByte;
  starts[size] = end;
  const used = Uint8Array.prototype.slice.call(bytes, 0, end + 1);
  const stretches = makeStretches(used, starts.subarray(0, size + 1));

  return {
    size,
    find(needle, onHit) {
      const wanted = Buffer.from(needle);
      if (wanted.length === 0) return;
      const next = makeFinder(used, wanted);
      for (const { first, last } of stretches.thatMayHold(wanted)) {
        const stretchEnd = (starts[last] ?? end) + 1;
        let entry = first;
        for (let at = next(starts[first] ?? 0, stretchEnd); at >= 0; at = next(starts[entry] ?? end, stretchEnd)) {
          entry = entryAt(starts, { at, from: entry, before: last });
          if (onHit(entry) === 'stop') return;
          entry += 1;
        }
      }
    },
  };
}

/** The next place of a pattern between two offsets, or -1 (Horspool: skips as far as the last byte looked at allows). */
function makeFinder(bytes: Uint8Array, wanted: Uint8Array): (from: number, to: number) => number {
  const last = wanted.length - 1;
  const lastByte = wanted[last];
  const skips = new Int32Array(256).fill(wanted.length);
  for (let place = 0; place < last; place += 1) skips[wanted[place] ?? 0] = last - place;
  return (from, to) => {
    for (let at = from + last; at < to; ) {
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
  { at, from, before }: { readonly at: number; readonly from: number; readonly before: number },
): number {
  let low = from;
  let high = before - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Some entries that follow each other: from `first` up to, and not including, `last`. */
type Stretch = { readonly first: number; readonly last: number };
type Stretches = { readonly thatMayHold: (wanted: Uint8Array) => Generator<Stretch> };

const stretchBytes = 4096;
// Bits for a stretch: one for each letter, and for two to four in a row so many more, shared by a hash, that a few
// thousand bytes leave most of them unset.
const lettersAlone = 256;
const hashBits = 15;
const words = (lettersAlone + 2 ** hashBits) / 32;

function makeStretches(bytes: Uint8Array, starts: Uint32Array): Stretches {
  const firsts = firstEntries(starts);
  const count = firsts.length - 1;
  const marks = new Uint32Array(count * words);
  for (let stretch = 0; stretch < count; stretch += 1) {
    const end = starts[firsts[stretch + 1] ?? 0] ?? 0;
    markAll(
      marks.subarray(stretch * words, (stretch + 1) * words),
      bytes.subarray(starts[firsts[stretch] ?? 0], end + 1),
    );
  }
  return {
    *thatMayHold(wanted) {
      const asked = marksOf(wanted);
      for (let stretch = 0; stretch < count; stretch += 1) {
        const at = stretch * words;
        if (asked.every((bit) => ((marks[at + (bit >> 5)] ?? 0) & (1 << (bit & 31))) !== 0)) {
          yield { first: firsts[stretch] ?? 0, last: firsts[stretch + 1] ?? 0 };
        }
      }
    },
  };
}

/** The first entry of each stretch, and after them the number of all entries. */
function firstEntries(starts: Uint32Array): Uint32Array {
  const entries = starts.length - 1;
  const firsts: number[] = [];
  let full = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if ((starts[entry] ?? 0) < full) continue;
    firsts.push(entry);
    full = (starts[entry] ?? 0) + stretchBytes;
  }
  return Uint32Array.from([...firsts, entries]);
}

const hash = (letters: number, factor: number): number =>
  lettersAlone + (Math.imul(letters, factor) >>> (32 - hashBits));
const two = (letters: number): number => hash(letters & 0xffff, 0x9e3779b1);
const three = (letters: number): number => hash(letters & 0xffffff, 0x85ebca6b);
const four = (letters: number): number => hash(letters, 0xc2b2ae35);

/** Marks what stands in a stretch, but for what reaches over an edge: nobody asks for that. */
function markAll(marks: Uint32Array, bytes: Uint8Array): void {
  let letters = 0;
  let sinceEdge = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    letters = (letters << 8) | byte;
    sinceEdge += 1;
    mark(marks, byte);
    if (sinceEdge > 0) mark(marks, two(letters));
    if (sinceEdge > 1) mark(marks, three(letters));
    if (sinceEdge > 2) mark(marks, four(letters));
    if (byte === edgeByte) sinceEdge = 0;
  }
}
const mark = (marks: Uint32Array, bit: number): void => {
  marks[bit >> 5] = (marks[bit >> 5] ?? 0) | (1 << (bit & 31));
};

/** What must be marked in a stretch that holds a text: the longest runs of its letters that are kept. */
function marksOf(wanted: Uint8Array): readonly number[] {
  const [first = 0, second = 0, third = 0] = wanted;
  if (wanted.length === 1) return [first];
  if (wanted.length === 2) return [two((first << 8) | second)];
  if (wanted.length === 3) return [three((first << 16) | (second << 8) | third)];
  let letters = (first << 16) | (second << 8) | third;
  const asked: number[] = [];
  for (const byte of wanted.subarray(3)) {
    letters = (letters << 8) | byte;
    asked.push(four(letters));
  }
  return asked;
}
