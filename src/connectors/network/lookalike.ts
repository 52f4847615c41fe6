import { domainToUnicode } from 'node:url';

const scripts: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Coptic}/u,
];
// Letters that a reader takes for a, c, e, o, p, x, y, i, j, s …: a whole label of them looks Latin.
const latinLooking = /^[аВсСеЕһіІјЈКӏМНоОрРԛѕЅТԝхХуУаАζοΟρΡνΝυϲΑΒΕΖΗΙΚΜΤΥΧ0-9-]+$/u;

// Signs that vanish or become a plain dot or letter on the way to ASCII.
const vanishing: readonly RegExp[] = [
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u3002\uff0e\uff61]/u,
  /\u034f|[\u17b4\u17b5]|[\u180b-\u180d]|[\ufe00-\ufe0f]/u,
  /[\u{e0000}-\u{e0fff}]/u,
];
// Latin letters that no alphabet of Europe has, and that look like ones it has.
const oddLatin = /[\u0131\u0237\u0251\u0261\u0269\u026a\u0280-\u02af\u1d00-\u1d7f\ua730-\ua7ff]/u;

/**
 * Whether a host as it was typed is not what it looks like: letters of several alphabets in one part of it, a part
 * that only looks Latin, signs that nobody sees, or signs that become others (full width). Danish letters are
 * nobody's double; a host that was typed in its ASCII form (`xn--…`) deceives nobody.
 */
export function isLookalike(typedHost: string): boolean {
  if (/^[\x20-\x7e]*$/.test(typedHost)) return false;
  const plain = typedHost.toLowerCase();
  if (vanishing.some((sign) => sign.test(plain)) || plain.normalize('NFKC') !== plain.normalize('NFC')) return true;
  return (domainToUnicode(plain) || plain).split('.').some((label) => {
    if (/^[\x20-\x7e]*$/.test(label)) return false;
    const alphabets = scripts.filter((script) => script.test(label)).length;
    return alphabets > 1 || latinLooking.test(label) || oddLatin.test(label);
  });
}
