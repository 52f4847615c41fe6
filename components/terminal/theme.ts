import type { TextProps } from 'ink';
import { clean } from '../../src/views/text/cell-text.ts';
import type { Tone } from '../../src/views/text/tones.ts';

export type ThemeName = 'dark' | 'light' | 'mono';
type Look = Pick<TextProps, 'color' | 'bold' | 'inverse'>;

/** How tones and signs look in this terminal. `mono` uses no colour at all: every sign stands on its own. */
export type Theme = {
  readonly name: ThemeName;
  readonly ascii: boolean;
  look(tone: Tone | undefined): Look;
  /** The row under the cursor, beside its marker. */
  readonly cursorRow: Look;
  readonly sign: Readonly<Record<SignName, string>>;
  /** A text in which signs that the terminal may not have are replaced. */
  plain(text: string): string;
};
type SignName = 'cursor' | 'mark' | 'rule' | 'side' | 'crumb' | 'bar' | 'rest' | 'up' | 'down' | 'dot' | 'field';

// The terminal's own sixteen colours; nothing bright on light, nothing that is only dim.
const colours: Readonly<Record<Exclude<ThemeName, 'mono'>, Readonly<Record<Tone, Look>>>> = {
  dark: {
    good: { color: 'green' },
    waiting: { color: 'yellow' },
    wrong: { color: 'red' },
    quiet: { color: 'gray' },
    strong: { bold: true },
    accent: { color: 'cyan' },
  },
  light: {
    good: { color: 'green' },
    waiting: { color: 'yellow' },
    wrong: { color: 'red' },
    quiet: { color: 'gray' },
    strong: { bold: true },
    accent: { color: 'blue' },
  },
};
// Turned round, so that the letters have the terminal's own ground: no guess at what "white" is here.
const cursorRows: Readonly<Record<ThemeName, Look>> = {
  dark: { color: 'cyan', inverse: true },
  light: { color: 'blue', inverse: true },
  mono: { bold: true },
};

const signs: Readonly<Record<SignName, readonly [string, string]>> = {
  cursor: ['▌', '>'],
  mark: ['✓', 'x'],
  rule: ['─', '-'],
  side: ['│', '|'],
  crumb: ['›', '>'],
  bar: ['█', '#'],
  rest: ['░', '.'],
  up: ['↑', '^'],
  down: ['↓', 'v'],
  dot: ['·', '-'],
  field: ['▏', '_'],
};
const plainSigns: readonly (readonly [RegExp, string])[] = [
  [/[●✓]/g, '+'],
  [/[◐▲‖]/g, '!'],
  [/[○◦]/g, 'o'],
  [/[×✗]/g, 'x'],
  [/≠/g, '#'],
  [/…/g, '~'],
  [/·/g, '.'],
  [/•/g, '-'],
  [/░/g, '.'],
  [/[–—]/g, '-'],
  [/∞/g, '-'],
  [/›/g, '>'],
  [/→/g, '->'],
  [/←/g, '<-'],
  [/↑/g, '^'],
  [/↓/g, 'v'],
  [/▁/g, '_'],
  [/▂/g, '.'],
  [/▃/g, ':'],
  [/▄/g, '-'],
  [/▅/g, '='],
  [/▆/g, '%'],
  [/▇/g, '@'],
  [/[█▉▊▋▌]/g, '#'],
  [/[▍▎▏]/g, '.'],
  [/[“”„]/g, '"'],
  [/[’‘]/g, "'"],
];

export function makeTheme(name: ThemeName, ascii: boolean): Theme {
  const look = (tone: Tone | undefined): Look => {
    if (tone === undefined) return {};
    if (name === 'mono') return tone === 'strong' || tone === 'accent' ? { bold: true } : {};
    return colours[name][tone];
  };
  const sign = Object.fromEntries(Object.entries(signs).map(([key, pair]) => [key, pair[ascii ? 1 : 0]]));
  return {
    name,
    ascii,
    look,
    cursorRow: cursorRows[name],
    sign: sign as Theme['sign'],
    // Nearly all that is drawn comes by here: what a shop wrote steers no terminal, whoever forgot to clean it.
    plain: ascii
      ? (text) => plainSigns.reduce((done, [pattern, plain]) => done.replace(pattern, plain), clean(text))
      : clean,
  };
}
