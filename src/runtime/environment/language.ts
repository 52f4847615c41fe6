import type { Language } from '../../views/words/words.ts';
import { readUncheckedConfig } from './config-unchecked.ts';
import type { Environment } from './paths.ts';

/** A language as a variable names it; an environment that another system wrote ends its lines with more. */
export const parseLanguage = (said: unknown): Language | undefined => {
  const text = typeof said === 'string' ? said.trim().toLowerCase() : said;
  return text === 'da' || text === 'en' ? text : undefined;
};

const fromArguments = (args: readonly string[]): Language | undefined => {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (at === -1) return undefined;
  return parseLanguage(args[at]?.includes('=') ? args[at].slice('--lang='.length) : args[at + 1]);
};

/**
 * What the system asks for. `LANGUAGE` lists several, the likeliest first, and goes before the rest where a locale is
 * set at all, as gettext reads it.
 */
function systemLanguage(env: Environment): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  const isSet = !/^(?:C|POSIX)?(?:\.|$)/i.test(locale);
  const listed = isSet ? (env.LANGUAGE ?? '').split(':') : [];
  const asked = [...listed, locale].map((name) => /^(da|en)(?:_|\.|-|@|$)/i.exec(name.trim())?.[1]);
  return parseLanguage(asked.find((language) => language !== undefined)) ?? 'en';
}

/**
 * The language to speak, before anything else is known: `--lang`, `BINDELED_LANG`, the settings, then the
 * system's own; Danish where that says so, English otherwise.
 */
export function resolveLanguage(args: readonly string[], env: Environment, configFolder: string): Language {
  return (
    fromArguments(args) ??
    parseLanguage(env.BINDELED_LANG) ??
    parseLanguage(readUncheckedConfig(configFolder).language) ??
    systemLanguage(env)
  );
}
