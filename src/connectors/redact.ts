/** Text in which no secret stands any more, however it was written. */
export type Redact = (text: string) => string;

const hidden = '[hidden]';

// Shapes of keys that are never meant for eyes, whoever they belong to.
const shapes: readonly [RegExp, string][] = [
  [/((?:consumer_key|consumer_secret|access_token|oauth_token|ws_key|token|password)=)[^&\s"'<>]+/gi, `$1${hidden}`],
  [/\b(?:ck|cs)_[0-9a-zA-Z]{8,}/g, hidden],
  [/\bshp(?:at|ca|pa|ss|ua)_[0-9a-zA-Z]{8,}/g, hidden],
  [
    /((?:authorization|x-shopify-access-token|x-auth-token)["']?\s*[:=]\s*["']?(?:basic |bearer )?)[^\s"',}]+/gi,
    `$1${hidden}`,
  ],
  // DanDomain Classic has its key in the path.
  [/(\/webapi\/endpoints\/[^/\s]+\/[^/\s]+\/)[^/\s?#"'<>]+/gi, `$1${hidden}`],
  [/(\/\/)[^/\s@:]+:[^/\s@]+@/g, `$1${hidden}@`],
];

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/**
 * A redactor for one connection: hides each of these secrets as it is, as it stands in an address and in
 * base64, every pair of them as Basic authentication writes it, and everything that has the shape of a key.
 */
export function redactor(secrets: readonly string[]): Redact {
  const real = secrets.filter((secret) => secret.length > 0);
  const pairs = real.flatMap((first) => real.map((second) => base64(`${first}:${second}`)));
  const forms = [...new Set([...real, ...real.map(encodeURIComponent), ...real.map(base64), ...pairs])]
    .filter((form) => form.length >= 4)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const bare = forms.reduce((rest, form) => rest.replaceAll(form, hidden), text);
    return shapes.reduce((rest, [shape, instead]) => rest.replace(shape, instead), bare);
  };
}
