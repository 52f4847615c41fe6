import { charactersOf } from '../text/cell-text.ts';

/** A cell of the window, counted from nought. */
export type CellPosition = { readonly column: number; readonly row: number };

/** What a person did at the keyboard: a key by name (a letter is its own name), or a text that came as one. */
export type Key =
  /** `at` is set for `click`: a click of the mouse is a key with a place. `isWheel`: an arrow that the wheel stands for. `isOfCode`: a scanner typed it, and it is text or nothing. */
  | {
      readonly kind: 'key';
      readonly name: string;
      readonly at?: CellPosition;
      readonly isWheel?: true;
      readonly isOfCode?: true;
    }
  /** Text between the terminal's paste marks. */
  | { readonly kind: 'paste'; readonly text: string }
  /** A code read by a scanner. */
  | { readonly kind: 'scan'; readonly text: string };

/** The keys found in what was read, and what may be the beginning of a sequence that goes on in the next read. */
export type Tokens = { readonly keys: readonly Key[]; readonly rest: string };

const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\b': 'backspace',
  ' ': 'space',
};
const finals: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'shift-tab',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  '[A': 'f1',
  '[B': 'f2',
  '[C': 'f3',
  '[D': 'f4',
  '[E': 'f5',
};
const numbered: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
const sequence = /^\u001b(?:\[([0-?]*)[ -/]*([@-Z\\-~])|\[(\[[A-E])|O([A-DFHP-S]))/;
const unfinished = /^\u001b(?:\[\[?[0-?]*[ -/]*|O)?$/;

const key = (name: string): Key => ({ kind: 'key', name });

/** Bits of a mouse report: a key held with it, a move, and the wheel. */
const mouse = { modifiers: 0b1_1100, motion: 32, wheel: 64 } as const;
/** A report in the old form, where a terminal does not know SGR 1006: three raw bytes that must not be keys. */
const oldMouse = '\u001b[M';
const oldMouseLength = oldMouse.length + 3;

/** What the wheel or the left button did: SGR 1006, `<button;column;row` and M for pressed. Moves and releases say nothing. */
function mouseKey(parameters: string, final: string): Key | undefined {
  const [code = -1, column = 0, row = 0] = parameters.slice(1).split(';').map(Number);
  const button = code & ~mouse.modifiers;
  if (final !== 'M' || (button & mouse.motion) !== 0) return undefined;
  if (button === mouse.wheel) return key('wheel-up');
  if (button === mouse.wheel + 1) return key('wheel-down');
  return button === 0 ? { kind: 'key', name: 'click', at: { column: column - 1, row: row - 1 } } : undefined;
}

function sequenceKey(parameters: string, final: string): Key | undefined {
  if (parameters.startsWith('<')) return mouseKey(parameters, final);
  const name = final === '~' ? numbered[parameters.split(';')[0] ?? ''] : finals[final];
  return name === undefined ? undefined : key(name);
}

function characterKey(character: string): Key | undefined {
  const named = controls[character];
  if (named !== undefined) return key(named);
  const code = character.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return key(`ctrl-${String.fromCharCode(code + 96)}`);
  // A letter and its ring or accent, sent apart, are one letter to a person and to every search.
  return code < 32 || (code >= 0x7f && code < 0xa0) ? undefined : key(character.normalize('NFC'));
}

/** Whether a text that begins with ESC is the beginning of a paste: it goes on until its end mark comes. */
export const isPaste = (text: string): boolean => text.startsWith(pasteStart);

/** The first key of a text that begins with ESC, and how long it is; none while it may still be going on. */
export function parseEscapeSequence(text: string): { readonly key?: Key; readonly length: number } | undefined {
  if (isPaste(text)) {
    const end = text.indexOf(pasteEnd);
    if (end < 0) return undefined;
    return { key: { kind: 'paste', text: text.slice(pasteStart.length, end) }, length: end + pasteEnd.length };
  }
  if (text.startsWith(oldMouse)) return text.length < oldMouseLength ? undefined : { length: oldMouseLength };
  const found = sequence.exec(text);
  if (found !== null) {
    return { key: sequenceKey(found[1] ?? '', found[2] ?? found[3] ?? found[4] ?? ''), length: found[0].length };
  }
  // ESC and a letter in one read is Esc, then the letter: nobody here has an Alt key with a meaning.
  return unfinished.test(text) ? undefined : { key: key('escape'), length: 1 };
}

/**
 * Cuts what was read into single keys. A held key, a slow link or a scanner puts many into one read; each comes
 * out on its own. Sequences that mean nothing here are passed over.
 */
export function tokenize(text: string): Tokens {
  const keys: Key[] = [];
  let rest = text;
  while (rest !== '') {
    if (rest.startsWith('\u001b')) {
      const token = parseEscapeSequence(rest);
      if (token === undefined) return { keys, rest };
      if (token.key !== undefined) keys.push(token.key);
      rest = rest.slice(token.length);
      continue;
    }
    const end = rest.indexOf('\u001b');
    const plain = end < 0 ? rest : rest.slice(0, end);
    for (const character of charactersOf(plain.replaceAll('\r\n', '\r'))) {
      const found = characterKey(character);
      if (found !== undefined) keys.push(found);
    }
    rest = rest.slice(plain.length);
  }
  return { keys, rest };
}

/** What was held back as a possible beginning, when nothing came after it: Esc was pressed on its own. */
export function flushTokens(rest: string): readonly Key[] {
  if (rest === '') return [];
  // A paste whose end never came is still a paste.
  if (isPaste(rest)) return [{ kind: 'paste', text: rest.slice(pasteStart.length) }];
  return [key('escape'), ...tokenize(rest.slice(1)).keys];
}
