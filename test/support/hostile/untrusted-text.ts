/** What a shop may write into any text: signs that steer a terminal, turn a direction, or are not seen at all. */
export const untrusted: Readonly<Record<string, string>> = {
  csi: '\u001b[31mred\u001b[2J',
  title: '\u001b]0;title\u0007',
  link: '\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\',
  clipboard: '\u001b]52;c;cm0gLXJm\u0007',
  c1: '\u009b2J\u009d52;c;eA==\u009c\u0090q\u009c\u0085',
  bidi: '\u202egnp.exe\u2066a\u2069\u200f\u061c',
  zeroWidth: 'A\u200b\u200c\u200d\u2060\ufeff\u00ad1',
  fillers: '\u3164\u115f\u1160\uffa0\u034f\u180e\u17b4',
  tags: '\u{e0001}\u{e0041}\u{e0100}\ufe0f\ufff9\ufffb\u{1d173}',
  nul: 'nul\u0000\u0007\u0008\u007f',
  breaks: 'one\ntwo\r\nthree\ttab\u000b\u000c\u2028\u2029end',
  halves: 'half \ud83d and \udc00',
  combining: `Z${'\u0301\u0334\u0489'.repeat(40)}`,
  openSequence: '\u001b]52;c;never ended',
};

/** What a spreadsheet takes for a formula. */
export const formulas: readonly string[] = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u00a0=1',
  '\u3000=1',
  '\u200b=1',
  '\u3164=1',
  '\u001b[0m=1',
  '\u0000+1',
  "'=1",
  '\uff1d1',
];

/** All of it in one text. */
export const everyTrick = Object.values(untrusted).join(' ');

const steering = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Every sign of a text that no output may hold, by number; lines may end. */
export const steeringSigns = (text: string): readonly string[] => [
  ...new Set(
    [...text.replaceAll('\n', '').matchAll(steering)].map(([sign]) => sign.codePointAt(0)?.toString(16) ?? ''),
  ),
];

/** What is the beginning of a formula in a cell, as a spreadsheet reads it. */
export const beginsFormula = (cell: string): boolean => /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(cell);
