import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Words } from '../../views/words/words.ts';
import { UsageError } from '../usage-error.ts';

/** Bytes of a file that is read as a table: a million lines fit, a device that never ends does not. */
export const maxFileBytes = 128 * 1024 * 1024;

/** The text of a file, and which of the old encodings it was written in where it is not Unicode. */
export type FileText = { readonly text: string; readonly encoding?: 'windows-1252' | 'utf-16' };

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

// What Danish, Swedish, German and French texts hold beyond ASCII, and what word processors put in. Anything else
// means that the file is of another encoding, and its letters would come out wrong.
const western = /^[\u0000-\u007f\u00a0-\u00b7\u00bb-\u00bd\u00bf-\u00d6\u00d8-\u00f6\u00f8-\u00ff€‚„…‘’“”–—™Œœ]*$/;
const letters = /[ÆØÅæøåÄÖÜäöüßÉéÈèÊêËëÁáÀàÂâÇçÍíÓóÚúÑñ]/;

function decode(bytes: Buffer): FileText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return western.test(text) && letters.test(text) ? { text, encoding: 'windows-1252' } : undefined;
  }
}

/**
 * The text of a regular file, without the marks that spreadsheets and hand-held terminals put at its beginning and
 * end. A Danish Excel writes Windows-1252 by default: that is read where it is clearly that, and `encoding` says so.
 * A `UsageError` where the file is missing, no regular file, larger than `maxFileBytes`, or of no known encoding.
 */
export async function readFileText(file: string, words: Words): Promise<FileText> {
  const found = decode(await readBytes(file, words));
  if (found === undefined) throw new UsageError(words.cli.file.encoding(file), words.cli.file.saveAsUtf8);
  const text = found.text.replace(/^[\ufeff\u0000-\u0008\u200b]+/, '').replace(/[\u0000-\u0008\u001a\ufeff]+$/, '');
  return { ...found, text };
}
