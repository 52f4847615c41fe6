import { hidden } from './redact.ts';

const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const unseenParts = new RegExp(unseen.source, 'gu');

/** A shorter text, or an address of mail, may be a word of the shop's own: a user's name, a brand. */
const isKey = (secret: string): boolean => secret.length >= 16 && !secret.includes('@');

/**
 * Takes the keys of a connection out of every text that it brings: a plug-in that prints one into a name or in the place
 * of a figure puts it into no store. Answers the very value where none is in it.
 */
export function withoutSecrets(secrets: readonly string[]): <Value>(value: Value) => Value {
  const keys = secrets.map((secret) => secret.trim()).filter(isKey);
  const shortest = Math.min(...keys.map((key) => key.length));
  const holdsOne = (text: string): boolean => keys.some((key) => text.includes(key));
  const hideIn = (text: string): string => keys.reduce((rest, key) => rest.replaceAll(key, hidden), text);
  const inText = (text: string): string => {
    if (text.length < shortest) return text;
    const rest = holdsOne(text) ? hideIn(text) : text;
    if (!unseen.test(rest)) return rest;
    // What nobody sees is taken out again where the text is shown: a key that it parts would be whole there.
    const seen = rest.replace(unseenParts, '');
    return holdsOne(seen) ? hideIn(seen) : rest;
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
  if (keys.length === 0) return (value) => value;
  return <Value>(value: Value) => (holdsAny(value) ? (inValue(value) as Value) : value);
}
