import { latePattern } from '../domain/text/late-pattern.ts';
/** Bytes of a file that is read as a table: a million lines fit, a device that never ends does not. */
export const maxFileBytes = 128 * 1024 * 1024;

/** The text of a file, and which of the old encodings it was written in where it is not Unicode. */
export type FileText = {
  readonly text: string;
  readonly encoding?: 'windows-1252' | 'utf-16';
  /** A word of it with a letter that the encoding decides about, for a person to judge by. */
  readonly sample?: string;
};

// What Danish, Norwegian, Swedish, Finnish, German, Dutch, French and Spanish texts hold beyond ASCII, and what word
// processors put in. Anything else means that the file is of another encoding, and its letters would come out wrong.
const nordic = 'ÆØÅæøåÄÖÜäöüß';
const accented = 'ÉéÈèÊêËëÁáÀàÂâÇçÍíÎîÏïÓóÔôÚúÛûÑñŒœ';
const signs = '\u00a0¡£§¨©ª«¬\u00ad®°±²³´µ¶·»¼½×÷¿€‚„…‘’“”–—™';
const western = latePattern(() => new RegExp(`^[\\u0000-\\u007f${signs}${accented}${nordic}]*$`));
const wordWithLetters = latePattern(
  () => new RegExp(`[\\p{L}\\d-]{0,20}[${nordic}${accented}][\\p{L}\\d-]{0,20}`, 'u'),
);
/**
 * What no word of these languages holds and what comes of other encodings: two accented letters in a row (Cyrillic,
 * Greek, Hebrew, Chinese), one that stands alone, a sign within a word or before it (Polish, Mac Roman, DOS), a ligature
 * behind a small letter. `théâtre`, `cañón`, `12 á 5` and `Levi´s` are words.
 */
const foreign = (): readonly RegExp[] => [
  new RegExp(`(?!éé|éâ|ñ[áéíóú])[${accented}]{2}`, 'u'),
  new RegExp(`(?<!\\p{L})(?![àáÀÁ] )[${accented}](?!\\p{L})`, 'u'),
  /\p{L}[£¡¿¨³¶±¼½¬ª„”‚‘©®]\p{L}/u,
  /[£¿³¶©®]\p{Ll}|\p{Ll}Œ/u,
];
/** A letter in UTF-8 that was read as Windows-1252: lines of both encodings were put together. */
const utf8Inside = /Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€/;

/** Whether letters of a text are what becomes of UTF-8 that was read as Windows-1252: `rÃ¸d` for "rød". */
export const hasRuinedLetters = (text: string): boolean => utf8Inside.test(text);

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
export type OtherFile = 'workbook' | 'web-page' | 'document' | 'archive' | 'picture';

/** How archives begin, in hexadecimal: gzip, 7z, xz, bzip2, Zstandard, RAR; and pictures: PNG, JPEG, GIF, RIFF. */
const archives = /^(?:1f8b|377abcaf|fd377a58|425a68|28b52ffd|52617221)/;
const pictures = /^(?:89504e47|ffd8ff|47494638|52494646)/;
/** A workbook is a zip archive too, but holds no lists of lines. */
const zip = /^504b0[35]0[46]/;
const listInZip = /\.(?:csv|txt|tsv|json)\b/i;

/**
 * What else a file is than lines of text: what Excel, Numbers and LibreOffice save by themselves (a zip archive, or the
 * older compound file), a page or XML that a system calls `.xls`, a PDF or RTF, an archive with the file inside, a picture.
 */
export function otherFile(bytes: Uint8Array): OtherFile | undefined {
  const start = Buffer.from(bytes.subarray(0, 100));
  const mark = start.toString('hex');
  if (mark.startsWith('d0cf11e0')) return 'workbook';
  if (zip.test(mark)) return listInZip.test(namesInZip(bytes)) ? 'archive' : 'workbook';
  if (archives.test(mark)) return 'archive';
  if (pictures.test(mark)) return 'picture';
  const text = start.toString('latin1');
  if (/^\W{0,6}<(!doctype|!--|html|head|meta|table|\?xml)/i.test(text)) return 'web-page';
  return /^(%PDF-|\{\\rtf)/.test(text) ? 'document' : undefined;
}

/** The parts of a zip archive in which names stand: its beginning, and the list at its end. */
function namesInZip(bytes: Uint8Array): string {
  const end = Math.max(0, bytes.length - 64 * 1024);
  return [bytes.subarray(0, 4_096), bytes.subarray(end)].map((part) => Buffer.from(part).toString('latin1')).join(' ');
}

/** UTF-16 without its mark: what is ASCII in it has a zero on one side, and no other text has zeros so regularly. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const seen = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  for (const [place, byte] of seen.entries()) if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (bytes.length === 0 || bytes.length % 2 === 1 || even + odd === 0) return undefined;
  // Cyrillic or Greek has zeros beside its separators only: each line break has one.
  if (even + odd < seen.length / 4 && !breaksAreWide(seen, even === 0 ? 1 : -1)) return undefined;
  if (even === 0) return 'utf-16le';
  return odd === 0 ? 'utf-16be' : undefined;
}

const breaksAreWide = (bytes: Uint8Array, zeroBeside: number): boolean => {
  const breaks = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
  return breaks.length > 0 && breaks.every((at) => bytes[at + zeroBeside] === 0);
};

/** UTF-32, marked or not: no sign needs more than the two lower bytes and a few bits of the third. */
function isUtf32(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return false;
  const seen = bytes.subarray(0, 2000);
  const fits = (highest: number, next: number): boolean =>
    seen.every((byte, at) => (at % 4 === highest ? byte === 0 : at % 4 !== next || byte <= 0x10));
  return fits(3, 2) || fits(0, 1);
}

function decode(bytes: Uint8Array): FileText | undefined {
  if (isUtf32(bytes)) return undefined;
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
    if (hasRuinedLetters(text) || foreign().some((form) => form.test(text))) return undefined;
    if (!western().test(text)) return undefined;
    const sample = wordWithLetters().exec(text)?.[0];
    return sample === undefined ? undefined : { text, encoding: 'windows-1252', sample };
  }
}
