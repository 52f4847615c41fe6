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
  [/\bshp(?:at|ca|pa|ss|ua)_[0-9a-zA-Z]{8,}/g, hidden],
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

/** A text without what nobody sees, and where each of its letters stood. */
function seenPart(text: string): { readonly seen: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let seen = '';
  let at = 0;
  for (const sign of text) {
    if (!unseen.test(sign)) {
      seen += sign;
      for (let unit = 0; unit < sign.length; unit += 1) places.push(at + unit);
    }
    at += sign.length;
  }
  return { seen, places };
}

type Form = { readonly text: string; readonly anyCase: boolean };

/** A text with every place hidden at which one of the forms stands, however it is split. */
function hide(text: string, forms: readonly Form[]): string {
  const { seen, places } = seenPart(text);
  const lower = seen.toLowerCase();
  const inLower = lower.length === seen.length ? lower : seen;
  const ranges: [number, number][] = [];
  for (const form of forms) {
    const where = form.anyCase ? inLower : seen;
    const what = form.anyCase ? form.text.toLowerCase() : form.text;
    for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length)) {
      ranges.push([places[at] ?? 0, (places[at + what.length - 1] ?? 0) + 1]);
    }
  }
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
  const forms = [...new Set([...real.flatMap(formsOf), ...pairs].map((form) => seenPart(form).seen))]
    .filter((form) => form.length >= 4)
    .sort((a, b) => b.length - a.length)
    // Percent signs and hex are written in either case.
    .map((text): Form => ({ text, anyCase: /^[0-9a-f]+$/i.test(text) || text.includes('%') }));
  return (text) => shapes.reduce((rest, [shape, instead]) => rest.replace(shape, instead), hide(text, forms));
}
