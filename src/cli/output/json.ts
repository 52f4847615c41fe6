import { printableJson } from '../../domain/printable-json.ts';

/** One answer for a program: versioned, of a named kind (`docs/json.md`), printable throughout. */
export const jsonDocument = (kind: string, content: object): string =>
  `${printableJson(JSON.stringify({ bindeled: 1, kind, ...content }, undefined, 2))}\n`;
