/** Letters or digits alone, and not many: a word or a number of ours may be the same. */
const isWord = (secret: string): boolean =>
  secret.length < 16 && (/^[\p{L}\p{M}' _-]+$/u.test(secret) || /^\d+$/.test(secret));

/**
 * Those secrets that stand in no sentence of ours by themselves, so that they can be hidden in it as a whole. A password
 * such as "shop" would take that word out of every one: it is hidden in what others said, before a sentence is made.
 */
export const unmistakable = (secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) => !isWord(secret));
