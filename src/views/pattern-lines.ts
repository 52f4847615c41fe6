import { causes } from '../domain/diagnosis.ts';
import { millisecondsOf } from '../domain/ids.ts';
import type { Pattern } from '../services/services.ts';
import { localTime, span } from './ages.ts';
import { actorName } from './event-lines.ts';
import { number } from './numbers.ts';
import type { Telling } from './telling.ts';

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
    case 'removed-together': {
      const lasted =
        pattern.from === undefined || pattern.to === undefined
          ? 0
          : millisecondsOf(pattern.to) - millisecondsOf(pattern.from);
      const because = pattern.because === undefined ? domain.unknown : domain.removal[pattern.because];
      return domain.pattern.removedTogether(domain.integrations(count), span(lasted, words), because);
    }
    case 'same-cause':
      return domain.pattern.sameCause(domain.products(count), causeSaid(pattern.cause ?? '', telling));
    case 'same-refusal':
      return domain.pattern.sameRefusal(domain.products(count), causeSaid(pattern.cause ?? '', telling));
    default:
      return pattern.kind satisfies never;
  }
};

/** A pattern made ready to draw: what the many have in common, where, when and by whom, and the one repair. */
export type PatternLine = {
  readonly shop: string;
  readonly sentence: string;
  readonly facts: string;
  readonly repair: string;
};

/** Many cases as one, in words. */
export function patternLine(pattern: Pattern, telling: Telling): PatternLine {
  const { words } = telling;
  const facts: string[] = [];
  if (pattern.from !== undefined) facts.push(localTime(pattern.from, telling.timeZone));
  if (pattern.by !== undefined) facts.push(words.domain.by(actorName(pattern.by, words)));
  return {
    shop: telling.shopName(pattern.shopId),
    sentence: sentence(pattern, telling),
    facts: facts.join(', '),
    repair: words.domain.repair[pattern.repair],
  };
}
