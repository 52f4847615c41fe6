import { decodeHTML, decodeHTMLStrict } from 'entities';

// A value in quotes may hold ">". What is no whole tag in that reading is one up to the first ">".
const tags = /<\/?[a-z](?:"[^"<]*"|'[^'<]*'|[^<>"'])*>|<\/?[a-z][^<>]*>/gi;
// What no reader sees: comments, and what stands in a style or a script. One without an end goes on to the end.
const unseen = /<!--[\s\S]*?(?:-->|$)|<(style|script)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const breaks = /<(br|\/p|\/div|\/li|\/h\d)\b[^<>]*>/gi;

/** Text that was written for a web page, as a reader sees it: its entities resolved, its tags gone. */
export const unmarked = (text: string): string =>
  (/[<&]/.test(text) ? resolved(untagged(text)) : text).replace(blanks, ' ');
const untagged = (text: string): string => text.replace(unseen, '').replace(breaks, '\n').replace(tags, '');

/** Blanks that are not the usual one: a search for the usual one must find them. */
const blanks = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
/** A word after "&" that begins like an entity and goes on ("Lego&notes"): no entity without its semicolon. */
const wordAfterAnd =
  /&(?=(?:not|para|sect|times|cent|reg|copy|pound|yen|micro|deg|eth|uml|shy|divide|curren|macr|acute|thorn)[a-z])(?![a-z\d]+;)/g;
const wholeEntity = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;

/** Entities resolved, also where importers have put them into entities again (`K&amp;oslash;leskab`), twice at most. */
function resolved(text: string): string {
  let read = decodeHTML(text.replace(wordAfterAnd, '&amp;'));
  for (let again = 0; again < 2 && wholeEntity.test(read); again++) read = decodeHTMLStrict(read);
  return read;
}
