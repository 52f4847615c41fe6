/** Bytes of a file that is read as a table: a million lines fit, a device that never ends does not. */
export const maxFileBytes = 128 * 1024 * 1024;

/** The text of a file, and which of the old encodings it was written in where it is not Unicode. */
export type FileText = { readonly text: string; readonly encoding?: 'windows-1252' | 'utf-16' };

// What Danish, Swedish, German and French texts hold beyond ASCII, and what word processors put in. Anything else
// means that the file is of another encoding, and its letters would come out wrong.
const western = /^[\u0000-\u007f\u00a0-\u00b7\u00bb-\u00bd\u00bf-\u00d6\u00d8-\u00f6\u00f8-\u00ff€‚„…‘’“”–—™Œœ]*$/;
/** A letter in UTF-8 that was read as Windows-1252: lines of both encodings were put together. */
const utf8Inside = /Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;
const letters = /[ÆØÅæøåÄÖÜäöüßÉéÈèÊêËëÁáÀàÂâÇçÍíÓóÚúÑñ]/;

/**
 * The text of a file that a spreadsheet or a hand-held terminal wrote, without the marks that they put at its beginning
 * and end. A Danish Excel writes Windows-1252 by default: that is read where it is clearly that, and `encoding` says so.
 * Nothing where the encoding is not known.
 */
export function decodeText(bytes: Uint8Array): FileText | undefined {
  const found = decode(bytes);
  if (found === undefined) return undefined;
  const text = found.text.replace(/^[\ufeff\u0000-\u0008\u200b]+/, '').replace(/[\u0000-\u0008\u001a\ufeff]+$/, '');
  return { ...found, text };
}

/** What is called a table by its name, and is something else by how it begins. */
export type OtherFile = 'workbook' | 'web-page' | 'document';

/**
 * What else a file is than lines of text: what Excel, Numbers and LibreOffice save by themselves (a zip archive, or the
 * older compound file), a page or XML that a system calls `.xls`, a PDF or RTF.
 */
export function otherFile(bytes: Uint8Array): OtherFile | undefined {
  const start = Buffer.from(bytes.subarray(0, 100));
  if (['504b0304', '504b0506', 'd0cf11e0'].includes(start.subarray(0, 4).toString('hex'))) return 'workbook';
  const text = start.toString('latin1');
  if (/^\W{0,6}<(!doctype|!--|html|head|meta|table|\?xml)/i.test(text)) return 'web-page';
  return /^(%PDF-|\{\\rtf)/.test(text) ? 'document' : undefined;
}

/** UTF-16 without its mark: what is ASCII in it has a zero on one side, and no other text has zeros so regularly. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const seen = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  for (const [place, byte] of seen.entries()) if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (bytes.length === 0 || bytes.length % 2 === 1 || even + odd < seen.length / 4) return undefined;
  if (even === 0) return 'utf-16le';
  return odd === 0 ? 'utf-16be' : undefined;
}

function decode(bytes: Uint8Array): FileText | undefined {
  const isUtf32 = bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0;
  if (isUtf32) return undefined;
  const wide = unmarkedUtf16(bytes);
  if (wide !== undefined) return { text: new TextDecoder(wide).decode(bytes), encoding: 'utf-16' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    if (utf8Inside.test(text)) return undefined;
    return western.test(text) && letters.test(text) ? { text, encoding: 'windows-1252' } : undefined;
  }
}
