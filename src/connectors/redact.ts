/** Text in which no secret stands any more, however it was written. */
export type Redact = (text: string) => string;

const hidden = '[hidden]';

// Shapes of keys that are never meant for eyes, whoever they belong to.
const shapes: readonly [RegExp, string][] = [
  [
    /((?:consumer_key|consumer_secret|access_token|oauth_token|oauth_signature|oauth_consumer_key|api_?key|client_secret|ws_key|token|password)=)[^&\s"'<>]+/gi,
    `$1${hidden}`,
  ],
  [/\b(?:ck|cs)_[0-9a-zA-Z]{8,}/g, hidden],
  [/\bshp(?:at|ca|pa|rt|ss|ua)_[0-9a-zA-Z]{8,}/g, hidden],
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

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Every way in which a secret is written by somebody who repeats it. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(encodeURIComponent(secret)),
  new URLSearchParams({ x: secret }).toString().slice(2),
  JSON.stringify(secret).slice(1, -1),
  secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
  base64(secret),
  Buffer.from(secret, 'utf8').toString('base64url'),
  Buffer.from(secret, 'utf8').toString('hex'),
];

// What may stand between two letters of a key without anybody seeing it: blanks, line breaks, invisible signs.
const unseen =
  /[\s\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u034f|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/u;

/** A text as it reads, and for each of its units where in the source what it was read from begins and ends. */
type Reading = { readonly text: string; readonly starts: readonly number[]; readonly ends: readonly number[] };

/** Takes parts of a reading away or puts others in their place; each new unit stands for the whole part. */
function replaced(reading: Reading, pattern: RegExp, instead: (part: RegExpExecArray) => string): Reading {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let from = 0;
  const keep = (until: number): void => {
    text += reading.text.slice(from, until);
    for (let at = from; at < until; at += 1) {
      starts.push(reading.starts[at] ?? 0);
      ends.push(reading.ends[at] ?? 0);
    }
  };
  for (const part of reading.text.matchAll(pattern)) {
    keep(part.index);
    from = part.index + part[0].length;
    for (const unit of instead(part).split('')) {
      text += unit;
      starts.push(reading.starts[part.index] ?? 0);
      ends.push(reading.ends[from - 1] ?? 0);
    }
  }
  keep(reading.text.length);
  return { text, starts, ends };
}

const asWritten = (text: string): Reading => {
  const starts = Array.from({ length: text.length }, (_, at) => at);
  return { text, starts, ends: starts.map((at) => at + 1) };
};

const unseenParts = new RegExp(unseen.source, 'gu');
const seenPart = (reading: Reading): Reading => replaced(reading, unseenParts, () => '');

// How JSON, PHP, addresses and pages write a sign that would mean something else there; and what pages put between.
const escapes =
  /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/])|(?:%[0-9a-f]{2})+|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);|<\/?[a-z][^<>]{0,200}>/gi;
const named: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

function unescaped([whole, unicode, byte, sign, hex, decimal, name]: RegExpExecArray): string {
  if (sign !== undefined) return sign;
  if (name !== undefined) return named.get(name.toLowerCase()) ?? '';
  const digits = unicode ?? byte ?? hex;
  const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
  if (digits !== undefined || decimal !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return whole.startsWith('%') ? Buffer.from(whole.replaceAll('%', ''), 'hex').toString('utf8') : '';
}

/** Times that an escape may be escaped again. */
const maxEscapes = 3;

/** Everything that a text can be read as: as it stands, and with its escapes undone, once and again. */
function readingsOf(text: string): readonly Reading[] {
  const readings = [seenPart(asWritten(text))];
  for (let round = 0; round < maxEscapes; round += 1) {
    const last = readings.at(-1) ?? asWritten(text);
    const next = seenPart(replaced(last, escapes, unescaped));
    if (next.text === last.text) break;
    readings.push(next);
  }
  return readings;
}

type Form = { readonly text: string; readonly anyCase: boolean };
type Range = readonly [from: number, until: number];

function rangesIn({ text, starts, ends }: Reading, forms: readonly Form[]): readonly Range[] {
  const lower = text.toLowerCase();
  const inLower = lower.length === text.length ? lower : text;
  const ranges: Range[] = [];
  for (const form of forms) {
    const where = form.anyCase ? inLower : text;
    const what = form.anyCase ? form.text.toLowerCase() : form.text;
    for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length)) {
      ranges.push([starts[at] ?? 0, ends[at + what.length - 1] ?? 0]);
    }
  }
  return ranges;
}

const packed = /[A-Za-z0-9+/_-]{8,}={0,2}/g;

/** Base64 that holds a secret somewhere: its letters differ with what stands before it. */
function packedRanges({ text, starts, ends }: Reading, forms: readonly Form[]): readonly Range[] {
  return [...text.matchAll(packed)].flatMap(({ 0: run, index }): readonly Range[] => {
    const held = Buffer.from(run, 'base64').toString('utf8');
    if (!forms.some((form) => held.includes(form.text))) return [];
    return [[starts[index] ?? 0, ends[index + run.length - 1] ?? 0]];
  });
}

/** A text with every place hidden at which one of the forms stands, however it is split, escaped or packed. */
function hide(text: string, forms: readonly Form[]): string {
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
  const real = [...new Set(secrets.flatMap((secret) => [secret, secret.trim()]))].filter((secret) => secret.length > 0);
  const pairs = real.flatMap((first) => real.map((second) => base64(`${first}:${second}`)));
  const forms = [...new Set([...real.flatMap(formsOf), ...pairs].map((form) => seenPart(asWritten(form)).text))]
    .filter((form) => form.length >= 4)
    .sort((a, b) => b.length - a.length)
    // Percent signs and hex are written in either case.
    .map((text): Form => ({ text, anyCase: /^[0-9a-f]+$/i.test(text) || text.includes('%') }));
  return (text) => shapes.reduce((rest, [shape, instead]) => rest.replace(shape, instead), hide(text, forms));
}
