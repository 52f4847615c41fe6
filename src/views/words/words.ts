import { da } from './da/words.ts';
import { en } from './en/words.ts';

export type Language = 'da' | 'en';

/** Every word a person reads, by what it is about. The English list is the type; the Danish one must match it. */
export type Words = Readonly<typeof en>;

/** The built program reads the list of a language when it is asked for: see `bin/late-modules.js`. */
const lists: Readonly<Record<Language, () => Words>> = { en: () => en, da: () => da };

/** The words of one language. */
export const wordsOf = (language: Language): Words => lists[language]();
