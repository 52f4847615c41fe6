import { closeSync, constants, createReadStream, fstatSync, openSync, type ReadStream, readSync } from 'node:fs';

/** Why a file is not read: it is a device, a pipe or a folder; or it is longer than what is meant could be. */
export class RegularFileError extends Error {
  readonly why: 'not-regular' | 'too-large';

  constructor(why: RegularFileError['why'], file: string, maxBytes: number) {
    super(why === 'not-regular' ? `${file} is no ordinary file` : `${file} is larger than ${maxBytes} bytes`);
    this.why = why;
  }
}

/**
 * The bytes of a small regular file: a certificate, settings, keys. A device or a pipe that never ends is no file of
 * ours, whatever its name. Throws a `RegularFileError`, or what the system says.
 */
export function readRegularFile(file: string, maxBytes = 1024 * 1024): Buffer {
  // Without waiting: a pipe that nobody writes to would hang here for ever.
  const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(handle).isFile()) throw new RegularFileError('not-regular', file, maxBytes);
    return readAll(handle, file, maxBytes);
  } finally {
    closeSync(handle);
  }
}

/** To the end, counted: the system's own files say that they are empty, and some never end. */
export function readAll(handle: number, file: string, maxBytes: number): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const part = Buffer.alloc(64 * 1024);
    const read = readSync(handle, part, 0, part.length, -1);
    if (read === 0) return Buffer.concat(parts);
    size += read;
    if (size > maxBytes) throw new RegularFileError('too-large', file, maxBytes);
    parts.push(part.subarray(0, read));
  }
}

/** A regular file as a stream, for what may be long; a device or a pipe is refused as above. */
export function streamRegularFile(file: string): ReadStream {
  const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if (fstatSync(handle).isFile()) return createReadStream(file, { fd: handle });
  closeSync(handle);
  throw new RegularFileError('not-regular', file, 0);
}
