import { type Language, type Words, wordsOf } from '../../src/views/words/words.ts';

/** The words of the language that is spoken now. */
export type LiveWords = {
  /**
   * Speaks a language from here on. The answer speaks it too, and goes on to speak whatever comes after it: what was
   * begun in one language and ends in another (a sync, a question to a shop) says its end in the other. It is a new
   * object each time, so that what was drawn with the last one is drawn anew.
   */
  speak(language: Language): Words;
  now(): Words;
};

export function makeLiveWords(first: Language): LiveWords {
  let language = first;
  return {
    speak(next) {
      language = next;
      return {
        get domain() {
          return wordsOf(language).domain;
        },
        get screen() {
          return wordsOf(language).screen;
        },
        get cli() {
          return wordsOf(language).cli;
        },
        get warehouse() {
          return wordsOf(language).warehouse;
        },
        get serve() {
          return wordsOf(language).serve;
        },
        get screenAdvice() {
          return wordsOf(language).screenAdvice;
        },
        get screenTrouble() {
          return wordsOf(language).screenTrouble;
        },
        get requests() {
          return wordsOf(language).requests;
        },
        get shopReasons() {
          return wordsOf(language).shopReasons;
        },
        get networkReasons() {
          return wordsOf(language).networkReasons;
        },
        get storeDetail() {
          return wordsOf(language).storeDetail;
        },
        get content() {
          return wordsOf(language).content;
        },
        get firstPage() {
          return wordsOf(language).firstPage;
        },
        get lists() {
          return wordsOf(language).lists;
        },
      };
    },
    now: () => wordsOf(language),
  };
}
