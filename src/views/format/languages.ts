import type { Words } from '../words/words.ts';

/** What a language that a shop names by its code is called: "da" and "da_DK" are Danish; a code nobody knows stands as it is. */
export function languageName(code: string, { domain }: Words): string {
  const [language = ''] = code.split(/[-_]/);
  try {
    return new Intl.DisplayNames(domain.locale, { type: 'language' }).of(language) ?? code;
  } catch {
    return code;
  }
}
