import { type StoredEvent, shopOf } from '../../domain/event.ts';
import type { Act } from '../../domain/history/acts.ts';
import type { Product } from '../../domain/product.ts';
import { type FormatContext, shortName, withoutName } from '../format/format-context.ts';
import { shopCode } from '../format/refs.ts';
import { dayAndTime } from '../format/times.ts';
import type { Column } from '../list/table.ts';
import type { Tone } from '../text/tones.ts';
import { actLine, shopsOf } from './act-lines.ts';
import { type EventLine, eventLine } from './event-lines.ts';

const signs: Readonly<Record<Tone, string>> = {
  good: '✓',
  waiting: '◐',
  wrong: '✗',
  quiet: '·',
  strong: '·',
  accent: '·',
};

/** How an event is meant, as a sign that also holds without colour. */
export const eventSign = (tone: Tone): string => signs[tone];

/** The columns of a product's timeline: when, where, what, who. Its name stands above and is not said in every line. */
export const eventColumns = (format: FormatContext, product: Product): readonly Column<StoredEvent>[] => {
  const name = shortName(product, format.words);
  return lineColumns(format, {
    lineOf: (event) => {
      const line = eventLine(event, format);
      return { ...line, sentence: withoutName(line.sentence, name) };
    },
    shopsOf: (event) => shopCode(shopOf(event)),
  });
};

/** The same for acts, each of which may have many rows. */
export const actColumns = (format: FormatContext): readonly Column<Act>[] =>
  lineColumns(format, {
    lineOf: (act) => actLine(act, format),
    shopsOf: (act) => shopsOf(act).map(shopCode).join(' '),
  });

type Lines<Row> = {
  readonly lineOf: (row: Row) => EventLine;
  readonly shopsOf: (row: Row) => string;
};

function lineColumns<Row extends object>(format: FormatContext, lines: Lines<Row>): readonly Column<Row>[] {
  const { column } = format.words.screen;
  const { shopsOf } = lines;
  const known = new WeakMap<Row, EventLine>();
  // Every column asks for the line of a row, and that to measure it, to draw it and for its tone.
  const lineOf = (row: Row): EventLine => {
    const line = known.get(row) ?? lines.lineOf(row);
    known.set(row, line);
    return line;
  };
  const what: Column<Row> = {
    id: 'event',
    title: column.event,
    rank: 1,
    min: 20,
    text: (row) => `${eventSign(lineOf(row).tone)} ${lineOf(row).sentence}`,
    tone: (row) => (lineOf(row).tone === 'good' || lineOf(row).tone === 'quiet' ? undefined : lineOf(row).tone),
  };
  const shop: Column<Row> = { id: 'shop', title: column.shop, rank: 3, min: 4, max: 12, text: shopsOf };
  return [
    {
      id: 'time',
      title: column.time,
      rank: 2,
      min: 12,
      max: 16,
      text: (row) => dayAndTime(lineOf(row).at, format),
      sortBy: (row) => lineOf(row).local,
      tone: () => 'quiet',
    },
    shop,
    what,
    { id: 'who', title: column.who, rank: 4, min: 6, max: 14, text: (row) => lineOf(row).who, tone: () => 'quiet' },
  ];
}
