import { latePattern } from '../../domain/text/late-pattern.ts';
import { hider, type Redact } from './redact.ts';

const unseen = latePattern(() => /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u);
const unseenParts = latePattern(() => new RegExp(unseen().source, 'gu'));

const kinds = [latePattern(() => /\p{Lu}/u), latePattern(() => /\p{L}/u), latePattern(() => /\p{N}/u)];
const kindOf = (sign: string): number => kinds.findIndex((kind) => kind().test(sign));
/** How often signs of another kind follow within a text; a capital before small letters is one of them. */
const changesIn = (text: string): number =>
  [...text.replace(/\p{Lu}(?=\p{Ll})/gu, 'x')].filter(
    (sign, at, all) => at > 0 && kindOf(sign) !== kindOf(all[at - 1] ?? ''),
  ).length;

/** A shorter text is a key where nobody would write it otherwise: not `Sommer2026`, but `postBUD-77`. */
const isKey = (secret: string): boolean => secret.length >= 16 || (secret.length >= 10 && changesIn(secret) >= 3);
/** Who signs in may be a word of the shop's own: a user's name, an address of mail, a brand. */
const isTelling = (name: string): boolean => name.length >= 16 && !name.includes('@');

/** So much of a key, from its beginning or to its end, tells that more of it may be there. */
const endLength = 12;
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The letters of base64 that stand for a key and for nothing around it, wherever the packing begins. */
const packed = (key: string): readonly string[] =>
  [0, 2, 3].map((own, before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(key)]).toString('base64');
    return text.slice(own, Math.min(own + endLength, text.length - 4));
  });

/** The beginnings and ends by which a key is found, as it is and as programs write it. */
function endsOf(key: string): readonly string[] {
  const signs = [...key].slice(0, 3);
  const bytes = [...Buffer.from(key)].map((byte) => byte.toString(16).padStart(2, '0'));
  return [
    key.slice(0, endLength),
    key.slice(-endLength),
    [...key].toReversed().join('').slice(0, endLength),
    encodeURIComponent(key).slice(0, endLength),
    JSON.stringify(key).slice(1, endLength + 1),
    bytes.join('').slice(0, endLength),
    bytes
      .map((byte) => `%${byte}`)
      .join('')
      .slice(0, endLength),
    signs.map((sign) => `&#${sign.codePointAt(0)};`).join(''),
    signs.map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join(''),
    signs.map((sign) => `\\u00${sign.codePointAt(0)?.toString(16)}`).join(''),
    ...packed(key),
    ...packed(key).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/**
 * Takes the keys of a connection out of every text that it brings: a plug-in that prints one into a name or in the place
 * of a figure puts it into no store. Of the names that sign in only those are keys that no shop would use as a word.
 * Answers the very value where nothing is in it.
 */
export function withoutSecrets(
  secrets: readonly string[],
  names: readonly string[] = [],
): <Value>(value: Value) => Value {
  const trimmed = (texts: readonly string[]): readonly string[] => texts.map((text) => text.trim());
  const keys = [...trimmed(secrets).filter(isKey), ...trimmed(names).filter(isTelling)];
  if (keys.length === 0) return (value) => value;
  const ends = [...new Set(keys.flatMap(endsOf))];
  const shortest = Math.min(...ends.map((end) => end.length));
  const someEnd = new RegExp(ends.map(literal).join('|'), 'i');
  // Looks for everything that a key may be written as: for the few texts that may hold one.
  let hide: Redact | undefined;
  const inText = (text: string): string => {
    if (text.length < shortest) return text;
    // What nobody sees is taken out again where the text is shown: a key that it parts would be whole there.
    if (!someEnd.test(text) && !(unseen().test(text) && someEnd.test(text.replace(unseenParts(), '')))) return text;
    hide ??= hider(keys);
    return hide(text);
  };
  const inAll = (values: readonly unknown[]): readonly unknown[] => {
    const clean = values.map(inValue);
    return clean.some((one, at) => one !== values[at]) ? clean : values;
  };
  function inValue(value: unknown): unknown {
    if (typeof value === 'string') return inText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return inAll(value);
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    const before = entries.map(([, one]) => one);
    const after = inAll(before);
    if (after === before) return value;
    const clean = entries.map(([name], at) => [name, after[at]] as const);
    return value instanceof Map ? new Map(clean) : Object.fromEntries(clean);
  }
  /** Looks first, and makes nothing: of nearly all that a shop brings, nothing is to be taken out. */
  function holdsAny(value: unknown): boolean {
    if (typeof value === 'string') return inText(value) !== value;
    if (typeof value !== 'object' || value === null) return false;
    const values: readonly unknown[] = value instanceof Map ? [...value.values()] : Object.values(value);
    return values.some(holdsAny);
  }
  return <Value>(value: Value) => (holdsAny(value) ? (inValue(value) as Value) : value);
}
