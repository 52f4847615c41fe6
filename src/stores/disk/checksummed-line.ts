import { crc32 } from 'node:zlib';

/**
 * One line of a store file: checksum (8 hex digits), length in bytes, JSON, newline. Length and checksum tell a
 * line that was cut off by a crash from one that was damaged later.
 */
export function encodeLine(value: unknown): Buffer {
  const text = JSON.stringify(value);
  const length = Buffer.byteLength(text);
  const header = checksumDigits + ` ${length} `.length;
  const line = Buffer.allocUnsafe(header + length + 1);
  line.write(text, header);
  line.write(`${checksum(line.subarray(header, header + length))} ${length} `, 0, 'latin1');
  line[header + length] = newlineByte;
  return line;
}
const checksumDigits = 8;

/** CRC-32 as 8 hex digits. */
export const checksum = (bytes: Uint8Array | string): string => checksumOf(crc32(bytes));

/** CRC-32 of bytes that come in pieces: each piece is given what came out for those before. */
export const runningChecksum = (bytes: Uint8Array, before = 0): number => crc32(bytes, before);
export const checksumOf = (running: number): string => running.toString(16).padStart(8, '0');

/** A line as found: whole, not all there yet, or not what was written. */
export type FoundLine =
  | { readonly kind: 'whole'; readonly body: Buffer; readonly end: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'wrong'; readonly why: 'header' | 'length' | 'checksum' };

const longestHeader = 24;
const space = 0x20;
const newlineByte = 0x0a;

/** The line that begins at an offset; `end` is the offset of the next one. */
export function findLine(bytes: Buffer, start: number): FoundLine {
  const blank = bytes.indexOf(space, start + 9);
  if (blank < 0 || blank - start > longestHeader) return bytes.length - start > longestHeader ? wrongHeader : cutLine;
  const header = bytes.toString('latin1', start, blank);
  if (!/^[0-9a-f]{8} \d{1,12}$/.test(header)) return wrongHeader;
  const bodyStart = blank + 1;
  const bodyEnd = bodyStart + Number(header.slice(9));
  if (bodyEnd >= bytes.length) return cutLine;
  if (bytes[bodyEnd] !== newlineByte) return { kind: 'wrong', why: 'length' };
  const body = bytes.subarray(bodyStart, bodyEnd);
  if (checksum(body) !== header.slice(0, 8)) return { kind: 'wrong', why: 'checksum' };
  return { kind: 'whole', body, end: bodyEnd + 1 };
}
const cutLine: FoundLine = { kind: 'cut' };
const wrongHeader: FoundLine = { kind: 'wrong', why: 'header' };

/** Whether any whole line begins after an offset: if so, what is wrong there is damage and not the end of a crash. */
export function wholeLineAfter(bytes: Buffer, offset: number): boolean {
  for (let at = bytes.indexOf(newlineByte, offset); at >= 0; at = bytes.indexOf(newlineByte, at + 1)) {
    if (at + 1 < bytes.length && findLine(bytes, at + 1).kind === 'whole') return true;
  }
  return false;
}
