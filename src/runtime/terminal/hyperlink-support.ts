import type { Environment } from '../environment/paths.ts';

/** Terminals that say who they are and open addresses that are clicked (OSC 8). */
const programs = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'rio', 'Tabby']);
const terms = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|foot-extra|wezterm|contour)$/;

/** VTE (GNOME Terminal and its like) says its version as 7600 for 0.76; from 0.50 on it knows links. */
const vteSupportsHyperlinks = (version: string | undefined): boolean => Number(version ?? '0') >= 5000;

/**
 * Whether the terminal can be trusted with OSC 8. Where it does not say so it gets plain addresses: a terminal that
 * does not know the sequence may print it. `FORCE_HYPERLINK` decides for itself. Inside tmux nothing is known.
 */
export function supportsHyperlinks(env: Environment): boolean {
  const { FORCE_HYPERLINK: forced } = env;
  if (forced !== undefined && forced !== '') return forced !== '0';
  if (env.TMUX !== undefined || env.STY !== undefined) return false;
  if (programs.has(env.TERM_PROGRAM ?? '') || terms.test(env.TERM ?? '')) return true;
  return vteSupportsHyperlinks(env.VTE_VERSION) || env.WT_SESSION !== undefined || env.KONSOLE_VERSION !== undefined;
}
