import type { StoredEvent } from '../../domain/event.ts';
import type { InactiveReport } from '../../services/inactive/inactive-service.ts';
import type { Pattern } from '../../services/patterns/pattern-service.ts';
import type { Services } from '../../services/services.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number, roundMoney } from '../format/numbers.ts';
import { age } from '../format/times.ts';
import { eventLine } from '../history/event-lines.ts';
import type { ScreenName } from '../navigation/route.ts';
import { patternLine } from '../patterns/pattern-lines.ts';
import { shopLine } from '../shops/shop-lines.ts';
import { cut, padLeft, padRight, widthOf, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';

export type OverviewFacts = {
  readonly counts: Awaited<ReturnType<Services['counts']>>;
  /** Absent while they are being worked out. */
  readonly report?: InactiveReport;
  readonly patterns?: readonly Pattern[];
  readonly shops: readonly ShopOverview[];
  /** The newest first; as many as there is room for are told. */
  readonly events: readonly StoredEvent[];
};
type LineOf = string | readonly Piece[];
/** The digit that jumps to a screen. */
type KeyOf = (screen: ScreenName) => string | undefined;
type Size = { readonly width: number; readonly rows: number };

/** So many patterns are told; the rest stand in the activity. */
const maxPatterns = 3;
/** A line that tells of a shop or a task is no wider, so that the eye finds its end. */
const maxLineWidth = 100;
/** Cells of a number of tasks, and where what it counts begins: after its sign, the number and two blanks. */
const countCells = 4;
const textFrom = 2 + countCells + 2;

/** The first page: what needs a person, with its key; how the shops are; what the warehouse holds; what happened last. */
export function overviewLines(
  facts: OverviewFacts,
  format: FormatContext,
  space: Size & { readonly keyOf: KeyOf },
): readonly LineOf[] {
  const { words } = format;
  const { counts } = facts;
  const width = Math.min(space.width, maxLineWidth);
  const lines: LineOf[] = [
    [{ text: words.screen.needsAttention, tone: 'strong' }],
    ...work(facts, format, { keyOf: space.keyOf, width }),
    '',
    [
      { text: words.screen.title.shops, tone: 'strong' },
      {
        text: `  ${words.domain.products(number(counts.products, words))} · ${words.domain.integrations(number(counts.integrations, words))}`,
        tone: 'quiet',
      },
    ],
    ...shopLines(facts.shops, format, width),
  ];
  const spare = space.rows - lines.length - 2;
  if (spare < 2 || facts.events.length === 0) return lines;
  return [
    ...lines,
    '',
    [{ text: words.screen.recentEvents, tone: 'strong' }],
    ...facts.events.slice(0, spare).map((event) => eventRow(event, format, space.width)),
  ];
}

function shopLines(shops: readonly ShopOverview[], format: FormatContext, width: number): readonly LineOf[] {
  const { words } = format;
  const told = shops.map((one) => ({ one, line: shopLine(one, format) }));
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
  const nameWidth = Math.min(24, widest(told.map(({ one }) => one.shop.name)));
  const healthWidth = widest(told.map(({ line }) => line.health));
  const links = told.map(({ one }) => `${number(one.counts.integrations, words)} ${words.screen.linked}`);
  const conflicts = told.map(({ one }) =>
    one.counts.conflicts === 0 ? '' : words.domain.conflicts(number(one.counts.conflicts, words)),
  );
  const space = width - 2 - nameWidth - 2 - healthWidth - 2 - widest(links) - 2 - widest(conflicts) - 2;
  return told.map(({ one, line }, index) => [
    { text: `${line.sign} `, tone: line.tone },
    { text: `${padRight(cut(one.shop.name, nameWidth), nameWidth)}  ` },
    { text: `${padRight(line.health, healthWidth)}  `, tone: line.tone === 'good' ? 'quiet' : line.tone },
    { text: `${padLeft(links[index] ?? '', widest(links))}  ` },
    { text: `${padRight(conflicts[index] ?? '', widest(conflicts))}  `, tone: 'waiting' },
    { text: lastFullSync(one, format, space), tone: 'quiet' },
  ]);
}

/** When it was last read to the end, in as many words as there is room for. */
function lastFullSync(overview: ShopOverview, format: FormatContext, space: number): string {
  const { words, now } = format;
  const at = overview.state?.lastComplete?.at;
  const said = words.screen.lastFullSync(shopLine(overview, format).lastComplete);
  return widthOf(said) <= space ? said : cut(at === undefined ? said : age(at, now, words), Math.max(0, space));
}

function work(
  { counts, report, patterns }: OverviewFacts,
  format: FormatContext,
  { keyOf, width }: { readonly keyOf: KeyOf; readonly width: number },
): readonly LineOf[] {
  const { words } = format;
  const line = (count: number | undefined, said: string, tone: Tone, key?: string): readonly LineOf[] => {
    const space = width - textFrom - (key === undefined ? 0 : 4);
    return wrap(said, space).map((text, index) =>
      index === 0
        ? [
            count === undefined
              ? { text: '· ', tone: 'quiet' as const }
              : { text: count === 0 ? '● ' : tone === 'wrong' ? '▲ ' : '◐ ', tone: count === 0 ? 'good' : tone },
            { text: `${padLeft(count === undefined ? '…' : number(count, words), countCells)}  `, tone: 'strong' },
            { text: key === undefined ? text : padRight(text, space) },
            { text: key === undefined ? '' : `→ ${key}`, tone: 'accent' },
          ]
        : [{ text: `${' '.repeat(textFrom)}${text}` }],
    );
  };
  const inactive = words.screen.inactiveLines(number(report?.total ?? 0, words));
  const value = report?.value.map((amount) => roundMoney(amount, words)).join(' + ') ?? '';
  return [
    ...line(counts.conflicts, words.screen.openConflicts(number(counts.conflicts, words)), 'wrong', keyOf('conflicts')),
    ...line(report?.total, value === '' ? inactive : `${inactive} (${value})`, 'waiting', keyOf('inactive')),
    ...(patterns ?? []).slice(0, maxPatterns).flatMap((pattern) => {
      const told = patternLine(pattern, format);
      return line(pattern.count, `${told.shop}: ${told.short}`, 'waiting');
    }),
  ];
}

/** One thing that happened, on one line: how long ago, where, what. */
function eventRow(event: StoredEvent, format: FormatContext, width: number): LineOf {
  const line = eventLine(event, format);
  const when = padRight(age(event.at, format.now, format.words), 8);
  const sign = line.tone === 'wrong' ? '✗ ' : line.tone === 'waiting' ? '◐ ' : '· ';
  return [
    { text: `${sign}`, tone: line.tone },
    { text: when, tone: 'quiet' },
    { text: cut(line.shop === '' ? line.sentence : `${line.shop}: ${line.sentence}`, width - 10) },
  ];
}
