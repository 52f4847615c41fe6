import type { Environment } from '../environment/paths.ts';

export type ThemeSetting = 'auto' | 'light' | 'dark' | 'mono';

export const isNonEmpty = (value: string | undefined): boolean => value !== undefined && value !== '';

/** COLORFGBG ends in the background's colour: 7 and 15 are light. */
const hasLightBackground = (env: Environment): boolean => /;(7|15)$/.test(env.COLORFGBG ?? '');

/** By its name, a terminal without colours: `xterm-mono`, `xterm-m`. */
const isMonochrome = (env: Environment): boolean => /-m(?:ono)?$/.test(env.TERM ?? '');

/** The theme to draw in, of the one that was wanted and what the terminal says of itself. */
export function resolveTheme(wanted: ThemeSetting, env: Environment): 'light' | 'dark' | 'mono' {
  if (isNonEmpty(env.NO_COLOR)) return 'mono';
  if (wanted !== 'auto') return wanted;
  if (isMonochrome(env)) return 'mono';
  return hasLightBackground(env) ? 'light' : 'dark';
}

/** A terminal that can place a cursor, and nobody who has the screen read aloud. */
export const canDrawScreen = (env: Environment, plain: boolean): boolean =>
  !plain && env.TERM !== 'dumb' && env.INK_SCREEN_READER !== 'true';
