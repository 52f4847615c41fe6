import { type StoredEvent, shopOf } from '../../domain/event.ts';
import type { Act } from '../../domain/history/acts.ts';
import type { FormatContext } from '../format/format-context.ts';
import { shopCode } from '../format/refs.ts';
import type { Column } from '../list/table.ts';
import type { Tone } from '../text/tones.ts';
import { actLine, shopsOf } from './act-lines.ts';
import { type EventLine, eventLine } from './event-lines.ts';

const signs: Readonly<Record<Tone, string>> = {
  good: '●',
  waiting: '◐',
  wrong: '✗',
  quiet: '·',
  strong: '·',
  accent: '·',
};

/** The columns of a timeline: when, where, what, who. */
export const eventColumns = (format: FormatContext, withShop = true): readonly Column<StoredEvent>[] =>
  lineColumns(format, {
    lineOf: (event) => eventLine(event, format),
    shopsOf: (event) => shopCode(shopOf(event)),
    withShop,
  });

/** The same for acts, each of which may have many rows. */
export const actColumns = (format: FormatContext): readonly Column<Act>[] =>
  lineColumns(format, {
    lineOf: (act) => actLine(act, format),
    shopsOf: (act) => shopsOf(act).map(shopCode).join(' '),
    withShop: true,
  });

type Lines<Row> = {
  readonly lineOf: (row: Row) => EventLine;
  readonly shopsOf: (row: Row) => string;
  readonly withShop: boolean;
};

function lineColumns<Row>({ words }: FormatContext, { lineOf, shopsOf, withShop }: Lines<Row>): readonly Column<Row>[] {
  const { column } = words.screen;
  const what: Column<Row> = {
    id: 'event',
    title: column.event,
    rank: 1,
    min: 20,
    text: (row) => `${signs[lineOf(row).tone]} ${lineOf(row).sentence}`,
    tone: (row) => (lineOf(row).tone === 'good' || lineOf(row).tone === 'quiet' ? undefined : lineOf(row).tone),
  };
  const shop: Column<Row> = { id: 'shop', title: column.shop, rank: 3, min: 4, max: 12, text: shopsOf };
  return [
    {
      id: 'time',
      title: column.time,
      rank: 2,
      min: 16,
      max: 16,
      text: (row) => lineOf(row).local,
      tone: () => 'quiet',
    },
    ...(withShop ? [shop] : []),
    what,
    { id: 'who', title: column.who, rank: 4, min: 6, max: 14, text: (row) => lineOf(row).who, tone: () => 'quiet' },
  ];
}
