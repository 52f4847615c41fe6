import { type StoredEvent, shopOf } from '../../domain/event.ts';
import type { FormatContext } from '../format/format-context.ts';
import type { Column } from '../list/table.ts';
import type { Tone } from '../text/tones.ts';
import { eventLine } from './event-lines.ts';

const signs: Readonly<Record<Tone, string>> = {
  good: '●',
  waiting: '◐',
  wrong: '✗',
  quiet: '·',
  strong: '·',
  accent: '·',
};

/** The columns of a timeline: when, where, what, who. */
export function eventColumns(format: FormatContext, withShop = true): readonly Column<StoredEvent>[] {
  const { words } = format;
  const { column } = words.screen;
  const line = (event: StoredEvent) => eventLine(event, format);
  const what: Column<StoredEvent> = {
    id: 'event',
    title: column.event,
    rank: 1,
    min: 20,
    text: (event) => `${signs[line(event).tone]} ${line(event).sentence}`,
    tone: (event) => (line(event).tone === 'good' || line(event).tone === 'quiet' ? undefined : line(event).tone),
  };
  const shop: Column<StoredEvent> = {
    id: 'shop',
    title: column.shop,
    rank: 3,
    min: 4,
    max: 12,
    text: (event) => shopOf(event) ?? '',
  };
  return [
    {
      id: 'time',
      title: column.time,
      rank: 2,
      min: 16,
      max: 16,
      text: (event) => line(event).local,
      tone: () => 'quiet',
    },
    ...(withShop ? [shop] : []),
    what,
    { id: 'who', title: column.who, rank: 4, min: 6, max: 14, text: (event) => line(event).who, tone: () => 'quiet' },
  ];
}
