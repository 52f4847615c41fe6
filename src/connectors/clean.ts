import { latePattern } from '../domain/text/late-pattern.ts';

// Whole terminal sequences first (CSI, OSC and the like), so that no "[31m" is left behind.
const terminalSequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|\u001b./g;
const lineBreaks = /\r\n?|[\u2028\u2029\u0085]/g;
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;
// Marks that turn the direction of what follows: a name could hide what it really says.
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;
// Signs that say something about other signs and are never meant for a reader.
const annotations = /[\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** Signs that nobody sees: in a name they say nothing, in an item number they make another one. */
const invisible = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f]/g;

/** Most texts: letters of Latin, Greek and Cyrillic, in which there is nothing to clean. */
const plain = /^[\u0020-\u007e\u00a0-\u052f]*$/;

/**
 * A shop's text without anything a terminal would obey: control and escape characters, and marks that turn
 * the direction of writing. Lines and tabs stay; half characters are replaced.
 */
export const cleanText = (text: string): string =>
  plain.test(text)
    ? text
    : text
        .toWellFormed()
        .replace(terminalSequences, '')
        .replace(lineBreaks, '\n')
        .replace(controls, '')
        .replace(directionMarks, '')
        .replace(annotations, '');

/** The same on one line, without blanks around it: for names, numbers and words. */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replace(/[\n\t]+/g, ' ')
    .trim();

/** A name on one line, also without signs that nobody sees. An item number is never read so: there they matter. */
export const cleanName = (text: string): string => cleanLine(text.replace(invisible, ''));

// No key holds them; they come along from a web page, a mail, a file of another system or a text program.
const neverInSecrets = latePattern(() => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu);
// What `docker --env-file` and others leave around a value, and what text programs make of it. One pair is taken away:
// a password that has quotes of its own is written with one more.
const quoted = /^(?:"(.+)"|'(.+)'|`(.+)`|“(.+)[”“]|”(.+)”|„(.+)[“”]|‘(.+)[’‘]|’(.+)’|«(.+)»|»(.+)«)$/u;

/** A key or password as it was meant: without what nobody sees, blanks around it, and the quotes that it was written in. */
export function cleanSecret(text: string): string {
  const plain = text.replace(neverInSecrets(), '').trim();
  const inside = quoted
    .exec(plain)
    ?.slice(1)
    .find((part) => part !== undefined);
  return (inside ?? plain).trim();
}

/** The beginning of a text, cut between characters. */
export const cutText = (text: string, maxLength: number): string =>
  text.length <= maxLength
    ? text
    : `${text
        .slice(0, maxLength - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
