import { instantOf } from '../../src/domain/ids.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import type { ActionId } from '../../src/views/keyboard/keymap.ts';
import { footerHints } from '../../src/views/layout/footer-hints.ts';
import { headerLine } from '../../src/views/layout/header-line.ts';
import { cut } from '../../src/views/text/cell-text.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import { type Language, wordsOf } from '../../src/views/words/words.ts';
import { makeTheme, type ThemeName } from './theme.ts';
import { minimumSize, normalizeSize } from './window-size.ts';

/** What is known before anything is opened. */
export type FirstFrameOptions = {
  readonly language: Language;
  readonly theme: ThemeName;
  readonly ascii: boolean;
  readonly readOnly: boolean;
};

/** What the foot line offers on the first page before anything is read. */
const offered: readonly ActionId[] = ['find', 'undo', 'leave', 'command', 'help'];

const sgr: Readonly<Record<string, string>> = {
  green: '32',
  yellow: '33',
  red: '31',
  magenta: '35',
  blue: '34',
  cyan: '36',
  gray: '90',
};

/**
 * The frame that stands while the store is being opened, as the terminal is to get it: header, rule, what is being
 * done, and the keys. Drawn without Ink, which takes longer to load than the rest of the program, and the same to the
 * cell as the first frame that Ink draws, so that nothing jumps.
 */
export function firstFrame(
  look: FirstFrameOptions,
  window: { readonly columns: number; readonly rows: number },
): string {
  const { columns, rows } = normalizeSize(window);
  const words = wordsOf(look.language);
  const theme = makeTheme(look.theme, look.ascii);
  if (columns < minimumSize.columns || rows < minimumSize.rows) {
    const said = words.screen.tooSmall(`${minimumSize.columns}x${minimumSize.rows}`, `${columns}x${rows}`);
    return `\u001b[H${cut(said, columns)}`;
  }
  const paint = ({ text, tone }: Piece): string => {
    const { color, bold } = theme.look(tone);
    const code = bold === true ? '1' : color === undefined ? undefined : sgr[color];
    return code === undefined ? text : `\u001b[${code}m${text}\u001b[${code === '1' ? 22 : 39}m`;
  };
  const rule = paint({ text: theme.sign.rule.repeat(columns), tone: 'quiet' });
  const header = headerLine(
    [words.screen.title.lookup],
    { shops: [], readOnly: look.readOnly },
    {
      format: formatContext({ words, now: instantOf(0), timeZone: 'UTC' }),
      columns,
      crumb: theme.sign.crumb,
      plain: theme.plain,
    },
  );
  const foot = footerHints({ actions: offered, hints: [] }, { words, ascii: look.ascii, columns });
  const lines: readonly (readonly [row: number, text: string])[] = [
    [1, header.map(paint).join('')],
    [2, rule],
    [3, `   ${paint({ text: cut(theme.plain(words.screen.lookupHint), columns - 6), tone: 'quiet' })}`],
    [5, `   ${paint({ text: cut(theme.plain(words.screen.reading), columns - 6), tone: 'strong' })}`],
    [rows - 1, rule],
    [
      rows,
      foot
        .map(({ key, label }) => ` ${paint({ text: key, tone: 'accent' })} ${paint({ text: label, tone: 'quiet' })} `)
        .join(''),
    ],
  ];
  return lines.map(([row, text]) => `\u001b[${row};1H${text}`).join('');
}
