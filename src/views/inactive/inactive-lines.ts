import type { InactiveRow, InactiveSignal, Rung } from '../../domain/inactive/inactive-row.ts';
import { evidenceSentence } from '../diagnosis/diagnosis-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { money, number, roundMoney } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { age, daysBetween, localDate, shortDate } from '../format/times.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

/** A rung of the ladder in a word. */
export const rungWord = (rung: Rung, words: Words): string => words.domain.rung[rung];

/** What a rung means, as one sentence. */
export const rungSentence = (rung: Rung, words: Words): string => words.domain.rungSentences[rung];

/** A rung as a sign that also holds without colour. */
export const rungSign = (rung: Rung): string =>
  ({ confirmed: '●', likely: '◐', unsure: '○', 'probably-slow-seller': '~' })[rung];

/** How a rung is meant, for a colour beside the words. */
export const rungTone = (rung: Rung): Tone =>
  (({ confirmed: 'wrong', likely: 'waiting', unsure: 'quiet', 'probably-slow-seller': 'quiet' }) as const)[rung];

/** One signal behind the judgement, as part of a sentence. */
export function signalSentence(signal: InactiveSignal, format: FormatContext): string {
  const { words, now } = format;
  const said = words.domain.signal;
  const days = (count: number): string => words.domain.days(number(count, words));
  switch (signal.kind) {
    case 'shop-says':
      return evidenceSentence(signal.evidence, format);
    case 'link-missing':
      return signal.since === undefined
        ? said.linkMissing
        : `${said.linkMissing} ${words.domain.since(shortDate(signal.since, format))}`;
    case 'never-listed':
      return said.neverListed;
    case 'no-sale-since':
      return signal.since === undefined
        ? said.noSaleKnown(days(signal.days))
        : said.noSaleSince(days(daysBetween(signal.since, now)));
    case 'no-sales-reading':
      return said.noSalesReading;
    case 'not-visible':
      return said.notVisible(signal.shopSays);
    case 'cannot-be-bought':
      return said.cannotBeBought(words.domain.unbuyable[signal.why], signal.shopSays);
    default:
      return signal satisfies never;
  }
}

/** A signal's kind in a word or two, for a filter. */
export const signalKind = (signal: InactiveSignal, words: Words): string =>
  `${signal.kind} ${words.lists.signal[signal.kind]}`;

/** One line of the report made ready to draw. */
export type InactiveLine = {
  readonly item: string;
  readonly name: string;
  readonly shop: string;
  readonly ref: string;
  readonly sign: string;
  readonly rung: string;
  readonly tone: Tone;
  readonly onHand: string;
  readonly value: string;
  /** The value to the last øre, and what it is reckoned from. */
  readonly exactValue: string;
  readonly days: string;
  readonly signals: readonly string[];
  /** Who looked at it, until when it counts. */
  readonly tick: string;
  readonly age: string;
};

/** A row of the report in words: rung, signals, value at risk, days, who looked. */
export function inactiveLine(row: InactiveRow, format: FormatContext): InactiveLine {
  const { words, now } = format;
  return {
    item: row.sku ?? words.domain.noItemNumber,
    name: row.name,
    shop: format.shopName(row.shopId),
    ref: row.ref === undefined ? '' : formatRef(row.ref),
    sign: rungSign(row.rung),
    rung: rungWord(row.rung, words),
    tone: rungTone(row.rung),
    onHand: number(row.onHand, words),
    value: row.value === undefined ? '?' : roundMoney(row.value, words),
    exactValue: exactValue(row, words),
    days: row.since === undefined ? '?' : number(daysBetween(row.since, now), words),
    signals: row.signals.map((signal) => signalSentence(signal, format)),
    tick: tickLine(row, format),
    age: row.asOf === undefined ? '' : age(row.asOf, now, words),
  };
}

const exactValue = (row: InactiveRow, words: Words): string => {
  if (row.value === undefined) return words.domain.unknown;
  const at = row.valuedAt === undefined ? '' : ` (${words.domain.valuedAt[row.valuedAt]})`;
  return money(row.value, words) + at;
};

const tickLine = ({ tick }: InactiveRow, { words, timeZone }: FormatContext): string => {
  if (tick === undefined) return '';
  const until = tick.until === undefined ? '' : ` ${words.domain.until(localDate(tick.until, timeZone))}`;
  const text = tick.text === undefined ? '' : `: ${tick.text}`;
  return `${words.domain.mark.ticked} ${words.domain.by(tick.by)}${until}${text}`;
};
