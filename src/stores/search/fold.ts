const plain = /^[\x20-\x7e]*$/;
const letters: Readonly<Record<string, string>> = {
  æ: 'ae',
  ä: 'ae',
  ø: 'oe',
  ö: 'oe',
  å: 'aa',
  ü: 'ue',
  ß: 'ss',
  é: 'e',
  è: 'e',
};

/** A text as it is searched: lower case, and `æ` the same as `ae`, `ø` as `oe`, `å` as `aa`, whichever way they are written. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (plain.test(lower)) return lower;
  return lower.normalize('NFC').replace(/[æäøöåüßéè]/g, (letter) => letters[letter] ?? letter);
}
