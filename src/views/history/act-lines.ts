import { isAlreadyThere, shopOf } from '../../domain/event.ts';
import type { Act } from '../../domain/history/acts.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import type { Words } from '../words/words.ts';
import { type EventLine, eventLine } from './event-lines.ts';

/** What tells one act from another. */
export const actId = ({ events }: Act): string => String(events[0].seq);

/** An act in one line: what one event says, or how many of what. */
export function actLine({ events }: Act, format: FormatContext): EventLine {
  const line = eventLine(events.at(-1) ?? events[0], format);
  if (events.length === 1) return line;
  const { words } = format;
  const [first] = events;
  const count = number(events.length, words);
  const what =
    first.type === 'stock-pushed'
      ? sentLine(events, words)
      : first.type === 'marked' || first.type === 'unmarked'
        ? words.domain.act[first.type](count, words.domain.mark[first.mark.kind])
        : words.domain.actOf[first.type](count);
  return { ...line, sentence: what, shop: shopsOf({ events }).map(format.shopName).join(', ') };
}

/** How many figures were written, and how many the shops had already. */
function sentLine(events: Act['events'], words: Words): string {
  const there = events.filter(isAlreadyThere).length;
  const parts = [
    ...(there === events.length ? [] : [words.domain.actOf['stock-pushed'](number(events.length - there, words))]),
    ...(there === 0 ? [] : [words.domain.alreadyThere(number(there, words))]),
  ];
  return parts.join(', ');
}

/** The shops that an act touched. */
export const shopsOf = ({ events }: Act) => [...new Set(events.flatMap((event) => shopOf(event) ?? []))];
