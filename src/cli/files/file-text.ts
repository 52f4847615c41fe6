import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { decodeText, type FileText, maxFileBytes } from '../../files/decode-text.ts';
import type { Words } from '../../views/words/words.ts';
import { UsageError } from '../usage-error.ts';

async function readBytes(file: string, words: Words): Promise<Buffer> {
  const said = words.cli.file;
  const refuse = (sentence: string): never => {
    throw new UsageError(sentence, said.advice);
  };
  // Without waiting: a pipe that nobody writes to would hang here for ever.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return refuse(code === 'ENOENT' ? said.missing(file) : said.unreadable(file));
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) return refuse(said.notRegular(file));
    if (found.size > maxFileBytes) return refuse(said.tooLarge(file, String(maxFileBytes / 1024 / 1024)));
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/**
 * The text of a regular file, as `decodeText` reads it.
 * A `UsageError` where the file is missing, no regular file, larger than `maxFileBytes`, or of no known encoding.
 */
export async function readFileText(file: string, words: Words): Promise<FileText> {
  const found = decodeText(await readBytes(file, words));
  if (found === undefined) throw new UsageError(words.cli.file.encoding(file), words.cli.file.saveAsUtf8);
  return found;
}
