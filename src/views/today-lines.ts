import type { InactiveReport, Pattern, Services, ShopOverview } from '../services/services.ts';
import { padLeft, padRight, widthOf } from './columns.ts';
import { keyOfAction } from './keymap.ts';
import { number, roundMoney } from './numbers.ts';
import { patternLine } from './pattern-lines.ts';
import { shopLine } from './shop-lines.ts';
import type { Telling } from './telling.ts';
import type { Piece, Tone } from './tones.ts';

export type TodayFacts = {
  readonly counts: Awaited<ReturnType<Services['counts']>>;
  readonly report: InactiveReport;
  readonly patterns: readonly Pattern[];
  readonly shops: readonly ShopOverview[];
};
type LineOf = string | readonly Piece[];

/** The first page: what the warehouse holds, how the shops are, and what a person should look at, with its key. */
export function todayLines(facts: TodayFacts, telling: Telling, ascii: boolean): readonly LineOf[] {
  const { words } = telling;
  const { counts, shops } = facts;
  const lines: LineOf[] = [
    [
      { text: words.domain.products(number(counts.products, words)), tone: 'strong' },
      { text: `  ·  ${words.domain.integrations(number(counts.integrations, words))}`, tone: 'quiet' },
    ],
    '',
    [{ text: words.screen.today, tone: 'strong' }],
    ...work(facts, telling, ascii),
    '',
    [{ text: words.screen.title.shops, tone: 'strong' }],
  ];
  const wide = Math.max(0, ...shops.map((one) => widthOf(one.shop.name)));
  for (const overview of shops) {
    const line = shopLine(overview, telling);
    lines.push([
      { text: `${line.sign} `, tone: line.tone },
      { text: padRight(overview.shop.name, wide) },
      { text: `  ${padRight(line.health, 16)}`, tone: line.tone },
      { text: `${padLeft(number(overview.counts.integrations, words), 7)} ${words.screen.linked}`, tone: 'quiet' },
      { text: `  ${words.screen.readWhole(line.lastComplete)}`, tone: 'quiet' },
    ]);
  }
  return lines;
}

function work({ counts, report, patterns }: TodayFacts, telling: Telling, ascii: boolean): readonly LineOf[] {
  const { words } = telling;
  const row = (count: number, said: string, key: string, tone: Tone): readonly Piece[] => [
    { text: count === 0 ? '● ' : tone === 'wrong' ? '▲ ' : '◐ ', tone: count === 0 ? 'good' : tone },
    { text: `${padLeft(number(count, words), 5)} `, tone: 'strong' },
    { text: padRight(said, 52) },
    { text: key, tone: 'accent' },
  ];
  const value = report.value.map((amount) => roundMoney(amount, words)).join(' + ');
  return [
    row(counts.conflicts, words.screen.openConflicts, keyOfAction('conflicts', ascii), 'wrong'),
    row(
      report.total,
      value === '' ? words.screen.inactiveGoods : `${words.screen.inactiveGoods} (${value})`,
      keyOfAction('inactive', ascii),
      'waiting',
    ),
    ...patterns
      .slice(0, 3)
      .map((pattern) => [
        { text: '▲ ', tone: 'waiting' as const },
        { text: `${padLeft(number(pattern.count, words), 5)} `, tone: 'strong' as const },
        { text: `${patternLine(pattern, telling).shop}: ${patternLine(pattern, telling).sentence}` },
      ]),
  ];
}
