/**
 * Texts laid end to end in one block of bytes, each part of a text after a newline, so that a million texts cost no
 * million objects. For every few thousand bytes it is kept which letters follow each other there, so that a search
 * looks only where what is wanted can be.
 */
export type Corpus = {
  readonly size: number;
  /** Calls back with the number of each text that holds all that is wanted, once, in their order, until told to stop. */
  readonly find: (wanted: readonly string[], onHit: (entry: number) => 'go-on' | 'stop') => void;
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
      const maxBytes = part.length * 3 + 2;
      if (end + maxBytes > bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2 + maxBytes);
      bytes[end] = edgeByte;
      end += 1 + bytes.write(part, end + 1);
    }
  }
  bytes[end] = edgeByte;
  starts[size] = end;
  const used = Buffer.from(bytes.subarray(0, end + 1));
  const stretches = makeStretches(used, starts.subarray(0, size + 1));

  return {
    size,
    find(wanted, onHit) {
      const [needle, ...others] = wanted.map((text) => Buffer.from(text));
      if (needle === undefined || needle.length === 0) return;
      const holdsOthers = (entry: number): boolean => {
        if (others.length === 0) return true;
        const text = used.subarray(starts[entry], (starts[entry + 1] ?? end) + 1);
        return others.every((other) => text.includes(other));
      };
      for (const { first, last } of stretches.thatMayHold([needle, ...others])) {
        const stretch = used.subarray(0, (starts[last] ?? end) + 1);
        let entry = first;
        for (let at = stretch.indexOf(needle, starts[first]); at >= 0; at = stretch.indexOf(needle, starts[entry])) {
          entry = entryAt(starts, { at, from: entry, before: last });
          if (holdsOthers(entry) && onHit(entry) === 'stop') return;
          entry += 1;
          if (entry >= last) break;
        }
      }
    },
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

/** Entries that follow each other: from `first` up to, and not including, `last`. */
type Stretch = { readonly first: number; readonly last: number };
type Stretches = { readonly thatMayHold: (wanted: readonly Uint8Array[]) => Generator<Stretch> };

const stretchBytes = 4096;
/** So many stretches share a word: what is asked for is looked up for all of them at once. */
const together = 32;
// Bits for a stretch: one for each letter, and for two to four in a row so many more, shared by a hash, that a few
// thousand bytes leave most of them unset.
const lettersAlone = 256;
const hashBits = 15;
const bits = lettersAlone + 2 ** hashBits;

function makeStretches(bytes: Uint8Array, starts: Uint32Array): Stretches {
  const firsts = firstEntries(starts);
  const count = firsts.length - 1;
  const marks = Array.from({ length: Math.ceil(count / together) }, () => new Uint32Array(bits));
  for (let stretch = 0; stretch < count; stretch += 1) {
    const of = marks[Math.floor(stretch / together)] ?? new Uint32Array(bits);
    const end = (starts[firsts[stretch + 1] ?? 0] ?? 0) + 1;
    markAll({ marks: of, mask: 1 << (stretch % together) }, bytes.subarray(starts[firsts[stretch] ?? 0], end));
  }
  return {
    *thatMayHold(wanted) {
      const asked = wanted.flatMap(marksOf);
      // What follows each other is looked through in one go.
      let from = -1;
      for (let stretch = 0, found = 0; stretch <= count; stretch += 1) {
        if (stretch % together === 0) found = heldBy(marks[stretch / together], asked);
        const mayHold = stretch < count && (found & (1 << (stretch % together))) !== 0;
        if (mayHold && from < 0) from = stretch;
        if (mayHold || from < 0) continue;
        yield { first: firsts[from] ?? 0, last: firsts[stretch] ?? 0 };
        from = -1;
      }
    },
  };
}

/** Which of the stretches that share words have all the bits that are asked for. */
function heldBy(marks: Uint32Array | undefined, asked: readonly number[]): number {
  let found = -1;
  for (let place = 0; found !== 0 && place < asked.length; place += 1) found &= marks?.[asked[place] ?? 0] ?? 0;
  return found;
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

// Each run of letters has two bits, so that one that is nowhere hardly ever seems to be everywhere.
const mixedOf = (letters: number, length: number): number => {
  const mixed = Math.imul(letters ^ (letters >>> 15), factors[length] ?? 0);
  return Math.imul(mixed ^ (mixed >>> 13), 0x27d4eb2f);
};
const factors = new Int32Array([0, 0, 0x9e3779b1, 0x85ebca6b, 0xc2b2ae35]);
const firstBit = (mixed: number): number => lettersAlone + (mixed >>> (32 - hashBits));
const secondBit = (mixed: number): number => lettersAlone + ((mixed >>> 1) & (2 ** hashBits - 1));

/** Marks what stands in a stretch, but for what reaches over an edge: nobody asks for that. */
function markAll(where: Place, bytes: Uint8Array): void {
  let letters = 0;
  let sinceEdge = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    letters = (letters << 8) | byte;
    sinceEdge += 1;
    mark(where, byte);
    if (sinceEdge > 0) markRun(where, letters & 0xffff, 2);
    if (sinceEdge > 1) markRun(where, letters & 0xffffff, 3);
    if (sinceEdge > 2) markRun(where, letters, 4);
    if (byte === edgeByte) sinceEdge = 0;
  }
}
/** The words that a stretch shares, and its bit in each of them. */
type Place = { readonly marks: Uint32Array; readonly mask: number };
const markRun = (where: Place, letters: number, length: number): void => {
  const mixed = mixedOf(letters, length);
  mark(where, firstBit(mixed));
  mark(where, secondBit(mixed));
};
const mark = ({ marks, mask }: Place, bit: number): void => {
  marks[bit] = (marks[bit] ?? 0) | mask;
};

/** What must be marked in a stretch that holds a text: its letters in the longest runs that are kept. */
function marksOf(wanted: Uint8Array): readonly number[] {
  const length = Math.min(4, wanted.length);
  if (length === 1) return [...wanted];
  const asked: number[] = [];
  for (let from = 0; from + length <= wanted.length; from += 1) {
    let letters = 0;
    for (const byte of wanted.subarray(from, from + length)) letters = (letters << 8) | byte;
    const mixed = mixedOf(letters, length);
    asked.push(firstBit(mixed), secondBit(mixed));
  }
  return asked;
}
