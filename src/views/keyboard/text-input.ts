import { charactersOf, clean } from '../text/cell-text.ts';
import type { Key } from './key-tokens.ts';

/** A line of text being typed: its characters as a person counts them, and where the cursor stands among them. */
export type Field = { readonly characters: readonly string[]; readonly at: number };

export const fieldOf = (text: string): Field => {
  const characters = charactersOf(clean(text).normalize('NFC'));
  return { characters, at: characters.length };
};
export const textOf = (field: Field): string => field.characters.join('');

const inserted = (field: Field, text: string): Field => {
  // Composed with what stands before it: a letter's ring may come in a read of its own.
  const before = charactersOf((field.characters.slice(0, field.at).join('') + clean(text)).normalize('NFC'));
  return { characters: [...before, ...field.characters.slice(field.at)], at: before.length };
};
const without = (field: Field, from: number, to: number): Field => ({
  characters: field.characters.toSpliced(from, to - from),
  at: from,
});
const wordStart = (field: Field): number => {
  let at = field.at;
  while (at > 0 && field.characters[at - 1] === ' ') at -= 1;
  while (at > 0 && field.characters[at - 1] !== ' ') at -= 1;
  return at;
};

const edits: Readonly<Record<string, (field: Field) => Field>> = {
  space: (field) => inserted(field, ' '),
  backspace: (field) => (field.at === 0 ? field : without(field, field.at - 1, field.at)),
  delete: (field) => (field.at >= field.characters.length ? field : without(field, field.at, field.at + 1)),
  left: (field) => ({ ...field, at: Math.max(0, field.at - 1) }),
  right: (field) => ({ ...field, at: Math.min(field.characters.length, field.at + 1) }),
  home: (field) => ({ ...field, at: 0 }),
  end: (field) => ({ ...field, at: field.characters.length }),
  'ctrl-u': (field) => without(field, 0, field.at),
  'ctrl-w': (field) => without(field, wordStart(field), field.at),
  'ctrl-k': (field) => ({ characters: field.characters.slice(0, field.at), at: field.at }),
};

/** The field after a key, or nothing when the key is not for a field. A scan takes the place of what stood there. */
export function typed(field: Field, key: Key): Field | undefined {
  if (key.kind === 'scan') return fieldOf(key.text);
  if (key.kind === 'paste') return inserted(field, key.text.trim());
  const edit = edits[key.name];
  if (edit !== undefined) return edit(field);
  return charactersOf(key.name).length === 1 ? inserted(field, key.name) : undefined;
}
