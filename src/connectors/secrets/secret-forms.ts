export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Fewer letters than this may be a word. */
export const minBare = 8;

/** So many letters of a key in a row are no accident: texts are cut, by PHP after 15 letters in the trace of an error. */
const minPart = 10;
/** Of a key that is longer than these parts, every second, third or further one. */
const maxParts = 64;

/** Parts of a key that nobody made up, each of which is told by itself; of one made of words there are none. */
function partsOf(secret: string): readonly string[] {
  const last = secret.length - minPart;
  if (last < 6 || secret.includes('://')) return [];
  const step = Math.ceil(last / maxParts);
  const parts = Array.from({ length: Math.floor(last / step) + 1 }, (_, at) =>
    secret.slice(at * step, at * step + minPart),
  );
  return [...parts, secret.slice(last)].filter((part) => /\p{L}/u.test(part) && /\d/.test(part));
}

/** Every way in which a secret is written by somebody who repeats it. */
export const formsOf = (secret: string): readonly string[] => [
  secret,
  // PHP prints 15 letters of a text in the trace of an error.
  ...(secret.length > 15 ? [secret.slice(0, 15)] : []),
  ...partsOf(secret),
  // Behind a mark that turns the direction of writing it reads as it is. A word may be another one from behind.
  ...(secret.length < minBare || /^\p{L}+$/u.test(secret) ? [] : [[...secret].toReversed().join('')]),
  encodeURIComponent(secret),
  encodeURIComponent(encodeURIComponent(secret)),
  new URLSearchParams({ x: secret }).toString().slice(2),
  JSON.stringify(secret).slice(1, -1),
  secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
  base64(secret),
  Buffer.from(secret, 'utf8').toString('base64url'),
  Buffer.from(secret, 'utf8').toString('hex'),
  ...(/^[\x20-\x7e]*$/.test(secret) ? [] : misreadings(secret)),
];

/** What becomes of letters that a program knows no encoding of, or takes in a wrong one. */
const misreadings = (secret: string): readonly string[] => [
  secret.normalize('NFC'),
  secret.normalize('NFD'),
  Buffer.from(secret, 'utf8').toString('latin1'),
  new TextDecoder('windows-1252').decode(Buffer.from(secret, 'utf8')),
  Buffer.from(secret, 'latin1').toString('utf8'),
  secret.replace(/[^\x20-\x7e]/g, '?'),
];
