import { latePattern } from '../../domain/text/late-pattern.ts';
import { base64, formsOf, minBare } from './secret-forms.ts';
import { asWritten, type Reading, readingsOf, replaced, unseenParts } from './text-readings.ts';

/** Text in which no secret stands any more, however it was written. */
export type Redact = (text: string) => string;

/** What stands in the place of a secret. */
export const hidden = '[hidden]';

// Shapes of keys that are never meant for eyes, whoever they belong to.
const shapes: readonly [RegExp, string][] = [
  [/("(?:[\w-]*(?:password|passwd|secret|token|api_?key)|key)"\s*:\s*")(?:[^"\\]|\\.)+(?=")/gi, `$1${hidden}`],
  [
    /((?:consumer_key|consumer_secret|access_token|oauth_token|oauth_signature|oauth_consumer_key|api_?key|client_secret|ws_key|token|password)=)[^&\s"'<>]+/gi,
    `$1${hidden}`,
  ],
  [/\b(?:ck|cs|shp(?:at|ca|pa|rt|ss|ua))_[0-9a-zA-Z]{8,}/g, hidden],
  [
    /((?:authorization|x-shopify-access-token|x-auth-token)["']?\s*[:=]\s*["']?(?:basic |bearer )?)[^\s"',}]+/gi,
    `$1${hidden}`,
  ],
  [/(\/\/)[^/\s@]+@/g, `$1${hidden}@`],
  // DanDomain Classic has its key in the path.
  [/(\/webapi\/endpoints\/[^/\s]+\/[^/\s]+\/)[^/\s?#"'<>]+/gi, `$1${hidden}`],
  // A JSON Web Token, as Shopware gives one for its access token.
  [/\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, hidden],
  // An address is told without what was asked of it.
  [/(https?:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]+/gi, `$1?${hidden}`],
];

/** Letters and digits alone, in lower case and in their plain shape: what is left of a key, whatever was put between. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
const bareReading = (reading: Reading): Reading => replaced(reading, /[^a-z0-9]/gu, ([sign]) => bare(sign));
/** The forms of the secrets of one connection: in lower case, and bare. */
type Forms = { readonly written: readonly string[]; readonly bare: readonly string[] };
type Range = readonly [from: number, until: number];

/** A short form of letters alone, or of digits, may be a word or a number: within a longer one it is no secret. */
const within = (form: string): RegExp | undefined => {
  if (form.length >= minBare) return undefined;
  if (/^\p{L}+$/u.test(form)) return /\p{L}/u;
  return /^\d+$/.test(form) ? /\d/ : undefined;
};

/** Whether a form goes on with signs of its kind before or behind it, with nothing between that nobody sees. */
function goesOn({ text, starts, ends }: Reading, [from, until]: Range, kind: RegExp): boolean {
  const before = from > 0 && ends[from - 1] === starts[from] && kind.test(text[from - 1] ?? '');
  return before || (starts[until] === ends[until - 1] && kind.test(text[until] ?? ''));
}

function rangesOf(reading: Reading, forms: readonly string[]): readonly Range[] {
  const { text, starts, ends } = reading;
  const ranges: Range[] = [];
  for (const form of forms) {
    const kind = within(form);
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
      if (kind !== undefined && goesOn(reading, [at, at + form.length], kind)) continue;
      ranges.push([starts[at] ?? 0, ends[at + form.length - 1] ?? 0]);
    }
  }
  return ranges;
}

/** A reading in lower case; where that has more signs, it stays as it is. */
function lowered(reading: Reading): Reading {
  const text = reading.text.toLowerCase();
  return text.length === reading.text.length ? { ...reading, text } : reading;
}

const rangesIn = (reading: Reading, forms: Forms): readonly Range[] => [
  ...rangesOf(lowered(reading), forms.written),
  ...(forms.bare.length === 0 ? [] : rangesOf(bareReading(reading), forms.bare)),
];

const base64Runs = /[A-Za-z0-9+/_-]{8,}={0,2}/g;
/** Bytes as programs print them: `68 65 6d`, `0x68,0x65`, `68:65:6D`, `=68=65`, `\x68\x65`. */
const hexRuns = /(?:0x|\\x|=)?[0-9a-f]{2}(?:(?:0x|\\x|[=:,;\s-]){0,3}[0-9a-f]{2}){3,}/gi;
/** A list of bytes in decimals, as a program prints a buffer: `[104,101,109]`. */
const decimalRuns = /\b\d{1,3}(?:\s*,\s*\d{1,3}\b){3,}/g;
/** What was packed by nobody reads as signs that are none. */
const readable = latePattern(() => /[^\ufffd\p{Cc}]{4}/u);
const hexDigits = (run: string): string => run.replace(/0x|\\x|[^0-9a-f]/gi, '');
/** What a run holds, wherever in it the packing begins. */
const unpackings: readonly (readonly [RegExp, (run: string) => readonly Buffer[]])[] = [
  [base64Runs, (run) => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64'))],
  [decimalRuns, (run) => [Buffer.from(run.split(',').map(Number))]],
  [hexRuns, (run) => [0, 1].map((from) => Buffer.from(hexDigits(run).slice(from), 'hex'))],
];

/** Base64 or bytes in hex that hold a secret somewhere: the letters of base64 differ with what stands before it. */
function packedRanges({ text, starts, ends }: Reading, { written }: Forms): readonly Range[] {
  const holds = (bytes: Buffer): boolean => {
    const held = (['utf8', 'utf16le'] as const)
      .map((encoding) => bytes.toString(encoding).replace(unseenParts(), '').toLowerCase())
      .filter((text) => readable().test(text));
    return written.some((form) => held.some((text) => text.includes(form)));
  };
  return unpackings.flatMap(([runs, unpack]) =>
    [...text.matchAll(runs)].flatMap(({ 0: run, index }): readonly Range[] =>
      unpack(run).some(holds) ? [[starts[index] ?? 0, ends[index + run.length - 1] ?? 0]] : [],
    ),
  );
}

/** A text with every place hidden at which one of the forms stands, however it is split, escaped or packed. */
function hide(text: string, forms: Forms): string {
  // Blanks stay where packed texts end at them; line breaks are put into them.
  const unbroken = replaced(asWritten(text), /[\r\n\u00ad\u200b-\u200d\u2060\ufeff]+/g, () => '');
  const ranges = [...readingsOf(text).flatMap((reading) => rangesIn(reading, forms)), ...packedRanges(unbroken, forms)];
  let shown = '';
  let from = 0;
  for (const [start, end] of ranges.sort(([one], [other]) => one - other)) {
    if (start >= from) shown += text.slice(from, start) + hidden;
    from = Math.max(from, end);
  }
  return shown + text.slice(from);
}

/**
 * A redactor for one connection: hides each of these secrets as it is, in every encoding and split by what nobody
 * sees, every pair of them as Basic authentication writes it, and everything that has the shape of a key.
 */
export function redactor(secrets: readonly string[]): Redact {
  const hideThese = hider(secrets);
  return (text) => shapes.reduce((rest, [shape, instead]) => rest.replace(shape, instead), hideThese(text));
}

/** The same of these secrets alone: for words of ours, in which an address or a name of a key may stand. */
export function hider(secrets: readonly string[]): Redact {
  // Worked out with the first text: every shop has such a hider, and most of them hide nothing in a run.
  let forms: Forms | undefined;
  return (text) => {
    forms ??= allForms(secrets);
    return hide(text, forms);
  };
}

function allForms(secrets: readonly string[]): Forms {
  const real = [...new Set(secrets.flatMap((secret) => [secret, secret.trim()]))].filter((secret) => secret.length > 0);
  const all = [
    ...real.flatMap(formsOf),
    ...real.flatMap((first) => real.map((second) => base64(`${first}:${second}`))),
  ];
  // What stands in a secret may itself read like an escape, and is undone where the text around it is.
  const written = new Set(all.flatMap((form) => readingsOf(form).map(({ text }) => text.toLowerCase())));
  return {
    written: [...written].filter((form) => form.length >= 4),
    bare: [...new Set(all.map(bare))].filter((form) => form.length >= minBare),
  };
}
