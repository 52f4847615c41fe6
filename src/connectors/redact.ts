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
const between =
  '[\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}]*';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** A form wherever it stands, also split by what nobody sees, and in either case of letters where it is encoded. */
const patternOf = (form: string): RegExp => {
  const encoded = /^[0-9a-f]+$/.test(form) || form.includes('%');
  return new RegExp([...form].map(escaped).join(between), encoded ? 'giu' : 'gu');
};

/**
 * A redactor for one connection: hides each of these secrets as it is, in every encoding and split by what nobody
 * sees, every pair of them as Basic authentication writes it, and everything that has the shape of a key.
 */
export function redactor(secrets: readonly string[]): Redact {
  const real = [...new Set(secrets.flatMap((secret) => [secret, secret.trim()]))].filter((secret) => secret.length > 0);
  const pairs = real.flatMap((first) => real.map((second) => base64(`${first}:${second}`)));
  const patterns = [...new Set([...real.flatMap(formsOf), ...pairs])]
    .filter((form) => form.length >= 4)
    .sort((a, b) => b.length - a.length)
    .map(patternOf);
  return (text) => {
    const bare = patterns.reduce((rest, pattern) => rest.replace(pattern, hidden), text);
    return shapes.reduce((rest, [shape, instead]) => rest.replace(shape, instead), bare);
  };
}
