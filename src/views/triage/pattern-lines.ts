import { causes } from '../../domain/explaining/diagnosis.ts';
import { millisecondsOf } from '../../domain/ids.ts';
import type { Pattern } from '../../services/services.ts';
import { dayAndMonth, localTime, span, timeOfDay } from '../ages.ts';
import { actorName } from '../happenings/event-lines.ts';
import { number } from '../numbers.ts';
import type { Telling } from '../telling.ts';

const causeSaid = (cause: string, { words }: Telling): string => {
  const known = causes.find((one) => one === cause);
  if (known !== undefined) return words.domain.cause[known];
  return Object.entries(words.domain.refusal).find(([name]) => name === cause)?.[1] ?? cause;
};

const sentence = (pattern: Pattern, telling: Telling): string => {
  const { words } = telling;
  const { domain } = words;
  const count = number(pattern.count, words);
  switch (pattern.kind) {
    case 'removed-together':
      return domain.pattern.removedTogether(
        domain.integrations(count),
        whenOf(pattern, telling),
        removalSaid(pattern, telling),
      );
    case 'same-cause':
      return domain.pattern.sameCause(domain.products(count), causeSaid(pattern.cause ?? '', telling));
    case 'same-refusal':
      return domain.pattern.sameRefusal(domain.products(count), causeSaid(pattern.cause ?? '', telling));
    default:
      return pattern.kind satisfies never;
  }
};

const shortSentence = (pattern: Pattern, telling: Telling): string => {
  const { domain } = telling.words;
  switch (pattern.kind) {
    case 'removed-together':
      return domain.pattern.removedShort(whenOf(pattern, telling), removalShort(pattern, telling));
    case 'same-cause':
      return domain.pattern.causeShort(causeSaid(pattern.cause ?? '', telling));
    case 'same-refusal':
      return domain.pattern.refusalShort(causeSaid(pattern.cause ?? '', telling));
    default:
      return pattern.kind satisfies never;
  }
};

// Most reasons for which a link goes are causes as well, and have a shorter name as such.
const removalShort = (pattern: Pattern, telling: Telling): string => {
  const cause = causes.find((one) => one === pattern.because);
  return cause === undefined ? removalSaid(pattern, telling) : telling.words.domain.cause[cause];
};

const removalSaid = ({ because }: Pattern, { words }: Telling): string =>
  because === undefined ? words.domain.unknown : words.domain.removal[because];

/** When it happened, in the fewest words: a minute of a day, or the minutes that it took from then. */
const whenOf = ({ from, to }: Pattern, { words, timeZone }: Telling): string => {
  if (from === undefined) return '';
  const lasted = to === undefined ? 0 : millisecondsOf(to) - millisecondsOf(from);
  const [day, time] = [dayAndMonth(from, timeZone, words), timeOfDay(from, timeZone)];
  const said = words.domain.pattern;
  return lasted < 60_000 ? said.at(day, time) : said.lasting(day, time, span(lasted, words));
};

/** A pattern made ready to draw: what the many have in common, where, when and by whom, and the one repair. */
export type PatternLine = {
  readonly shop: string;
  readonly sentence: string;
  /** The same for a narrow line that has told the number already. */
  readonly short: string;
  readonly facts: string;
  readonly repair: string;
};

/** Many cases as one, in words. */
export function patternLine(pattern: Pattern, telling: Telling): PatternLine {
  const { words } = telling;
  const facts: string[] = [];
  if (pattern.from !== undefined && pattern.kind !== 'removed-together')
    facts.push(localTime(pattern.from, telling.timeZone));
  if (pattern.by !== undefined) facts.push(words.domain.by(actorName(pattern.by, words)));
  return {
    shop: telling.shopName(pattern.shopId),
    sentence: sentence(pattern, telling),
    short: shortSentence(pattern, telling),
    facts: facts.join(', '),
    repair: words.domain.repair[pattern.repair],
  };
}
