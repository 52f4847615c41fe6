import type { PictureProtocol, PictureSetting } from '../../views/terminal/picture.ts';
import type { Environment } from '../environment/paths.ts';
import { isNonEmpty } from './terminal-theme.ts';

const kittyTerms = new Set(['xterm-kitty', 'xterm-ghostty']);
const kittyPrograms = new Set(['ghostty', 'kitty']);
const itermPrograms = new Set(['iTerm.app', 'WezTerm', 'mintty']);
/** Konsole knows kitty's protocol since 22.04. */
const konsoleFrom = 220_400;

/**
 * How this terminal draws pictures, by what it says of itself; `TERM` and `LC_TERMINAL` come along over SSH. `ask`: what
 * it answers decides, and so it does inside tmux, which hands on no other pictures than Sixel. Nothing where colours
 * are not wanted either, and nothing inside screen.
 */
export function pictureProtocolOf(setting: PictureSetting, env: Environment): PictureProtocol | 'ask' | undefined {
  if (setting === 'off' || isNonEmpty(env.NO_COLOR) || isNonEmpty(env.STY)) return undefined;
  if (isNonEmpty(env.TMUX)) return setting === 'auto' || setting === 'sixel' ? 'ask' : undefined;
  if (setting !== 'auto') return setting;
  const { TERM: term = '', TERM_PROGRAM: program = '' } = env;
  if (kittyTerms.has(term) || kittyPrograms.has(program) || isNonEmpty(env.KITTY_WINDOW_ID)) return 'kitty';
  if (Number(env.KONSOLE_VERSION ?? '0') >= konsoleFrom) return 'kitty';
  if (itermPrograms.has(program) || env.LC_TERMINAL === 'iTerm2' || term === 'wezterm') return 'iterm2';
  return 'ask';
}
