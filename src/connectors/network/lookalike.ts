import { domainToUnicode } from 'node:url';
import { percentDecoded } from '../../domain/text/percent-decoded.ts';

// Made when a host is looked at that is not plain ASCII: most commands look at none, and taking apart what stands for a
// whole alphabet takes 2 ms.
const makePatterns = () => ({
  scripts: [
    /\p{Script=Latin}/u,
    /\p{Script=Cyrillic}/u,
    /\p{Script=Greek}/u,
    /\p{Script=Armenian}/u,
    /\p{Script=Cherokee}/u,
    /\p{Script=Hebrew}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Coptic}/u,
  ],
  // Letters that a reader takes for a, c, e, o, p, x, y, i, j, s …: a whole label of them looks Latin.
  latinLooking: /^[аВсСеЕһіІјЈКӏМНоОрРԛѕЅТԝхХуУаАζοΟρΡνΝυϲΑΒΕΖΗΙΚΜΤΥΧ0-9-]+$/u,

  // Signs that vanish or become a plain dot or letter on the way to ASCII.
  vanishing: [
    /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u3002\uff0e\uff61]/u,
    /\u034f|[\u17b4\u17b5]|[\u180b-\u180d]|[\ufe00-\ufe0f]/u,
    /[\u{e0000}-\u{e0fff}]/u,
  ],
  // Alphabets whose letters look Latin and that no shop's name is written in: a whole part of them deceives as well.
  unusual:
    /[\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Coptic}\p{Script=Deseret}\p{Script=Glagolitic}\p{Script=Gothic}\p{Script=Old_Italic}\p{Script=Runic}\p{Script=Tifinagh}\p{Script=Canadian_Aboriginal}]/u,
  // Letters and digits of any other alphabet than Latin.
  notLatin: /(?![\p{Script=Latin}\p{ASCII}])[\p{L}\p{N}]/u,
  // What a host has beside letters, digits, hyphens and dots looks like a slash, a dot or a colon.
  noLetter: /[^\p{L}\p{M}\p{N}\p{ASCII}]/u,
  // The Latin letters of Europe's languages that are not ASCII; others look like plain ones (a dot below, a small hook).
  european:
    /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u017e\u0218-\u021b]/gu,
  oddLatin: /(?!\p{ASCII})\p{Script=Latin}|[a-z]\p{M}/iu,
});
let patterns: ReturnType<typeof makePatterns> | undefined;

/**
 * Whether a host as it was typed is not what it looks like: letters of several alphabets in one part of it, a part
 * that only looks Latin, signs that nobody sees, or signs that become others (full width). Danish letters are
 * nobody's double; a host that was typed in its ASCII form (`xn--…`) deceives nobody.
 */
export function isLookalike(typedHost: string): boolean {
  // Percent signs become what they stand for on the way to ASCII.
  const written = percentDecoded(typedHost);
  if (/^[\x20-\x7e]*$/.test(written)) return false;
  patterns ??= makePatterns();
  const { scripts, latinLooking, vanishing, unusual, notLatin, noLetter, european, oddLatin } = patterns;
  const plain = written.toLowerCase();
  if (noLetter.test(plain)) return true;
  if (vanishing.some((sign) => sign.test(plain)) || plain.normalize('NFKC') !== plain.normalize('NFC')) return true;
  // Capitals look Latin where the small letters do not: of Greek, only they.
  if (written.split('.').some((label) => latinLooking.test(label) && !/^[\x20-\x7e]*$/.test(label))) return true;
  return (domainToUnicode(plain) || plain).split('.').some((label) => {
    if (/^[\x20-\x7e]*$/.test(label)) return false;
    const alphabets = scripts.filter((script) => script.test(label)).length;
    const mixed = alphabets > 1 || (/\p{Script=Latin}/u.test(label) && notLatin.test(label));
    if (mixed || latinLooking.test(label) || unusual.test(label)) return true;
    return oddLatin.test(label.normalize('NFC').replace(european, ''));
  });
}
