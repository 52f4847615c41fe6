import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** What we can unpack, as it is asked for. */
export const unpackable = 'gzip, deflate, br';

/** The two bytes that everything packed by gzip begins with, and nothing else that is asked for. */
export const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

/** Packed bytes are never all of these for long. */
const isPlain = (chunk: Uint8Array): boolean =>
  chunk.subarray(0, 64).every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));

function unpackerFor(encoding: string, first: Uint8Array): Transform | undefined {
  if (isPlain(first)) return undefined;
  if (/gzip/i.test(encoding)) return createGunzip();
  if (/^br$/i.test(encoding)) return createBrotliDecompress();
  // Some servers leave the two bytes of its head away.
  if (/deflate/i.test(encoding)) return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
  return undefined;
}

/**
 * The bytes of an answer, unpacked as its head says. Proxies and plug-ins unpack an answer and leave the word in its
 * head, or pack nothing and say so: what is plain text already stays as it is. Throws what zlib throws.
 */
export async function* unpacked(packed: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const chunks = packed[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    if (first.done === true) return;
    const rest = async function* (): AsyncGenerator<Uint8Array> {
      yield first.value;
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    };
    const unpacker = unpackerFor(encoding.trim(), first.value);
    if (unpacker === undefined) yield* rest();
    // What goes wrong on the way destroys the unpacker, and is thrown where it is read.
    else yield* pipeline(Readable.from(rest()), unpacker, () => undefined);
  } finally {
    await chunks.return?.();
  }
}

/** Gives every chunk of a stream to `take`, and ends the stream with what that throws; an iterator costs several times as much. */
export const eachChunk = (stream: Readable, take: (chunk: Uint8Array) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const breaksOff = (): void => reject(stream.errored ?? new Error('the answer breaks off'));
    // It may have ended in the same turn that its head came in.
    if (stream.destroyed) breaksOff();
    stream.once('end', resolve).once('error', reject).once('close', breaksOff);
    stream.on('data', (chunk: Uint8Array) => {
      try {
        take(chunk);
      } catch (error) {
        reject(error);
        stream.destroy();
      }
    });
  });
