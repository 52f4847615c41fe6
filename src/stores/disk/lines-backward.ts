import { findLine } from './checksummed-line.ts';
import { damagedLine, fileStart, type LineFile, readBytes, readLines } from './read-lines.ts';

const firstBlock = 64 * 1024;
const largestBlock = 8 * 1024 * 1024;
const newline = 0x0a;

/** A line found from the end; `bytes` is where it begins. */
export type LineBackward = { readonly body: Buffer; readonly bytes: number };

/**
 * The lines of a file from the last to the first, and of those only the ones that hold a text, if one is given.
 * Reads no more of the file than is asked for.
 */
export async function* linesBackward(file: LineFile, size: number, holding?: Buffer): AsyncGenerator<LineBackward> {
  let end = size;
  let block = firstBlock;
  while (end > 0) {
    const start = Math.max(0, end - block);
    const bytes = await readBytes(file, start, end);
    if (bytes.length < end - start) {
      throw damagedLine(file.path, { bytes: start + bytes.length }, `ends here; ${size} bytes were written`);
    }
    const first = start === 0 ? 0 : bytes.indexOf(newline) + 1;
    block = Math.min(largestBlock, block * 4);
    if (first === bytes.length || (first === 0 && start > 0)) {
      // One line is longer than the block: read more of it.
      block = Math.max(block, (end - start) * 2);
      continue;
    }
    for (const offset of lineStarts(bytes, first, holding)) {
      const line = findLine(bytes, offset);
      if (line.kind !== 'whole') {
        const what = line.kind === 'wrong' ? `wrong ${line.why}` : 'a line is cut off';
        throw damagedLine(file.path, { bytes: start + offset }, what);
      }
      yield { body: line.body, bytes: start + offset };
    }
    end = start + first;
  }
}

/** How many lines stand before a byte where a line begins: reads all of them, so only for what has to be told. */
export async function linesBefore(file: LineFile, bytes: number): Promise<number> {
  const { place } = await readLines(file, { from: fileStart, size: bytes }, () => undefined);
  return place.lines;
}

/** Where the wanted lines begin, last first. */
function* lineStarts(bytes: Buffer, first: number, holding: Buffer | undefined): Generator<number> {
  let end = bytes.length;
  while (end > first) {
    const hit = holding === undefined ? end - 2 : bytes.subarray(first, end).lastIndexOf(holding) + first;
    if (hit < first) return;
    const start = Math.max(first, bytes.lastIndexOf(newline, holding === undefined ? end - 2 : hit) + 1);
    yield start;
    end = start;
  }
}
