import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { decodeText, type FileText, maxFileBytes, otherFile } from '../../files/decode-text.ts';
import { RegularFileError, readRegularFile } from '../../files/regular-file.ts';
import type { Words } from '../../views/words/words.ts';
import { UsageError } from '../usage-error.ts';

const smallFileMegabytes = 1;

async function readBytes(file: string, words: Words): Promise<Buffer> {
  const said = words.cli.file;
  const refuse = (sentence: string): never => {
    throw new UsageError(sentence, said.advice);
  };
  if (file === '-') throw new UsageError(said.standardInput, said.advice);
  // Without waiting: a pipe that nobody writes to would hang here for ever.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return refuse(code === 'ENOENT' ? said.missing(file) : said.unreadable(file));
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) return refuse(said.notRegular(file));
    if (found.size > maxFileBytes) return refuse(said.tooLarge(file, String(maxFileBytes / 1024 / 1024)));
    const bytes = Buffer.alloc(found.size);
    let filled = 0;
    for (let read = 1; filled < found.size && read > 0; filled += read)
      read = (await handle.read(bytes, filled, found.size - filled, filled)).bytesRead;
    const { size, mtimeMs } = await handle.stat();
    // Half of an export that is still being written is another stock list.
    if (filled !== size || size !== found.size || mtimeMs !== found.mtimeMs) return refuse(said.changing(file));
    // And what was taken away or put in its place meanwhile is no longer the list of that name.
    const there = await stat(file).catch(() => undefined);
    if (there?.ino !== found.ino || there.dev !== found.dev) return refuse(said.changing(file));
    return bytes;
  } finally {
    await handle.close();
  }
}

/** The bytes of a file of at most 1 MB: a certificate. A `UsageError` where it is missing, no regular file or larger. */
export function readSmallFile(file: string, words: Words): Buffer {
  const said = words.cli.file;
  try {
    return readRegularFile(file, smallFileMegabytes * 1024 * 1024);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = error instanceof RegularFileError ? error.why : code;
    if (why === 'too-large') throw new UsageError(said.tooLarge(file, String(smallFileMegabytes)), said.advice);
    if (why === 'not-regular' || why === 'ENXIO') throw new UsageError(said.notRegular(file), said.advice);
    throw new UsageError(why === 'ENOENT' ? said.missing(file) : said.unreadable(file), said.advice);
  }
}

/**
 * The text of a regular file, as `decodeText` reads it.
 * A `UsageError` where the file is missing, no regular file, larger than `maxFileBytes`, or of no known encoding.
 */
export async function readFileText(file: string, words: Words): Promise<FileText> {
  const bytes = await readBytes(file, words);
  const other = otherFile(bytes);
  if (other !== undefined)
    throw new UsageError(
      words.cli.file.other[other](file),
      other === 'archive' ? words.cli.file.unpack : words.cli.file.saveAsUtf8,
    );
  const found = decodeText(bytes);
  if (found === undefined) throw new UsageError(words.cli.file.encoding(file), words.cli.file.saveAsUtf8);
  return found;
}
