// Of what a terminal could stumble over, JSON itself only escapes the first 32.
const unsafe = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One answer for a program: versioned, of a named kind (`docs/json.md`). */
export const jsonDocument = (kind: string, content: object): string =>
  `${JSON.stringify({ bindeled: 1, kind, ...content }, undefined, 2).replace(unsafe, escaped)}\n`;
