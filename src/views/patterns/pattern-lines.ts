import { causes } from '../../domain/diagnosis/diagnosis.ts';
import { millisecondsOf } from '../../domain/ids.ts';
import type { Pattern } from '../../services/patterns/pattern-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { dayAndMonth, localTime, span, timeOfDay } from '../format/times.ts';
import { actorName } from '../history/event-lines.ts';
import { wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

const causeName = (cause: string, { words }: FormatContext): string => {
  const known = causes.find((one) => one === cause);
  if (known !== undefined) return words.domain.cause[known];
  return Object.entries(words.domain.refusal).find(([name]) => name === cause)?.[1] ?? cause;
};

const sentence = (pattern: Pattern, format: FormatContext): string => {
  const { words } = format;
  const { domain } = words;
  const count = number(pattern.count, words);
  switch (pattern.kind) {
    case 'removed-together':
      return domain.pattern.removedTogether(
        domain.integrations(count),
        whenOf(pattern, format),
        removalShort(pattern, format),
      );
    case 'same-cause':
      return domain.pattern.sameCause(domain.products(count), causeName(pattern.cause ?? '', format));
    case 'same-refusal':
      return domain.pattern.sameRefusal(domain.products(count), causeName(pattern.cause ?? '', format));
    default:
      return pattern.kind satisfies never;
  }
};

const shortSentence = (pattern: Pattern, format: FormatContext): string => {
  const { domain } = format.words;
  switch (pattern.kind) {
    case 'removed-together':
      return domain.pattern.removedShort(whenOf(pattern, format), removalShort(pattern, format));
    case 'same-cause':
      return domain.pattern.causeShort(causeName(pattern.cause ?? '', format));
    case 'same-refusal':
      return domain.pattern.refusalShort(causeName(pattern.cause ?? '', format));
    default:
      return pattern.kind satisfies never;
  }
};

// Most reasons for which a link goes are causes as well, and have a shorter name as such.
const removalShort = (pattern: Pattern, format: FormatContext): string => {
  const cause = causes.find((one) => one === pattern.because);
  return cause === undefined ? removalReason(pattern, format) : format.words.domain.cause[cause];
};

const removalReason = ({ because }: Pattern, { words }: FormatContext): string =>
  because === undefined ? words.domain.unknown : words.domain.removal[because];

/** When it happened, in the fewest words: a minute of a day, or the minutes that it took from then. */
const whenOf = ({ from, to }: Pattern, { words, timeZone }: FormatContext): string => {
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

/** Cells that the position in a list takes at the end of its head line. */
const positionWidth = 18;

/** What stands over exactly the rows of a pattern, nothing cut: what, who and when, and the repair up to its last line. */
export function patternHead(
  pattern: Pattern,
  format: FormatContext,
  width: number,
): { readonly above: readonly Piece[]; readonly last: string } {
  const { shop, sentence: said, facts } = patternLine(pattern, format);
  const repair = wrap(`→ ${patternRepair(pattern, format.words)}`, width - positionWidth);
  const above = [
    ...wrap([`${shop}: ${said}`, ...(facts === '' ? [] : [facts])].join(', '), width).map(
      (text): Piece => ({ text, tone: 'strong' }),
    ),
    ...repair.slice(0, -1).map((text): Piece => ({ text, tone: 'accent' })),
  ];
  return { above, last: repair.at(-1) ?? '' };
}

/** The one repair, with the key that carries it out where there is one. */
function patternRepair({ repair }: Pattern, words: Words): string {
  const { patternKey } = words.lists;
  const key =
    repair === 'fetch-products' || repair === 'activate-in-shop-by-hand'
      ? patternKey.fetch
      : repair === 'undo-removals'
        ? patternKey.undo
        : '';
  return key === '' ? words.domain.repair[repair] : `${words.domain.repair[repair]} ${key}`;
}

/** Many cases as one, in words. */
export function patternLine(pattern: Pattern, format: FormatContext): PatternLine {
  const { words } = format;
  const facts: string[] = [];
  if (pattern.from !== undefined && pattern.kind !== 'removed-together')
    facts.push(localTime(pattern.from, format.timeZone));
  if (pattern.by !== undefined) facts.push(words.domain.by(actorName(pattern.by, words)));
  return {
    shop: format.shopName(pattern.shopId),
    sentence: sentence(pattern, format),
    short: shortSentence(pattern, format),
    facts: facts.join(', '),
    repair: words.domain.repair[pattern.repair],
  };
}
